"""Updates as Telegram sent them, each until it is handled."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot import clock
from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.queues import lanes
from bot.store.queues.lanes import Claim, Turn
from bot.store.queues.updates import Written, written
from bot.store.tables import State, inbox

_DEATHS = sa.case((inbox.c.lease_until.is_(None), inbox.c.deaths), else_=inbox.c.deaths + 1)
_SUSPECTS_FIRST = (_DEATHS == 0, _DEATHS)
# So many chats with somebody who asks a claim looks at: some more than there are hands.
_ASKING = 32
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class InboxItem:
    """An update that was claimed.

    Attributes:
        chat_id: None if the update belongs to no chat; all such updates are one lane.
        raw: the update, a JSON object.
        attempts: how often it was claimed, this time included.
        deaths: how often the process ended while it was handled; if it ever did, the update is to be handled alone.
        asks: whether it was claimed before its turn, since somebody in its chat waits for an answer.

    """

    update_id: int
    chat_id: int | None
    raw: dict[str, Any]
    attempts: int
    deaths: int = 0
    asks: bool = False

    @property
    def claim(self) -> Claim:
        """What settles the update."""
        return Claim(self.update_id, self.attempts)


async def put(conn: Connection, updates: Sequence[Mapping[str, Any]], now: datetime | None = None) -> int:
    """Store updates that came in, as `put_written` does."""
    return await put_written(conn, [written(update) for update in updates], now)


async def put_written(conn: Connection, updates: Sequence[Written], now: datetime | None = None) -> int:
    """Store updates that came in; tell how many of them are new.

    An update is known by its ``update_id``; one that is stored already, whatever its state, is passed over.
    """
    if not updates:
        return 0
    received = now or clock.now()
    rows = [
        {
            "update_id": update.update_id,
            "chat_id": update.chat_id,
            "asks": update.asks,
            "raw": update.raw,
            "received": received,
        }
        for update in updates
    ]
    statement = insert(inbox).on_conflict_do_nothing(index_elements=[inbox.c.update_id]).returning(inbox.c.update_id)
    return len((await conn.execute(statement, rows)).all())


async def claim(  # noqa: PLR0913 - each narrows the same question
    conn: Connection,
    now: datetime,
    lease: timedelta,
    limit: int,
    in_hand: Collection[int] = (),
    *,
    turn: Turn | None = None,
    asking: int = 0,
    held_by: int | None = None,
) -> list[InboxItem] | None:
    """Lease updates to be handled: the oldest of each chat, unless it is leased or waits for its next attempt.

    Chats in which somebody waits for an answer may come before their turn.

    An update at whose handling the process ended may be the cause, or may just have been in hand beside the cause. It
    is claimed alone, so that only the cause meets that end again; of those that are found together, those that met it
    least often come first.

    Args:
        conn: of a transaction that writes.
        now: the time.
        lease: for how long.
        limit: how many at most.
        in_hand: the ids of those that the caller is about to handle, or handles.
        turn: of the chats; without it, it is the first one's.
        asking: how many at most may come before their turn.
        held_by: the number of the process (`bot.store.processes`): once that is gone, the lease is over.

    Returns:
        None if an update is to be claimed alone, and others are in hand: ask again when they are done.

    """
    turn = turn or Turn()
    begin = turn.after
    rows = first = await _free_where_somebody_asks(conn, now, min(asking, limit), in_hand)
    if len(first) < limit:
        besides = [*in_hand, *(row[inbox.c.update_id] for row in first)]
        others = await lanes.free(conn, inbox, now, limit - len(first), turn, order=_SUSPECTS_FIRST, besides=besides)
        rows = [*first, *others]
    suspects = sorted((row for row in rows if _deaths(row)), key=_deaths)
    if suspects:
        turn.after = begin  # the others, or all of them, have their turn next
    if suspects and in_hand:
        return None
    rows = suspects[:1] or rows
    if rows:
        await lanes.lease(conn, inbox, rows, now + lease, held_by=held_by)
    for row in suspects[:1]:
        counted = sa.update(inbox).where(inbox.c.update_id == row[inbox.c.update_id])
        await conn.execute(counted.values(deaths=_deaths(row)))
    return [_item(row, asks=row in first) for row in rows]


async def _free_where_somebody_asks(
    conn: Connection, now: datetime, limit: int, in_hand: Collection[int]
) -> Sequence[sa.RowMapping]:
    if limit <= 0:
        return []
    heads = (await conn.execute(_heads_where_somebody_asks())).scalars().all()
    return await lanes.free_of(conn, inbox, heads, now, limit, order=_SUSPECTS_FIRST, besides=in_hand) if heads else []


@cache
def _heads_where_somebody_asks() -> sa.Select[int]:
    """Select the oldest waiting updates of the chats that have waited longest for an answer."""
    asking = sa.select(inbox.c.chat_id).where(inbox.c.asks).order_by(inbox.c.received).limit(_ASKING)
    chats, older = asking.subquery(), inbox.alias()
    head = sa.select(sa.func.min(older.c.update_id)).where(
        older.c.state == State.WAITING, older.c.chat_id == chats.c.chat_id
    )
    return sa.select(head.scalar_subquery()).select_from(chats).distinct()


def _deaths(row: sa.RowMapping) -> int:
    """Tell how often the process ended while an update was handled that is free; an old lease tells of one more."""
    ended = row[inbox.c.lease_until] is not None
    return int(row[inbox.c.deaths]) + ended


def _item(row: sa.RowMapping, *, asks: bool) -> InboxItem:
    return InboxItem(
        update_id=row[inbox.c.update_id],
        chat_id=row[inbox.c.chat_id] or None,
        raw=json.loads(row[inbox.c.raw]),
        attempts=row[inbox.c.attempts] + 1,
        deaths=_deaths(row),
        asks=asks,
    )


async def renew(conn: Connection, claims: Collection[Claim], until: datetime) -> int:
    """Keep updates leased that are worked on; tell how many of them are still ours."""
    return await lanes.renew(conn, inbox, claims, until)


async def release(conn: Connection, claims: Collection[Claim]) -> None:
    """Give updates back whose handling came to no end, for no fault of theirs; `claim` finds them at once."""
    await lanes.release(conn, inbox, claims, attempts=inbox.c.attempts - 1)


async def put_back(conn: Connection, claim: Claim, due: datetime) -> bool:
    """Give an update back as if it had not been claimed, to be claimed then; False if it is not ours any more."""
    return await lanes.rest(conn, inbox, claim, due, attempts=inbox.c.attempts - 1)


async def finish(conn: Connection, claim: Claim) -> bool:
    """Mark an update as handled; False if it is not ours any more: then undo what was done for it."""
    return await lanes.settle(conn, inbox, claim, state=State.DONE, error=None, asks=False)


async def fail(conn: Connection, claim: Claim, error: str, now: datetime, max_attempts: int) -> bool:
    """Note an attempt that failed; tell whether that was the last one, and the update is parked.

    Else it waits, and its chat with it: 1 s after the first attempt, four times as long after each further one, at
    most 5 minutes.
    """
    failures = sa.select(inbox.c.attempts - inbox.c.deaths).where(inbox.c.update_id == claim.key)
    attempts = (await conn.execute(failures)).scalar() or 0
    if attempts >= max_attempts:
        return await park(conn, claim, error)
    pause = min(_FIRST_PAUSE * 4 ** max(attempts - 1, 0), _LONGEST_PAUSE)
    await lanes.rest(conn, inbox, claim, now + pause, error=error)
    return False


async def park(conn: Connection, claim: Claim, error: str) -> bool:
    """Give an update up, and let the ones after it go on; False if it is not ours any more."""
    return await lanes.settle(conn, inbox, claim, state=State.PARKED, error=error, asks=False)


async def next_due(conn: Connection) -> datetime | None:
    """Tell when the next update can be claimed; None if none waits for a time to come."""
    return await lanes.next_due(conn, inbox)


async def others_wait(conn: Connection, chat_id: int, update_id: int) -> bool:
    """Tell whether further updates of a chat wait beside one."""
    others = sa.exists().where(
        inbox.c.state == State.WAITING, inbox.c.chat_id == chat_id, inbox.c.update_id != update_id
    )
    return bool((await conn.execute(sa.select(others))).scalar())


async def oldest_waiting(conn: Connection) -> datetime | None:
    """Tell when the oldest update was received that is not settled; None if all are."""
    return await lanes.oldest(conn, inbox.c.received)


async def end_leases(conn: Connection, now: datetime) -> None:
    """Free the updates that a process left which is known to be gone; `claim` finds them at once."""
    await lanes.end_leases(conn, inbox, now)


async def counts(conn: Connection) -> dict[State, int]:
    """Count the updates in each state."""
    return await lanes.counts(conn, inbox)
