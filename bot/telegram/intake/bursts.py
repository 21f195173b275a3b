"""Say once how much was collected, when many posts came in quick succession and it is quiet again.

A burst stands in the store until then, so a restart loses no line, and one transaction takes it and queues the line.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from telegram.constants import ChatType

from bot import clock
from bot.posts import Desk
from bot.settings import Settings
from bot.store.connection import Connection
from bot.store.desks import albums, bursts, chat_settings, chats, posts
from bot.store.desks.bursts import Burst
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.outbox import Outgoing
from bot.telegram.crew import Crew
from bot.telegram.handling import message_to
from bot.telegram.texts import Texts, language_for

_log = structlog.get_logger(__name__)

QUIET = timedelta(seconds=3)
"""After so long without a post a burst is over: clients send a hundred forwards in less, but not without pauses."""


class Announcer:
    """Waits for the ends of bursts.

    Args:
        store: open.
        settings: of the whole bot.
        on_messages: called when there is something to send.

    """

    def __init__(self, store: Store, settings: Settings, on_messages: Callable[[], None]) -> None:
        self._store = store
        self._settings = settings
        self._on_messages = on_messages
        self.crew = Crew("announcer", claim=self._take, work=self._sent, next_due=self._next_due, hands=1)

    async def _take(self, _limit: int) -> list[Burst]:
        """Take the bursts that are over, queue what is to be said of them, and return them."""
        due = await self._next_due()
        if due is None or due > clock.now():  # which is so at most wake-ups; a writer would hold others up
            return []
        return await self._store.change(self._announce)

    async def _announce(self, conn: Connection) -> list[Burst]:
        over = await bursts.take(conn, clock.now())
        lines = [line for burst in over for line in await self._lines(conn, burst)]
        await outbox.enqueue(conn, lines)
        return over

    async def _sent(self, burst: Burst) -> None:
        _log.debug("a burst is over", chat=burst.desk.chat_id)
        self._on_messages()

    async def _next_due(self) -> datetime | None:
        return await self._store.look(bursts.next_due)

    async def _lines(self, conn: Connection, burst: Burst) -> list[Outgoing]:
        """Write the line, unless the posts that are new are too few for one; in private also of albums without words.

        Only now it is known that no part of them has any.
        """
        desk = burst.desk
        chat, chosen = await chats.get(conn, desk.chat_id), await chat_settings.get(conn, desk.chat_id)
        texts = Texts(language_for(chosen.lang or (chat.lang if chat else None), self._settings.general.language))
        lines = []
        new, sources = await posts.tally(conn, desk, burst.since)
        if 0 < self._settings.intake.burst_posts <= new:
            read = texts.say("read-posts-of-sources", posts=new, sources=sources)
            lines.append(_line(desk, once_in_burst("burst", desk, burst.since), texts.say("collected", read=read)))
        is_private = chat is not None and chat.kind == ChatType.PRIVATE
        if is_private and await albums.is_any_wordless(conn, desk.chat_id, burst.since):
            lines.append(_line(desk, once_in_burst("wordless", desk, burst.since), texts.say("nothing-to-read")))
        return lines


def once_in_burst(what: str, desk: Desk, since: datetime) -> str:
    """Make the key of what is said once in the burst of a desk that began then."""
    return f"{what}:{desk.chat_id}:{desk.thread_id}:{since.timestamp():.6f}"


def _line(desk: Desk, key: str, html: str) -> Outgoing:
    return Outgoing(desk.chat_id, desk.thread_id, key, "sendMessage", message_to(desk, html))
