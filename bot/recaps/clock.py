"""Begin the slots of recaps when they come.

APScheduler wakes us: at the next slot of all, and once a minute should that have been lost. Which slots have come is
told by `slots` and the tables alone, so a wake-up too many does no harm, and neither does one too late.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bot import clock
from bot.errors import ScheduleFault, StoreFault
from bot.recap import Recap
from bot.recaps.schedule import parse_schedule
from bot.recaps.slots import Due, Schedule, due, next_slot
from bot.store.connection import Connection
from bot.store.engine import Store
from bot.store.queues import waits
from bot.store.recapping import recaps, runs

_log = structlog.get_logger(__name__)

_ALARM = "the next slot"
# Others may write between two parts.
_AT_ONCE = 100
_INSTANT = timedelta(microseconds=1)
_DAY = timedelta(days=1)


class RecapClock:
    """Waits for the slots of all recaps.

    Args:
        store: open.
        scheduler: wakes us.
        catch_up: a slot that is later is skipped.
        on_runs: called when there is something to compose.

    """

    def __init__(
        self, store: Store, scheduler: AsyncIOScheduler, catch_up: timedelta, on_runs: Callable[[], None]
    ) -> None:
        self._store = store
        self._scheduler = scheduler
        self._catch_up = catch_up
        self._on_runs = on_runs
        self._woken = asyncio.Event()
        self._looked: datetime | None = None

    def wake(self) -> None:
        """Look now: time has passed, or a recap has changed."""
        self._woken.set()

    async def run(self) -> None:
        """Begin slots until cancelled."""
        while True:
            self._woken.clear()
            try:
                self._set_alarm(await self._look())
            except StoreFault as fault:
                _log.error("recaps can't be looked at; the next try is in a minute", fault=str(fault))
            await self._woken.wait()

    async def _look(self) -> datetime | None:
        """Begin what has come; tell the next slot of all."""
        now = clock.now()
        if self._looked is None or now < self._looked:
            await self._store.change(lambda conn: _come_nearer(conn, now))
        self._looked = now
        coming = await self._coming()
        if coming is None or coming > now:  # which is so at most wake-ups; a writer would hold others up
            return coming
        begun = _AT_ONCE
        while begun == _AT_ONCE:
            begun = await self._store.change(lambda conn: open_due(conn, now, self._catch_up, _AT_ONCE))
        self._on_runs()
        return await self._coming()

    async def _coming(self) -> datetime | None:
        async with self._store.read() as conn:
            return await recaps.next_due(conn)

    def _set_alarm(self, coming: datetime | None) -> None:
        if coming is None:
            return
        # The scheduler goes by the machine's clock.
        at = datetime.now(UTC) + timedelta(seconds=clock.seconds_until(coming))
        self._scheduler.add_job(self._ring, DateTrigger(at), id=_ALARM, replace_existing=True)

    async def _ring(self) -> None:
        # A coroutine, since the scheduler runs plain functions in threads.
        self.wake()


async def _come_nearer(conn: Connection, now: datetime) -> None:
    """Set back what waits for a time that is too far: the clock was wrong, or the rules of a zone have changed."""
    await waits.bring_near(conn, now)
    for recap in await recaps.active(conn):
        schedule = _schedule(recap)
        if schedule and (nearer := next_slot(schedule, now)) < recap.next_slot:
            await recaps.set_next_slot(conn, recap.id, nearer)


async def open_due(conn: Connection, now: datetime, catch_up: timedelta, limit: int) -> int:
    """Begin the slots that have come, of so many recaps at most, and move these on; tell how many recaps that were.

    Both are one transaction: a slot is begun when its recap waits for the next, and never twice.
    """
    coming = await recaps.due(conn, now, limit)
    for recap in coming:
        schedule = _schedule(recap)
        if schedule is None:
            await recaps.set_next_slot(conn, recap.id, now + _DAY)
            continue
        if come := due(schedule, recap.next_slot - _INSTANT, now, catch_up):
            await _begin(conn, recap, come, now)
        await recaps.set_next_slot(conn, recap.id, next_slot(schedule, now))
    return len(coming)


async def _begin(conn: Connection, recap: Recap, come: Due, now: datetime) -> None:
    begun = await runs.open_run(conn, recap.id, come.slot, now, too_late=come.too_late)
    _log.info("a slot has come", recap=recap.id, slot=come.slot, begun=begun, too_late=come.too_late)


def _schedule(recap: Recap) -> Schedule | None:
    """Read a recap's schedule; None if it can't be read any more, such as one in a zone that was given up."""
    try:
        return parse_schedule(recap.schedule, ZoneInfo("UTC"))
    except ScheduleFault as fault:
        _log.error("a schedule can't be read", recap=recap.id, fault=str(fault))
        return None
