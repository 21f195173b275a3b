"""Work in lanes: what inbox and outbox have in common.

A chat is a lane. Only the oldest waiting row of a lane can be claimed, so that order holds within it; lanes do not wait
for each other. A claim is a lease: when it runs out, the row can be claimed again.

A lane rests until its oldest row is due. Those behind it get the same time, as far as they are few: then none of the
lane stands in the index of what is ready, and no claim looks at it. A claim first makes ready what has come to be due.

Every call that settles a row says whether the row still waits as it was claimed. It does not if the lease ran out and
somebody else has claimed or settled it since: then undo whatever was done for it in the same transaction.
"""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.tables import State


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that was claimed: how often it was by then tells this claim from a later one, of somebody else."""

    key: int
    attempts: int


# So many lanes a claim looks at first: some more than there are hands. Where all of these rest, it looks at more.
_LANES, _MOST_LANES = 32, 4_096
_BEFORE_ALL = -(2**63)
# So many rows rest with the first of their lane. Where more wait, a claim looks at the lane, and leaves it.
_BEHIND = 10
# So many rows that have come to be due a claim makes ready: when very many do at once, the next claims go on.
_DUE = 256
# Written out, as it stands in the condition of an index.
_WAITS = sa.literal_column(f"'{State.WAITING}'", sa.String)


@dataclass(slots=True)
class Turn:
    """Whose turn it is: a claim goes on behind the lane at which the last one ended, and from the last to the first.

    So a claim looks at few lanes, however many wait; and a row that is alone in its lane waits for one round of the
    lanes, not for all rows that are older.
    """

    after: int = _BEFORE_ALL


async def free(  # noqa: PLR0913 - each narrows the same question
    conn: Connection,
    table: sa.Table,
    now: datetime,
    limit: int,
    turn: Turn,
    *,
    order: tuple[sa.ColumnElement[Any], ...] = (),
    besides: Collection[int] = (),
) -> Sequence[sa.RowMapping]:
    """Get rows that can be leased, one of a lane, in the order of the lanes; leave some out.

    Those that are found together are put in ``order`` first. Whoever wants to lease rows at the same time gets others,
    where the database knows how to do that.
    """
    await conn.execute(_make_ready(table), {"now": now})
    found: list[sa.RowMapping] = []
    async for heads in _heads_in_turn(conn, table, turn):
        found += await free_of(conn, table, heads, now, limit - len(found), order=order, besides=besides)
        if len(found) == limit:
            turn.after = found[-1][table.c.chat_id]
            break
    return found


async def free_of(  # noqa: PLR0913 - each narrows the same question
    conn: Connection,
    table: sa.Table,
    heads: Sequence[int],
    now: datetime,
    limit: int,
    *,
    order: tuple[sa.ColumnElement[Any], ...] = (),
    besides: Collection[int] = (),
) -> Sequence[sa.RowMapping]:
    """Get those of the oldest rows of lanes that can be leased, as `free` does."""
    asked = {"heads": heads, "now": now, "most": limit, "besides": list(besides)}
    return (await conn.execute(_free(table, order), asked)).mappings().all()


async def _heads_in_turn(conn: Connection, table: sa.Table, turn: Turn) -> AsyncIterator[list[int]]:
    """Yield the oldest waiting rows of all lanes that do not rest: of some lanes at a time, and of more each time."""
    begin, is_around, most = turn.after, turn.after == _BEFORE_ALL, _LANES
    while True:
        found = await conn.execute(_heads(table), {"after": turn.after, "lanes": most})
        heads = {head.lane: head.key for head in found}
        if is_around and begin != _BEFORE_ALL:
            heads = {lane: key for lane, key in heads.items() if lane <= begin}
        if heads:
            turn.after = max(heads)
            yield list(heads.values())
        if len(heads) < most:
            if is_around:
                return
            turn.after, is_around = _BEFORE_ALL, True
        most = min(2 * most, _MOST_LANES)


# Making a statement takes longer than executing it, and this is asked behind every piece of work.
@cache
def _free(table: sa.Table, order: tuple[sa.ColumnElement[Any], ...]) -> sa.Select[*tuple[Any, ...]]:
    key, now = _key(table), sa.bindparam("now", type_=table.c.due.type)
    is_free = sa.and_(
        # Written so that no index has it: by one, SQLite would walk over all that wait instead of over the heads.
        table.c.state.concat("") == State.WAITING,
        sa.or_(table.c.due.is_(None), table.c.due <= now),
        sa.or_(table.c.lease_until.is_(None), table.c.lease_until <= now),
        key.not_in(sa.bindparam("besides", expanding=True)),
    )
    heads = sa.select(table).where(key.in_(sa.bindparam("heads", expanding=True)), is_free)
    return (
        heads.order_by(*order, table.c.chat_id).limit(sa.bindparam("most")).with_for_update(of=table, skip_locked=True)
    )


async def lease(
    conn: Connection, table: sa.Table, rows: Sequence[sa.RowMapping], until: datetime, **values: object
) -> None:
    """Lease rows that are free, and change them."""
    key = _key(table)
    of_rows = sa.update(table).where(key.in_([row[key] for row in rows]))
    await conn.execute(of_rows.values(lease_until=until, attempts=table.c.attempts + 1, **values))


async def renew(conn: Connection, table: sa.Table, claims: Collection[Claim], until: datetime) -> int:
    """Let leases last longer; tell how many of them are not over."""
    return (await conn.execute(_leased(table, claims).values(lease_until=until))).rowcount


async def release(conn: Connection, table: sa.Table, claims: Collection[Claim], **values: object) -> None:
    """Give leased rows back of which nothing came, and change them; they can be claimed at once."""
    await conn.execute(_leased(table, claims).values(lease_until=None, **values))


def _leased(table: sa.Table, claims: Collection[Claim]) -> sa.Update:
    claimed = sa.tuple_(_key(table), table.c.attempts).in_([(claim.key, claim.attempts) for claim in claims])
    return sa.update(table).where(claimed, table.c.state == State.WAITING, table.c.lease_until.is_not(None))


async def settle(conn: Connection, table: sa.Table, claim: Claim, **values: object) -> bool:
    """Change a row that still waits as it was claimed, and end its lease; tell whether it did."""
    return await change(conn, table, claim, lease_until=None, **values)


async def rest(conn: Connection, table: sa.Table, claim: Claim, until: datetime, **values: object) -> bool:
    """Settle a row that is to be claimed again, and not before then; its lane rests with it."""
    if not await settle(conn, table, claim, due=until, **values):
        return False
    await conn.execute(_behind(table), {"first": claim.key, "until": until})
    return True


@cache
def _behind(table: sa.Table) -> sa.Update:
    """Let the next rows of the lane of one rest until the same time."""
    first, key, until = table.alias(), _key(table), sa.bindparam("until", type_=table.c.due.type)
    lane = sa.select(first.c.chat_id).where(_key(first) == sa.bindparam("first")).scalar_subquery()
    behind = sa.select(key).where(_is_ready(table), table.c.chat_id == lane).order_by(key).limit(_BEHIND)
    return sa.update(table).where(key.in_(behind)).values(due=until)


@cache
def _make_ready(table: sa.Table) -> sa.Update:
    """Let rows that have come to be due wait for no time any more."""
    key, now = _key(table), sa.bindparam("now", type_=table.c.due.type)
    due = sa.select(key).where(table.c.state == _WAITS, table.c.due <= now).order_by(table.c.due).limit(_DUE)
    return sa.update(table).where(key.in_(due.with_for_update(skip_locked=True))).values(due=None)


async def change(conn: Connection, table: sa.Table, claim: Claim, **values: object) -> bool:
    """Change a row that still waits as it was claimed; tell whether it did."""
    row = {"row": claim.key, "claims": claim.attempts}
    return (await conn.execute(_waiting(table).values(**values), row)).rowcount == 1


@cache
def _waiting(table: sa.Table) -> sa.Update:
    return sa.update(table).where(
        _key(table) == sa.bindparam("row"),
        table.c.state == State.WAITING,
        table.c.attempts == sa.bindparam("claims"),
    )


async def next_due(conn: Connection, table: sa.Table) -> datetime | None:
    """Tell when the next row can be claimed; None if none waits for a time to come."""
    (found,) = await conn.execute(_next_due(table))
    return min((moment for moment in found if moment), default=None)


@cache
def _next_due(table: sa.Table) -> sa.Select[*tuple[Any, ...]]:
    """Select when the next lease is over, and when the next row is due that is not leased, each by an index.

    Rows that are leased are few; of the others the first is looked at, and more only where it is not that of its lane.
    """
    due, lease_until, other = table.c.due, table.c.lease_until, table.alias()
    of_lane = other.c.state == State.WAITING, other.c.chat_id == table.c.chat_id
    first = sa.select(sa.func.min(_key(other))).where(*of_lane).correlate(table).scalar_subquery()
    heads = table.c.state == State.WAITING, _key(table) == first
    free_from = sa.case((due > lease_until, due), else_=lease_until)
    leased = sa.select(sa.func.min(free_from, type_=due.type)).where(*heads, lease_until.is_not(None))
    resting = sa.select(due).where(*heads, due.is_not(None), lease_until.is_(None)).order_by(due).limit(1)
    return sa.select(leased.scalar_subquery(), resting.scalar_subquery())


async def end_leases(conn: Connection, table: sa.Table, now: datetime) -> None:
    """End the leases that somebody left who is known to work no more; their rows can be claimed at once."""
    leased = sa.and_(table.c.state == State.WAITING, table.c.lease_until > now)
    await conn.execute(sa.update(table).where(leased).values(lease_until=now))


async def oldest(conn: Connection, since: sa.Column[Any]) -> datetime | None:
    """Tell the earliest time of a column of those rows that wait; None if none does."""
    waiting = sa.select(since).where(since.table.c.state == State.WAITING).cte("waiting")
    # Else Postgres would walk over the times of all rows to the first one that waits, if there is an index of them.
    waiting = waiting.prefix_with("MATERIALIZED", dialect="postgresql")
    found: datetime | None = (await conn.execute(sa.select(sa.func.min(waiting.c[since.name])))).scalar()
    return found


async def counts(conn: Connection, table: sa.Table) -> dict[State, int]:
    """Count the rows in each state."""
    found = await conn.execute(sa.select(table.c.state, sa.func.count()).group_by(table.c.state))
    return dict.fromkeys(State, 0) | {State(state): count for state, count in found}


def _is_ready(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Select what waits for no time; `tables` has an index of it."""
    return sa.and_(table.c.state == _WAITS, table.c.due.is_(None))


