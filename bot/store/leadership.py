"""What only one process at a time may do: whoever holds a lock of the database leads.

The lock is one of a session of Postgres (pg_try_advisory_lock). It is free when that session ends: at once if the
process ends, however it ends, and within `sessions.SILENCE_SECONDS` if its machine is gone or it stands still. The
leader asks more often than that whether it still has the session, and gives up at once if not.

This alone is no fence: what a leader had begun may end when another leads already. Whatever it does has to be safe by
its rows, as it is after a crash.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import sqlalchemy as sa
import structlog
from psycopg import AsyncConnection, OperationalError

from bot.store.connection import Connection
from bot.store.engine import Store
from bot.store.sessions import BEAT_SECONDS, beat, session

_log = structlog.get_logger(__name__)

CLOCK, DELIVERY = "clock", "delivery"
LOCKS = {CLOCK: 1, DELIVERY: 2}
"""What there is to lead, and the number of its lock: the same in all versions that may run together."""
# Tells our locks from those that other programs have in the same database.
_CLASS = 0x5174
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 5.0

Work = Callable[[], Coroutine[Any, Any, None]]


class Leadership(Protocol):
    """The right to do something that one process at a time may do.

    Attributes:
        is_ours: this process leads now.

    """

    is_ours: bool

    async def lead(self, work: Work) -> None:
        """Do the work while this process leads, anew each time that it comes to lead; until it ends by itself.

        When the leadership is lost, the work is cancelled, and waited for.
        """


def leadership(store: Store, url: str, what: str) -> Leadership:
    """Make a candidate for the leadership of one of `LOCKS`."""
    return Candidate(url, what) if store.is_shared else Alone()


class Alone:
    """Leads always: no other process has the database."""

    def __init__(self) -> None:
        self.is_ours = False

    async def lead(self, work: Work) -> None:
        """Do the work."""
        self.is_ours = True
        try:
            await work()
        finally:
            self.is_ours = False


class Candidate:
    """Leads when no other process does.

    Args:
        url: of the database.
        what: one of `LOCKS`.

    """

    def __init__(self, url: str, what: str) -> None:
        self._url = url
        self._what = what
        self._pause = 0.0
        self.is_ours = False

    async def lead(self, work: Work) -> None:
        """Do the work whenever this process leads, until it ends by itself."""
        while True:
            try:
                async with session(self._url, self._what) as opened:
                    await self._wait(opened)
                    if await self._lead(opened, work):
                        return
            except OperationalError as error:
                await self._rest(error)

    async def _wait(self, opened: AsyncConnection) -> None:
        """Wait until no other process leads."""
        while not await _try_lock(opened, self._what):
            self._pause = 0.0
            await asyncio.sleep(BEAT_SECONDS)

    async def _lead(self, opened: AsyncConnection, work: Work) -> bool:
        """Work until the work is over, or the session; tell whether it was the work."""
        _log.info("this process leads", what=self._what)
        self._pause = 0.0
        self.is_ours = True
        working, beating = asyncio.create_task(work()), asyncio.create_task(_beat(opened))
        try:
            await asyncio.wait([working, beating], return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.is_ours = False
            ended = working.done()
            working.cancel()
            beating.cancel()
            await asyncio.wait([working, beating])
        if ended:
            working.result()
        else:
            _log.warning("this process leads no longer: its session was lost", what=self._what)
        return ended

    async def _rest(self, error: OperationalError) -> None:
        self._pause = min(max(_FIRST_PAUSE, self._pause * 2), _LONGEST_PAUSE)
        fault = " ".join(str(error).split())
        _log.warning("the database can't be asked who leads", what=self._what, fault=fault, again_in=self._pause)
        await asyncio.sleep(self._pause)


async def _try_lock(opened: AsyncConnection, what: str) -> bool:
    locking = await opened.execute("SELECT pg_try_advisory_lock(%s, %s)", (_CLASS, LOCKS[what]))
    found = await locking.fetchone()
    return bool(found and found[0])


async def _beat(opened: AsyncConnection) -> None:
    """Return when the session is lost."""
    try:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            await beat(opened)
    except OperationalError:
        return


# A lock of two numbers has objsubid 2 (Postgres, "pg_locks").
_HELD = sa.text(
    "SELECT objid::int FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid::int = :class AND objsubid = 2"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


async def led(conn: Connection) -> frozenset[str]:
    """Tell what of `LOCKS` some process leads; of a database of Postgres."""
    held = {number for (number,) in await conn.execute(_HELD, {"class": _CLASS})}
    return frozenset(what for what, number in LOCKS.items() if number in held)
