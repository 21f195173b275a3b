"""Messages to be sent, each until it is settled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot import clock
from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.queues import lanes
from bot.store.queues.lanes import Claim, Turn
from bot.store.tables import State, outbox


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call of the Bot API that is to be made.

    Attributes:
        thread_id: topic of a forum; 0 if the chat has none.
        key: names the call for ever: one with a key that was used before is not made again.
        method: of the Bot API, such as ``sendMessage``.
        payload: its parameters, as JSON.
        run_id: the run of a recap that it belongs to, if any.

    """

    chat_id: int
    thread_id: int
    key: str
    method: str
    payload: dict[str, Any]
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A call that was claimed.

    Attributes:
        attempts: how often it was claimed, this time included.
        doubts: how many attempts were begun and ended without a word, or in a fault that leaves the same doubt: nobody
            knows whether the call was carried out.
        probes: how often it was looked for, in vain, since the last of these.
        created: when it was queued.

    """

    id: int
    message: Outgoing
    attempts: int
    doubts: int
    probes: int
    created: datetime

    @property
    def claim(self) -> Claim:
        """What settles the call."""
        return Claim(self.id, self.attempts)


async def enqueue(conn: Connection, messages: Sequence[Outgoing], now: datetime | None = None) -> None:
    """Add calls in the order in which they are to be made; one whose key is known is passed over."""
    if not messages:
        return
    created = now or clock.now()
    rows = [
        {
            "chat_id": message.chat_id,
            "thread_id": message.thread_id,
            "key": message.key,
            "method": message.method,
            "payload": message.payload,
            "run_id": message.run_id,
            "created": created,
        }
        for message in messages
    ]
    await conn.execute(insert(outbox).on_conflict_do_nothing(index_elements=[outbox.c.key]), rows)


async def claim(  # noqa: PLR0913 - each narrows the same question
    conn: Connection,
    now: datetime,
    lease: timedelta,
    limit: int,
    in_hand: Collection[int] = (),
    *,
    turn: Turn | None = None,
    held_by: int | None = None,
) -> list[OutboxItem]:
    """Lease calls to be made: the oldest of each chat, unless it is leased, in hand or waits for its next attempt.

    ``turn`` tells whose turn it is of the chats; without it, it is the first one's. ``held_by`` is the number of the
    process (`bot.store.processes`).
    """
    rows = await lanes.free(conn, outbox, now, limit, turn or Turn(), besides=in_hand)
    if not rows:
        return []
    await lanes.lease(conn, outbox, rows, now + lease, held_by=held_by)
    interrupted = {row[outbox.c.id] for row in rows if _was_interrupted(row)}
    if interrupted:
        doubtful = sa.update(outbox).where(outbox.c.id.in_(interrupted))
        await conn.execute(doubtful.values(doubts=outbox.c.doubts + 1, probes=0))
    return [
        OutboxItem(
            id=row[outbox.c.id],
            message=_outgoing(row),
            attempts=row[outbox.c.attempts] + 1,
            doubts=row[outbox.c.doubts] + (row[outbox.c.id] in interrupted),
            probes=0 if row[outbox.c.id] in interrupted else row[outbox.c.probes],
            created=row[outbox.c.created],
        )
        for row in rows
    ]


def _was_interrupted(row: sa.RowMapping) -> bool:
    """Tell whether the call of a row was begun, and no word came of it: an old lease alone tells of none that was."""
    return row[outbox.c.lease_until] is not None and bool(row[outbox.c.begun] == row[outbox.c.attempts])


async def begin(conn: Connection, claim: Claim, until: datetime) -> bool:
    """Note that a call is about to be made, and lease it until then; False if it is not ours any more: let it be.

    Should nothing more be heard of it, it may have been carried out.
    """
    return await lanes.change(conn, outbox, claim, begun=outbox.c.attempts, lease_until=until)


async def renew(conn: Connection, claims: Collection[Claim], until: datetime) -> None:
    """Keep calls leased that wait for their turn, or are being made."""
    await lanes.renew(conn, outbox, claims, until)


async def release(conn: Connection, claims: Collection[Claim]) -> None:
    """Give calls back that were not begun, for no fault of theirs; `claim` finds them at once."""
    await lanes.release(conn, outbox, claims)


async def sent(conn: Connection, claim: Claim, message_id: int | None, now: datetime) -> bool:
    """Note that a call was made, and the id of the message that came of it; False if it was settled before.

    What was made is made, whoever has claimed the call since: he sees it when he begins.
    """
    waiting = sa.update(outbox).where(outbox.c.id == claim.key, outbox.c.state == State.WAITING)
    done = waiting.values(state=State.DONE, message_id=message_id, sent_at=now, error=None, lease_until=None)
    return (await conn.execute(done)).rowcount == 1


async def retry(conn: Connection, claim: Claim, not_before: datetime, error: str, *, doubtful: bool = False) -> bool:
    """Note that a call is to be made again, and not before then; its chat waits with it.

    Args:
        conn: of a transaction that writes.
        claim: the call.
        not_before: when to make it again.
        error: what happened.
        doubtful: nobody knows whether the call was carried out this time.

    Returns:
        False if it is not ours any more.

    """
    doubts, probes = (outbox.c.doubts + 1, 0) if doubtful else (outbox.c.doubts, outbox.c.probes)
    return await lanes.rest(conn, outbox, claim, not_before, error=error, doubts=doubts, probes=probes)


async def probe_again(conn: Connection, claim: Claim, not_before: datetime) -> bool:
    """Note that a message was looked for in vain, and is to be looked for again, not before then.

    False if it is not ours any more.
    """
    return await lanes.rest(conn, outbox, claim, not_before, probes=outbox.c.probes + 1)


async def fail(conn: Connection, claim: Claim, error: str) -> bool:
    """Give a call up that Telegram refuses, and let the ones after it go on; False if it is not ours any more."""
    return await lanes.settle(conn, outbox, claim, state=State.PARKED, error=error)


async def uncertain(conn: Connection, claim: Claim, error: str) -> bool:
    """Give a call up that may have been carried out, and let the ones after it go on.

    False if it is not ours any more.
    """
    return await lanes.settle(conn, outbox, claim, state=State.UNCERTAIN, error=error)


async def follow(conn: Connection, old: int, new: int) -> None:
    """Let the calls that wait for a group go to the id that it has as a supergroup, in the same order."""
    waiting = outbox.c.state == State.WAITING, outbox.c.chat_id == old
    rows = (await conn.execute(sa.select(outbox.c.id, outbox.c.payload).where(*waiting))).all()
    for item_id, payload in rows:
        moved = sa.update(outbox).where(outbox.c.id == item_id)
        await conn.execute(moved.values(chat_id=new, payload={**payload, "chat_id": new}, lease_until=None))


async def of_run(conn: Connection, run_id: int) -> list[Outgoing]:
    """Get the calls of a run, in their order, whatever has become of them."""
    statement = sa.select(outbox).where(outbox.c.run_id == run_id).order_by(outbox.c.id)
    rows = (await conn.execute(statement)).mappings()
    return [_outgoing(row) for row in rows]


async def posted_of_run(conn: Connection, run_id: int) -> list[Outgoing]:
    """Get the calls of a run that were carried out, or may have been, in their order."""
    posted = outbox.c.run_id == run_id, outbox.c.state.in_((State.DONE, State.UNCERTAIN))
    rows = (await conn.execute(sa.select(outbox).where(*posted).order_by(outbox.c.id))).mappings()
    return [_outgoing(row) for row in rows]


async def count_waiting(conn: Connection, run_id: int) -> int:
    """Count the calls of a run that are still to be made."""
    waiting = outbox.c.run_id == run_id, outbox.c.state == State.WAITING
    return (await conn.execute(sa.select(sa.func.count()).select_from(outbox).where(*waiting))).scalar_one()


async def drop_run(conn: Connection, run_id: int, chat_id: int, error: str) -> None:
    """Give up the calls of a run for a chat that are still to be made."""
    waiting = outbox.c.run_id == run_id, outbox.c.chat_id == chat_id, outbox.c.state == State.WAITING
    await conn.execute(sa.update(outbox).where(*waiting).values(state=State.PARKED, error=error, lease_until=None))


async def message_of(conn: Connection, key: str) -> int | None:
    """Tell the id of the message that came of the call with a key; None if none has come."""
    return (await conn.execute(sa.select(outbox.c.message_id).where(outbox.c.key == key))).scalar()


async def is_known(conn: Connection, key: str) -> bool:
    """Tell whether there is a call with a key, whatever has become of it."""
    return bool((await conn.execute(sa.select(sa.exists().where(outbox.c.key == key)))).scalar())


async def next_due(conn: Connection) -> datetime | None:
    """Tell when the next call can be claimed; None if none waits for a time to come."""
    return await lanes.next_due(conn, outbox)


async def end_leases(conn: Connection, now: datetime) -> None:
    """Free the calls that a process left which is known to be gone; `claim` finds them at once."""
    await lanes.end_leases(conn, outbox, now)


async def end_leases_of_unbegun(conn: Connection, now: datetime) -> None:
    """Free the calls that whoever made them before has claimed and not begun: he can't `begin` what is claimed anew.

    Those that he has begun may be under way for as long as they are leased, unless he is known to have ended.
    """
    unbegun = outbox.c.state == State.WAITING, outbox.c.lease_until > now, outbox.c.begun < outbox.c.attempts
    await conn.execute(sa.update(outbox).where(*unbegun).values(lease_until=now))


async def counts(conn: Connection) -> dict[State, int]:
    """Count the calls in each state."""
    return await lanes.counts(conn, outbox)


def _outgoing(row: sa.RowMapping) -> Outgoing:
    return Outgoing(
        chat_id=row[outbox.c.chat_id],
        thread_id=row[outbox.c.thread_id],
        key=row[outbox.c.key],
        method=row[outbox.c.method],
        payload=row[outbox.c.payload],
        run_id=row[outbox.c.run_id],
    )
