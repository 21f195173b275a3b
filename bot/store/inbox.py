"""Updates as Telegram sent them, each until it is handled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot import clock
from bot.store import lanes
from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.tables import State, inbox

_NO_CHAT = 0
_MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member")
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class InboxItem:
    """An update that was claimed.

    Attributes:
        chat_id: None if the update belongs to no chat; all such updates are one lane.
        raw: the update, a JSON object.
        attempts: how often it was claimed, this time included. A count above the limit that `fail` is given tells of
            attempts that ended without a word, as when the update kills the process: `park` it.

    """

    update_id: int
    chat_id: int | None
    raw: dict[str, Any]
    attempts: int


async def put(conn: Connection, updates: Sequence[Mapping[str, Any]], now: datetime | None = None) -> int:
    """Store updates that came in; tell how many of them are new.

    An update is known by its ``update_id``; one that is stored already, whatever its state, is passed over.
    """
    if not updates:
        return 0
    received = now or clock.now()
    rows = [
        {"update_id": update["update_id"], "chat_id": chat_of(update), "raw": dict(update), "received": received}
        for update in updates
    ]
    statement = insert(inbox).on_conflict_do_nothing(index_elements=[inbox.c.update_id]).returning(inbox.c.update_id)
    return len((await conn.execute(statement, rows)).all())


async def last_update_id(conn: Connection) -> int | None:
    """Tell the id of the update that was received last.

    It need not be the highest: after a week without updates Telegram goes on from a random id (Bot API, ``Update``).
    """
    newest = sa.select(inbox.c.update_id).order_by(inbox.c.received.desc(), inbox.c.update_id.desc()).limit(1)
    return (await conn.execute(newest)).scalar()


async def claim(conn: Connection, now: datetime, lease: timedelta, limit: int) -> list[InboxItem]:
    """Lease updates to be handled: the oldest of each chat, unless it is leased or waits for its next attempt."""
    return [
        InboxItem(
            update_id=row[inbox.c.update_id],
            chat_id=row[inbox.c.chat_id] or None,
            raw=row[inbox.c.raw],
            attempts=row[inbox.c.attempts] + 1,
        )
        for row in await lanes.claim(conn, inbox, now, lease, limit)
    ]


async def renew(conn: Connection, update_id: int, until: datetime) -> bool:
    """Keep an update leased while it is worked on for long; False if it was settled before."""
    waiting = sa.update(inbox).where(inbox.c.update_id == update_id, inbox.c.state == State.WAITING)
    return (await conn.execute(waiting.values(lease_until=until))).rowcount == 1


async def put_back(conn: Connection, update_id: int, due: datetime) -> bool:
    """Give an update back as if it had not been claimed, to be claimed then; False if it was settled before."""
    return await lanes.settle(conn, inbox, update_id, due=due, attempts=inbox.c.attempts - 1)


async def finish(conn: Connection, update_id: int) -> bool:
    """Mark an update as handled; False if it was settled before: then undo what was done for it."""
    return await lanes.settle(conn, inbox, update_id, state=State.DONE, error=None)


async def fail(conn: Connection, update_id: int, error: str, now: datetime, max_attempts: int) -> bool:
    """Note an attempt that failed; tell whether that was the last one, and the update is parked.

    Else it waits, and its chat with it: 1 s after the first attempt, four times as long after each further one, at
    most 5 minutes.
    """
    attempts = (await conn.execute(sa.select(inbox.c.attempts).where(inbox.c.update_id == update_id))).scalar() or 0
    if attempts >= max_attempts:
        return await park(conn, update_id, error)
    pause = min(_FIRST_PAUSE * 4 ** max(attempts - 1, 0), _LONGEST_PAUSE)
    await lanes.settle(conn, inbox, update_id, due=now + pause, error=error)
    return False


async def park(conn: Connection, update_id: int, error: str) -> bool:
    """Give an update up, and let the ones after it go on; False if it was settled before."""
    return await lanes.settle(conn, inbox, update_id, state=State.PARKED, error=error)


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
    oldest = sa.select(sa.func.min(inbox.c.received, type_=inbox.c.received.type)).where(inbox.c.state == State.WAITING)
    found: datetime | None = (await conn.execute(oldest)).scalar()
    return found


async def end_leases(conn: Connection, now: datetime) -> None:
    """Free the updates that a process left which is known to be gone; `claim` finds them at once."""
    await lanes.end_leases(conn, inbox, now)


async def counts(conn: Connection) -> dict[State, int]:
    """Count the updates in each state."""
    return await lanes.counts(conn, inbox)


def chat_of(update: Mapping[str, Any]) -> int:
    """Find the chat that an update belongs to; 0 if none."""
    for kind in _MESSAGES:
        if kind in update:
            return _id_of_chat(update[kind])
    return _id_of_chat(_field(update.get("callback_query"), "message"))


def _id_of_chat(message: object) -> int:
    chat_id = _field(_field(message, "chat"), "id")
    # Whatever came must be stored: a shape that Telegram does not send is for the handler to refuse.
    return chat_id if isinstance(chat_id, int) else _NO_CHAT


def _field(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, Mapping) else None
