"""The updates that were given up: look at them, and have them handled again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.tables import State, inbox


@dataclass(frozen=True, slots=True)
class ReceivedUpdate:
    """An update as it stands in the inbox.

    Attributes:
        chat_id: 0 if it belongs to no chat.
        error: what happened when it was handled last; None if nothing did.
        raw: the update, a JSON object.

    """

    update_id: int
    chat_id: int
    state: State
    attempts: int
    received: datetime
    error: str | None
    raw: dict[str, Any]


_COLUMNS = (
    inbox.c.update_id,
    inbox.c.chat_id,
    inbox.c.state,
    inbox.c.attempts,
    inbox.c.received,
    inbox.c.error,
    inbox.c.raw,
)


async def parked(conn: Connection, limit: int) -> list[ReceivedUpdate]:
    """Get the updates that were given up, the newest first."""
    newest = sa.select(*_COLUMNS).where(inbox.c.state == State.PARKED).order_by(inbox.c.received.desc()).limit(limit)
    return [_read(row) for row in await conn.execute(newest)]


async def find(conn: Connection, update_id: int) -> ReceivedUpdate | None:
    """Get an update, whatever became of it; None if it was never received, or is deleted."""
    row = (await conn.execute(sa.select(*_COLUMNS).where(inbox.c.update_id == update_id))).one_or_none()
    return _read(row) if row else None


async def retry(conn: Connection, update_ids: Sequence[int] | None = None) -> int:
    """Have updates that were given up handled again, all if none is named; tell how many they are."""
    given_up = inbox.c.state == State.PARKED
    if update_ids is not None:
        given_up &= inbox.c.update_id.in_(update_ids)
    again = (
        sa.update(inbox).where(given_up).values(state=State.WAITING, attempts=0, deaths=0, due=None, lease_until=None)
    )
    return (await conn.execute(again)).rowcount


def _read(row: Sequence[Any]) -> ReceivedUpdate:
    update_id, chat_id, state, attempts, received, error, raw = row
    return ReceivedUpdate(update_id, chat_id, State(state), attempts, received, error, json.loads(raw))
