"""Slots of recaps being composed and delivered, each once.

Of a recap at most one run waits to be composed, and not while an earlier one is being sent: what that one tells decides
what is new.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.recap import Run, RunState
from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.tables import recaps, runs

_COLUMNS = (
    runs.c.id,
    runs.c.recap_id,
    runs.c.slot,
    runs.c.state,
    runs.c.attempts,
    runs.c.parts,
    runs.c.posts,
    runs.c.told_seq,
    runs.c.error,
    runs.c.ended,
)


async def open_run(conn: Connection, recap_id: int, slot: datetime, now: datetime, *, too_late: bool = False) -> bool:
    """Begin a slot of a recap; False if it was begun before.

    A run that waits still to be composed is skipped: the new one covers its window. One that is ``too_late`` is only
    noted, as skipped. To post a recap now, begin the slot now.
    """
    state, ended = (RunState.SKIPPED, now) if too_late else (RunState.WAITING, None)
    # Two that begin slots of a recap at once must see each other: of two runs that wait, one would be forgotten.
    await conn.execute(sa.update(recaps).where(recaps.c.id == recap_id).values(next_slot=recaps.c.next_slot))
    new = insert(runs).values(recap_id=recap_id, slot=slot, state=state, ended=ended)
    if (await conn.execute(new.on_conflict_do_nothing().returning(runs.c.id))).scalar() is None:
        return False
    if not too_late:
        older = sa.and_(runs.c.recap_id == recap_id, runs.c.state == RunState.WAITING, runs.c.slot < slot)
        await conn.execute(sa.update(runs).where(older).values(state=RunState.SKIPPED, ended=now, lease_until=None))
    return True


async def get(conn: Connection, run_id: int) -> Run | None:
    """Look a run up; None if there is none (any more)."""
    row = (await conn.execute(sa.select(*_COLUMNS).where(runs.c.id == run_id))).mappings().one_or_none()
    return _run(row) if row else None


async def history(conn: Connection, recap_id: int, limit: int) -> list[Run]:
    """Get the last runs of a recap, the newest first."""
    statement = sa.select(*_COLUMNS).where(runs.c.recap_id == recap_id)
    rows = await conn.execute(statement.order_by(runs.c.slot.desc()).limit(limit))
    return [_run(row) for row in rows.mappings()]


async def any_ready(conn: Connection, now: datetime) -> bool:
    """Tell whether a run can be claimed."""
    return bool((await conn.execute(sa.select(sa.exists().where(_free(now))))).scalar())


async def claim(conn: Connection, now: datetime, lease: timedelta, limit: int, held_by: int | None = None) -> list[Run]:
    """Lease runs to be composed, the oldest first; if a process holds them (`bot.store.processes`), while it lives."""
    claimable = sa.select(runs.c.id).where(_free(now)).order_by(runs.c.id).limit(limit)
    ids = (await conn.execute(claimable.with_for_update(of=runs, skip_locked=True))).scalars().all()
    if not ids:
        return []
    taken = sa.update(runs).where(runs.c.id.in_(ids))
    await conn.execute(taken.values(lease_until=now + lease, attempts=runs.c.attempts + 1, held_by=held_by))
    rows = await conn.execute(sa.select(*_COLUMNS).where(runs.c.id.in_(ids)).order_by(runs.c.id))
    return [_run(row) for row in rows.mappings()]


async def next_due(conn: Connection) -> datetime | None:
    """Tell when the next run can be claimed that can't be now; None if none waits for a time to come."""
    due, lease_until = runs.c.due, runs.c.lease_until
    free_from = sa.case((lease_until.is_(None), due), (due > lease_until, due), else_=lease_until)
    statement = sa.select(sa.func.min(free_from, type_=due.type)).where(
        _ready(), sa.or_(due.is_not(None), lease_until.is_not(None))
    )
    found: datetime | None = (await conn.execute(statement)).scalar()
    return found


async def end_leases(conn: Connection, now: datetime) -> None:
    """Free the runs that a process left which is known to be gone."""
    leased = sa.and_(runs.c.state == RunState.WAITING, runs.c.lease_until > now)
    await conn.execute(sa.update(runs).where(leased).values(lease_until=now))


async def renew(conn: Connection, claimed: Sequence[Run], until: datetime) -> None:
    """Keep runs leased that are being composed."""
    await conn.execute(sa.update(runs).where(_ours(claimed), runs.c.lease_until.is_not(None)).values(lease_until=until))


async def release(conn: Connection, claimed: Sequence[Run]) -> None:
    """Give runs back of which nothing came, for no fault of theirs; `claim` finds them at once."""
    given_back = {"lease_until": None, "attempts": runs.c.attempts - 1}
    await conn.execute(sa.update(runs).where(_ours(claimed), runs.c.lease_until.is_not(None)).values(given_back))


async def retry(conn: Connection, run: Run, not_before: datetime, error: str) -> bool:
    """Note that a run is to be composed again, and not before then; False if it is not ours any more."""
    return await _settle(conn, run, due=not_before, error=error)


async def send(conn: Connection, run: Run, *, parts: int, posts: int, told_seq: int) -> bool:
    """Note that a run was composed and its parts are on their way; False if it is not ours any more."""
    values = {"state": RunState.SENDING, "parts": parts, "posts": posts, "told_seq": told_seq, "error": None}
    return await _settle(conn, run, **values)


async def end(  # noqa: PLR0913 - the end of a run tells as much
    conn: Connection,
    run: Run,
    state: RunState,
    now: datetime,
    *,
    before: Sequence[RunState] = (RunState.WAITING, RunState.SENDING),
    error: str | None = None,
) -> bool:
    """End a run that stands in one of some states; False if it does not, or was claimed by somebody else since."""
    standing = sa.update(runs).where(runs.c.id == run.id, runs.c.attempts == run.attempts, runs.c.state.in_(before))
    values = {"state": state, "ended": now, "error": error, "lease_until": None}
    return (await conn.execute(standing.values(values))).rowcount == 1


async def _settle(conn: Connection, run: Run, **values: object) -> bool:
    return (await conn.execute(sa.update(runs).where(_ours([run])).values(lease_until=None, **values))).rowcount == 1


def _ours(claimed: Sequence[Run]) -> sa.ColumnElement[bool]:
    """Select the runs that still wait as they were claimed."""
    as_claimed = sa.tuple_(runs.c.id, runs.c.attempts).in_([(run.id, run.attempts) for run in claimed])
    return sa.and_(runs.c.state == RunState.WAITING, as_claimed)


def _free(now: datetime) -> sa.ColumnElement[bool]:
    """Select the runs that can be claimed."""
    return sa.and_(
        _ready(),
        sa.or_(runs.c.due.is_(None), runs.c.due <= now),
        sa.or_(runs.c.lease_until.is_(None), runs.c.lease_until <= now),
    )


def _ready() -> sa.ColumnElement[bool]:
    """Select the runs that wait and have no earlier one before them."""
    other = runs.alias()
    sending = sa.exists().where(other.c.recap_id == runs.c.recap_id, other.c.state == RunState.SENDING)
    return sa.and_(runs.c.state == RunState.WAITING, ~sending)


def _run(row: sa.RowMapping) -> Run:
    values = {column.name: row[column] for column in _COLUMNS}
    return Run(**values | {"state": RunState(row[runs.c.state])})
