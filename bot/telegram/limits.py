"""Keep to Telegram's flood limits: 30 messages a second in all, one a second in a chat, 20 a minute in a group.

Source: core.telegram.org/bots/faq, "My bot is hitting limits"; channels count as groups here. A leaky bucket of size b
that drains r in a period lets b + r through in the worst period, so each bucket is smaller than its limit.

Telegram counts messages when they arrive, which may be closer together than they were sent. So of all chats together no
more are on their way, or were answered within the last second, than may arrive in one: whenever a message arrives, all
that arrived in the second before it are among those.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from bot.telegram.buckets import Buckets

_ALL = 29
_SECOND = 1.0
_CHAT = (1, 1.1)
_GROUP = (7, 35.0)  # 7 + 12 = 19 in a minute
GROUP_PAUSE = 35.0 / 7
"""After so many seconds a group that was full has room for a message again."""

MEMORY_SECONDS = 60.0
"""Telegram looks no further back. Who counts from there on, and what was before for nothing, keeps to the limits."""


class Limits:
    """What was sent of late; of one event loop."""

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(_ALL)
        self._chats = Buckets(*_CHAT)
        self._groups = Buckets(*_GROUP)

    async def recall(self, messages: Mapping[int, Iterable[float]], last: float) -> None:
        """Keep to the limits together with whoever has sent before; nothing must be under way.

        Args:
            messages: how many seconds ago each message of the last `MEMORY_SECONDS` was sent, by chat.
            last: how many seconds ago the last call of any kind was made. A second after it all may be made again.

        """
        self._chats, self._groups = Buckets(*_CHAT), Buckets(*_GROUP)
        for chat_id, ages in messages.items():
            await self._chats.fill(chat_id, ages)
            if _is_group(chat_id):
                await self._groups.fill(chat_id, ages)
        await asyncio.sleep(max(0.0, _SECOND - last))

    def group_is_full(self, chat_id: int) -> bool:
        """Tell whether a group or channel has had so many messages that one more must wait for seconds."""
        return _is_group(chat_id) and not self._groups.of(chat_id).has_capacity()

    def has_room(self, chat_id: int) -> bool:
        """Tell whether a message may be sent to a chat at once, and in a group another one soon."""
        room = self._chats.of(chat_id).has_capacity() and not self._all.locked()
        return room and (not _is_group(chat_id) or self._groups.of(chat_id).has_capacity(2))

    @asynccontextmanager
    async def message(self, chat_id: int) -> AsyncIterator[None]:
        """Wait until a message may be sent to a chat, a second at most if the group is not full; the block sends it."""
        if _is_group(chat_id):
            await self._groups.of(chat_id).acquire()
        await self._chats.of(chat_id).acquire()
        async with self.call():
            yield

    @asynccontextmanager
    async def call(self) -> AsyncIterator[None]:
        """Wait until a call may be made that brings no message; the block makes it."""
        await self._all.acquire()
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(_SECOND, self._all.release)


def _is_group(chat_id: int) -> bool:
    """Groups and channels have negative ids."""
    return chat_id < 0
