"""Keeping time: the slots of recaps are begun, and what was kept long enough is deleted, by one process at a time."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import clock
from bot.errors import StoreFault
from bot.recaps.clock import RecapClock
from bot.running.common import Common
from bot.running.parts import Part
from bot.store.desks import quotas
from bot.store.engine import Store
from bot.store.leadership import CLOCK
from bot.store.upkeep.retention import purge, purge_chosen

_log = structlog.get_logger(__name__)


def timekeeping(common: Common) -> Sequence[Part]:
    """Make the part that keeps the time of recaps, when it is this process that does."""
    timekeeper = Timekeeper(common)
    common.bell.wakes("recaps", timekeeper.look)
    leading = common.candidate(CLOCK)
    return [Part("clock", partial(leading.lead, timekeeper.run))]


class Timekeeper:
    """Begins slots and deletes what is old while this process leads the clock."""

    def __init__(self, common: Common) -> None:
        self._common = common
        self._clock: RecapClock | None = None

    def look(self) -> None:
        """Look now which slots have come."""
        if self._clock:
            self._clock.wake()

    async def run(self) -> None:
        """Keep time until cancelled."""
        settings, store = self._common.settings, self._common.store
        scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
        keep = timedelta(days=settings.database.keep_days)
        scheduler.add_job(purge_old, "interval", hours=1, args=(store, keep), next_run_time=datetime.now(UTC))
        catch_up = timedelta(hours=settings.recaps.catch_up)
        self._clock = RecapClock(store, scheduler, catch_up, on_runs=partial(self._common.bell.ring, "runs"))
        scheduler.start()
        try:
            await self._clock.run()
        finally:
            self._clock = None
            scheduler.shutdown(wait=False)


async def purge_old(store: Store, keep: timedelta) -> None:
    """Delete what was kept long enough, in parts between which others may write."""
    now = clock.now()
    try:
        for part in (lambda conn: purge(conn, now - keep), lambda conn: purge_chosen(conn, now)):
            while (purged := await store.change(part)).total:
                _log.info("old rows were deleted", posts=purged.posts, updates=purged.updates, messages=purged.messages)
        await store.claim(lambda conn: quotas.drop_drained(conn, now))
    except StoreFault as fault:
        _log.error("old rows can't be deleted; the next try is in an hour", fault=str(fault))
