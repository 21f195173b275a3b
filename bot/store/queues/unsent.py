"""The messages that were given up: look at them, and have them sent again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.tables import State, outbox

_GIVEN_UP = outbox.c.state.in_((State.PARKED, State.UNCERTAIN))


@dataclass(frozen=True, slots=True)
class UnsentMessage:
    """A call of the Bot API as it stands in the outbox.

    Attributes:
        state: parked if Telegram refused it, uncertain if nobody knows whether it was carried out.
        error: what happened last; None if nothing did.
        run_id: the run of a recap that it belongs to, if any.
        payload: its parameters.

    """

    id: int
    chat_id: int
    method: str
    state: State
    attempts: int
    created: datetime
    error: str | None
    run_id: int | None
    payload: dict[str, Any]


_COLUMNS = (
    outbox.c.id,
    outbox.c.chat_id,
    outbox.c.method,
    outbox.c.state,
    outbox.c.attempts,
    outbox.c.created,
    outbox.c.error,
    outbox.c.run_id,
    outbox.c.payload,
)


async def unsent(conn: Connection, limit: int) -> list[UnsentMessage]:
    """Get the messages that were given up, the newest first."""
    newest = sa.select(*_COLUMNS).where(_GIVEN_UP).order_by(outbox.c.id.desc()).limit(limit)
    return [_read(row) for row in await conn.execute(newest)]


async def find(conn: Connection, item_id: int) -> UnsentMessage | None:
    """Get a message, whatever became of it; None if there is none, or it is deleted."""
    row = (await conn.execute(sa.select(*_COLUMNS).where(outbox.c.id == item_id))).one_or_none()
    return _read(row) if row else None


async def retry(conn: Connection, item_ids: Sequence[int] | None = None) -> int:
    """Have messages that Telegram refused sent again, all if none is named; tell how many they are.

    One that may have been sent is sent again only if it is named: its reader may then have it twice. Those of recaps
    are left alone: their run has ended without them, and who manages the recap can have it posted again.
    """
    again = _GIVEN_UP & outbox.c.id.in_(item_ids) if item_ids is not None else outbox.c.state == State.PARKED
    # The attempts go on: whoever stood still since an earlier one must not take a later one for his.
    anew = {"state": State.WAITING, "begun": 0, "doubts": 0, "probes": 0, "due": None}
    statement = sa.update(outbox).where(again, outbox.c.run_id.is_(None))
    return (await conn.execute(statement.values(lease_until=None, **anew))).rowcount


def _read(row: Sequence[Any]) -> UnsentMessage:
    item_id, chat_id, method, state, attempts, created, error, run_id, payload = row
    return UnsentMessage(item_id, chat_id, method, State(state), attempts, created, error, run_id, payload)
