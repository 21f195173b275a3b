"""Which processes work on a shared database, and which of them are gone: what those had in hand is free at once.

Each has a row that it changes every `BEAT_SECONDS`. Whoever looks `MISSED` times in a row, each time after he could
change his own, and finds that of another one unchanged, takes that process for gone: it was killed, stands still, or
has lost the database. No clocks are compared; and who stood still himself, or had no database, begins to count anew.

This is no fence: one that stood still may go on. Every row is settled by the claim that took it (`queues.lanes`).

A message that a process was sending is another matter: one that stands still, or has lost the database, may come back
and tell that it was sent. So it keeps its lease, unless the process has ended. That is known by a lock of the database,
which the process takes in one of its sessions: the system of a process that ends closes its sessions, however it ends.
"""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress

import sqlalchemy as sa
import structlog

from bot import clock
from bot.errors import StoreFault
from bot.recap import RunState
from bot.store.connection import Connection
from bot.store.engine import Store
from bot.store.listening import tell_others
from bot.store.tables import State, inbox, outbox, processes, runs

_log = structlog.get_logger(__name__)

BEAT_SECONDS = 1.0
"""So often a process says that it lives."""
MISSED = 8
"""One that says nothing for so many looks of another one is gone."""
_WAITING = {inbox: State.WAITING, runs: RunState.WAITING, outbox: State.WAITING}
"""What processes hold, and where it stands then."""
# Tells these locks from others in the same database (`leadership`).
_CLASS = 0x5175


class Presence:
    """Says that this process lives, and frees what those had in hand that do no longer.

    Attributes:
        number: of this process, by which rows name who holds them; None while nobody could tell that it is gone: what
            is claimed then is left to its lease.

    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._watch = Watch()
        self.number: int | None = None

    def holder(self) -> int | None:
        """Return the number."""
        return self.number

    async def run(self) -> None:
        """Live until cancelled."""
        try:
            while True:
                try:
                    await self._beat()
                except StoreFault:
                    # Who works through a table tells of it. Others could not say that they live either.
                    self._watch = Watch()
                await asyncio.sleep(BEAT_SECONDS)
        finally:
            await self._leave()

    async def _beat(self) -> None:
        number = self.number
        self.number, beats = await self._store.change(lambda conn: beat(conn, number))
        if number not in {None, self.number}:
            _log.warning("this process was taken for gone: what it had in hand is for others")
        gone = self._watch.gone(beats)
        if gone and (buried := await self._store.change(lambda conn: bury(conn, gone))):
            _log.warning("processes are gone: what they had in hand is for others", processes=sorted(buried))
            await self._tell_others()

    async def _leave(self) -> None:
        number, self.number = self.number, None
        if number is not None:
            with suppress(StoreFault):  # then it is found to be gone
                await self._store.change(lambda conn: leave(conn, number))
                await self._tell_others()

    async def _tell_others(self) -> None:
        for table in _WAITING:
            await tell_others(self._store, table.name)


class Watch:
    """Counts for how many looks the beats of processes have not changed."""

    def __init__(self) -> None:
        self._beats: Mapping[int, int] = {}
        self._missed: dict[int, int] = {}

    def gone(self, beats: Mapping[int, int]) -> Mapping[int, int]:
        """Look once more at the beats of all; return those of processes that are gone."""
        self._missed = {
            number: self._missed.get(number, 0) + 1 if self._beats.get(number) == beat else 0
            for number, beat in beats.items()
        }
        self._beats = beats
        return {number: beats[number] for number, missed in self._missed.items() if missed >= MISSED}


async def beat(conn: Connection, number: int | None) -> tuple[int, dict[int, int]]:
    """Say that a process lives; return its number, and the beats of all.

    The number is a new one at first, and when others have taken the process for gone.
    """
    lives = sa.update(processes).where(processes.c.id == number).values(beats=processes.c.beats + 1)
    if number is None or not (await conn.execute(lives)).rowcount:
        number = (await conn.execute(sa.insert(processes).values(beats=0).returning(processes.c.id))).scalar_one()
    # Anew each time: the session that had the lock may have been lost.
    await conn.execute(sa.select(sa.func.pg_try_advisory_lock(_CLASS, sa.cast(number, sa.Integer))))
    found = await conn.execute(sa.select(processes.c.id, processes.c.beats))
    return number, {row.id: row.beats for row in found}


async def bury(conn: Connection, gone: Mapping[int, int]) -> frozenset[int]:
    """End the leases of processes, unless their beats have changed since; return which those were.

    The messages of one that has not ended keep theirs.
    """
    as_seen = sa.tuple_(processes.c.id, processes.c.beats).in_(list(gone.items()))
    numbers = await _remove(conn, as_seen)
    ended = [number for number in numbers if await _has_ended(conn, number)]
    await _end_leases(conn, numbers, inbox, runs)
    await _end_leases(conn, ended, outbox)
    return numbers


async def leave(conn: Connection, number: int) -> None:
    """End the leases of a process that ends, and has nothing under way any more."""
    await _end_leases(conn, await _remove(conn, processes.c.id == number), *_WAITING)


async def _remove(conn: Connection, which: sa.ColumnElement[bool]) -> frozenset[int]:
    removed = await conn.execute(sa.delete(processes).where(which).returning(processes.c.id))
    return frozenset(removed.scalars())


async def _has_ended(conn: Connection, number: int) -> bool:
    """Tell whether nobody has the lock of a process."""
    locking = sa.func.pg_try_advisory_xact_lock(_CLASS, sa.cast(number, sa.Integer))
    return bool((await conn.execute(sa.select(locking))).scalar())


async def _end_leases(conn: Connection, numbers: Collection[int], *tables: sa.Table) -> None:
    now = clock.now()
    for table in tables:
        held = table.c.state == _WAITING[table], table.c.held_by.in_(numbers), table.c.lease_until > now
        await conn.execute(sa.update(table).where(*held).values(lease_until=now))
