"""Make the recaps whose slots have come: write each, and queue its messages.

What a run changes is one transaction: its messages are queued and it is noted as being sent, or nothing has happened.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot import clock
from bot.errors import StoreFault
from bot.metrics import RECAP_LATENESS
from bot.recap import Recap, Run, RunState
from bot.settings import Settings
from bot.store.connection import Connection
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import quotations, recaps, runs, told
from bot.telegram.crew import Crew
from bot.telegram.delivery.pictures import picture_to
from bot.telegram.delivery.recaps import key_of_part, tell_owner
from bot.telegram.handling import message_to
from bot.telegram.recapping.writing import Written, write
from bot.tracing import note, span

_log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 3
"""After so many failures a run is given up."""
_PAUSE = timedelta(seconds=30)
_LEASE = timedelta(seconds=60)
_HANDS = 2


class Recapper:
    """Takes runs and makes messages of them.

    Args:
        store: open.
        settings: of the whole bot.
        on_messages: called when there is something to send.
        holder: tells the number of this process, if it has one (`bot.store.processes`).

    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        on_messages: Callable[[], None],
        holder: Callable[[], int | None] = lambda: None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._on_messages = on_messages
        self._holder = holder
        self._catch_up = timedelta(hours=settings.recaps.catch_up)
        self.crew = Crew(
            "recapper",
            claim=self._claim,
            work=self._make,
            next_due=self._next_due,
            hands=_HANDS,
            renew=lambda made: store.change(lambda conn: runs.renew(conn, made, clock.now() + _LEASE)),
            release=lambda made: store.change(lambda conn: runs.release(conn, made)),
        )

    async def _claim(self, limit: int) -> list[Run]:
        async with self._store.read() as conn:
            if not await runs.any_ready(conn, clock.now()):  # which is so at most wake-ups
                return []
        return await self._store.claim(lambda conn: runs.claim(conn, clock.now(), _LEASE, limit, self._holder()))

    async def _next_due(self) -> datetime | None:
        async with self._store.read() as conn:
            return await runs.next_due(conn)

    async def _make(self, run: Run) -> None:
        with (
            structlog.contextvars.bound_contextvars(recap=run.recap_id, slot=run.slot),
            span("recap", recap=run.recap_id, slot=run.slot.isoformat(), attempt=run.attempts),
        ):
            try:
                await self._try(run)
            except StoreFault:
                raise
            except Exception as error:  # noqa: BLE001 - whatever one recap does, the others must go on
                await self._fail(run, error)
            self._on_messages()

    async def _try(self, run: Run) -> None:
        async with self._store.read() as conn:
            recap = await recaps.get(conn, run.recap_id)
        if recap is None:
            return
        now = clock.now()
        if now - run.slot > self._catch_up:
            await self._store.change(lambda conn: runs.end(conn, run, RunState.SKIPPED, now, before=[RunState.WAITING]))
            note(outcome="skipped")
            return
        written = await write(self._store, self._settings, recap, now)
        await self._store.change(lambda conn: self._queue(conn, recap, run, written))
        note(outcome="made" if written.messages else "empty")
        RECAP_LATENESS.observe(max(0.0, (clock.now() - run.slot).total_seconds()))
        _log.info("a recap was made", posts=written.posts, stories=len(written.told), messages=len(written.messages))

    async def _queue(self, conn: Connection, recap: Recap, run: Run, written: Written) -> None:
        now = clock.now()
        if not written.messages:
            await runs.end(conn, run, RunState.EMPTY, now, before=[RunState.WAITING])
            return
        is_ours = await runs.send(
            conn, run, parts=len(written.messages), posts=written.posts, told_seq=written.told_seq
        )
        if is_ours:
            await told.put(conn, run.id, written.told)
            await quotations.put(conn, run.id, written.quotations)
            await outbox.enqueue(conn, _messages(recap, run, written), now)

    async def _fail(self, run: Run, error: Exception) -> None:
        """Have a run made again after a while; after the last attempt give it up and tell the recap's owner."""
        named, now = f"{type(error).__name__}: {error}", clock.now()
        gives_up = run.attempts >= MOST_ATTEMPTS

        async def fail(conn: Connection) -> None:
            if not gives_up:
                await runs.retry(conn, run, now + _PAUSE, named)
            elif await runs.end(conn, run, RunState.FAILED, now, before=[RunState.WAITING], error=named):
                await tell_owner(conn, run, "recap-owner-broken", now, reference=str(run.id))

        await self._store.change(fail)
        note(outcome="failed" if gives_up else "put back")
        _log.error("a recap could not be made", gives_up=gives_up, exc_info=error)


def _messages(recap: Recap, run: Run, written: Written) -> list[Outgoing]:
    """Make the calls that post a recap; the parts are numbered from 1."""
    desk = recap.destination
    calls = [("sendMessage", message_to(desk, html)) for html in written.messages]
    if written.picture:
        calls[0] = ("sendPhoto", picture_to(desk, written.picture, written.messages[0]))
    silent: dict[str, Any] = {"disable_notification": True}
    return [
        Outgoing(
            desk.chat_id,
            desk.thread_id,
            key_of_part(run, part),
            method,
            # One sound for a recap is enough.
            payload | (silent if recap.options.silent or part > 1 else {}),
            run.id,
        )
        for part, (method, payload) in enumerate(calls, start=1)
    ]
