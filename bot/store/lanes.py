"""Work in lanes: what inbox and outbox have in common.

A chat is a lane. Only the oldest waiting row of a lane can be claimed, so that order holds within it; lanes do not wait
for each other. A claim is a lease: when it runs out, the row can be claimed again.

Every call that settles a row says whether the row still waits as it was claimed. It does not if the lease ran out and
somebody else has claimed or settled it since: then undo whatever was done for it in the same transaction.
"""

from collections.abc import Collection, Sequence
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


async def free(  # noqa: PLR0913 - each narrows the same question
    conn: Connection,
    table: sa.Table,
    now: datetime,
    limit: int,
    *,
    order: tuple[sa.ColumnElement[Any], ...] = (),
    besides: Collection[int] = (),
) -> Sequence[sa.RowMapping]:
    """Get rows that can be leased, one of a lane, in an order, and the oldest first; leave some out.

    Whoever wants to lease rows at the same time gets others, where the database knows how to do that.
    """
    found = await conn.execute(_free(table, order), {"now": now, "most": limit, "besides": list(besides)})
    return found.mappings().all()


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
    heads = sa.select(table).where(key.in_(_heads(table)), is_free)
    return heads.order_by(*order, key).limit(sa.bindparam("most")).with_for_update(of=table, skip_locked=True)


async def lease(conn: Connection, table: sa.Table, rows: Sequence[sa.RowMapping], until: datetime) -> None:
    """Lease rows that are free."""
    key = _key(table)
    of_rows = sa.update(table).where(key.in_([row[key] for row in rows]))
    await conn.execute(of_rows.values(lease_until=until, attempts=table.c.attempts + 1))


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
    found: datetime | None = (await conn.execute(_next_due(table))).scalar()
    return found


@cache
def _next_due(table: sa.Table) -> sa.Select[*tuple[Any, ...]]:
    due, lease_until = table.c.due, table.c.lease_until
    free_from = sa.case((lease_until.is_(None), due), (due > lease_until, due), else_=lease_until)
    return sa.select(sa.func.min(free_from, type_=due.type)).where(_key(table).in_(_heads(table)))


async def end_leases(conn: Connection, table: sa.Table, now: datetime) -> None:
    """End the leases that somebody left who is known to work no more; their rows can be claimed at once."""
    leased = sa.and_(table.c.state == State.WAITING, table.c.lease_until > now)
    await conn.execute(sa.update(table).where(leased).values(lease_until=now))


async def counts(conn: Connection, table: sa.Table) -> dict[State, int]:
    """Count the rows in each state."""
    found = await conn.execute(sa.select(table.c.state, sa.func.count()).group_by(table.c.state))
    return dict.fromkeys(State, 0) | {State(state): count for state, count in found}


def _key(table: sa.Table) -> sa.Column[int]:
    (key,) = table.primary_key.columns
    return key


def _heads(table: sa.Table) -> sa.Select[tuple[int]]:
    """Select the oldest waiting row of each lane.

    The recursion steps from lane to lane over the index (state, chat_id, key), so that its cost grows with the lanes
    that wait and not with the rows in them (wiki.postgresql.org/wiki/Loose_indexscan; SQLite needs the same).
    """
    waiting = table.c.state == State.WAITING
    lanes = sa.select(sa.func.min(table.c.chat_id).label("chat_id")).where(waiting).cte("lanes", recursive=True)
    following = (
        sa.select(sa.func.min(table.c.chat_id)).where(waiting, table.c.chat_id > lanes.c.chat_id).scalar_subquery()
    )
    lanes = lanes.union_all(sa.select(following).where(lanes.c.chat_id.is_not(None)))
    head = sa.select(sa.func.min(_key(table))).where(waiting, table.c.chat_id == lanes.c.chat_id)
    return sa.select(head.scalar_subquery()).select_from(lanes).where(lanes.c.chat_id.is_not(None))