def _key(table: sa.FromClause) -> sa.ColumnElement[int]:
    (key,) = table.primary_key
    return key


@cache
def _heads(table: sa.Table) -> sa.Select[int, int]:
    """Select the oldest waiting row of each lane in which any is ready: of those after one lane, so many at most.

    The recursion steps from lane to lane over the index of what is ready, so that its cost grows with the lanes that it
    looks at and not with the rows in them (wiki.postgresql.org/wiki/Loose_indexscan; SQLite needs the same).
    """
    waiting, ready, first = table.c.state == State.WAITING, _is_ready(table), sa.func.min(table.c.chat_id)
    begin = sa.select(first.label("chat_id"), sa.literal(1).label("number"))
    lanes = begin.where(ready, table.c.chat_id > sa.bindparam("after")).cte("lanes", recursive=True)
    following = sa.select(first).where(ready, table.c.chat_id > lanes.c.chat_id).scalar_subquery()
    goes_on = lanes.c.chat_id.is_not(None), lanes.c.number < sa.bindparam("lanes")
    lanes = lanes.union_all(sa.select(following, lanes.c.number + 1).where(*goes_on))
    head = sa.select(sa.func.min(_key(table))).where(waiting, table.c.chat_id == lanes.c.chat_id)
    heads = sa.select(lanes.c.chat_id.label("lane"), head.scalar_subquery().label("key"))
    return heads.where(lanes.c.chat_id.is_not(None))
