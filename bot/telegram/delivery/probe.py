"""Look in a channel whether a message arrived of which nobody knows: bots get no updates for what they post themselves.

We try to give the same content to the ids at which the message can stand. Where that works, or would change nothing, is
the message; what can't be edited is somebody else's; what is not found is free, or deleted, or still on its way. That
is sound only where the bot can't edit what others post, where it knows an id from before the message was queued, and
since it writes down the ids of all that it posts. Private chats and groups give no such way.
"""

from enum import Enum, auto
from typing import Any

import structlog
from telegram import Bot
from telegram.constants import ChatType

from bot.errors import Refused
from bot.store.desks import chats
from bot.store.engine import Store
from bot.store.queues import channel_messages
from bot.store.queues.outbox import OutboxItem, Outgoing
from bot.telegram.delivery.calls import Unwelcome, call, may_edit_others
from bot.telegram.limits import Limits

_log = structlog.get_logger(__name__)

# A channel counts its messages one by one; gaps are what was deleted.
_MOST_FREE = 4
_EDITS = {
    "sendMessage": (
        "editMessageText",
        ("chat_id", "text", "parse_mode", "entities", "link_preview_options", "reply_markup"),
    ),
    "sendPhoto": (
        "editMessageCaption",
        ("chat_id", "caption", "parse_mode", "caption_entities", "show_caption_above_media", "reply_markup"),
    ),
}

FINDABLE = frozenset(_EDITS)
"""The methods whose messages can be looked for."""


def as_edit(message: Outgoing, message_id: int) -> tuple[str, dict[str, Any]]:
    """Return the method, and its parameters, that give a message of ours what another says; one that is `FINDABLE`."""
    edit, names = _EDITS[message.method]
    return edit, {name: message.payload[name] for name in names if name in message.payload} | {"message_id": message_id}


class Unsound(Exception):
    """A message can't be looked for in this chat."""


class _Seen(Enum):
    OURS = auto()
    FOREIGN = auto()
    FREE = auto()


class Prober:
    """Looks for messages in channels.

    Args:
        store: open.
        bot: initialised.
        limits: an edit counts as a message.

    """

    def __init__(self, store: Store, bot: Bot, limits: Limits) -> None:
        self._store = store
        self._bot = bot
        self._limits = limits

    async def is_channel(self, chat_id: int) -> bool:
        """Tell whether a chat is one in which messages may be found."""
        async with self._store.read() as conn:
            chat = await chats.get(conn, chat_id)
        return chat is not None and chat.kind == ChatType.CHANNEL

    async def look_for(self, item: OutboxItem) -> int | None:
        """Return the id of a message that was sent; None if it is not there, or not yet.

        Raises:
            Unsound: it can't be looked for.
            ApiFault: Telegram does not answer, or the bot is not welcome any more.

        """
        chat_id = item.message.chat_id
        if not await self.is_channel(chat_id):
            raise Unsound
        async with self._store.read() as conn:
            last = await channel_messages.newest_before(conn, chat_id, item.created)
            known = await channel_messages.after(conn, chat_id, last) if last is not None else frozenset[int]()
        if last is None or await may_edit_others(self._bot, chat_id):
            _log.warning("nobody can see whether a message arrived", last_known=last)
            raise Unsound
        found = await self._search(item.message, last, known)
        _log.info("a message was looked for", found=found, after=last)
        return found

    async def _search(self, message: Outgoing, last: int, known: frozenset[int]) -> int | None:
        free, message_id = 0, last
        while free < _MOST_FREE:
            message_id += 1
            seen = _Seen.FOREIGN if message_id in known else await self._probe(message, message_id)
            if seen is _Seen.OURS:
                return message_id
            free = free + 1 if seen is _Seen.FREE else 0
        return None

    async def _probe(self, message: Outgoing, message_id: int) -> _Seen:
        try:
            async with self._limits.message(message.chat_id):
                await call(self._bot, *as_edit(message, message_id))
        except Unwelcome:
            raise
        except Refused as refusal:
            why = str(refusal).casefold()
            return _Seen.FREE if "not found" in why or "message_id_invalid" in why else _Seen.FOREIGN
        return _Seen.OURS
