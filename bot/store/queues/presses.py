"""Buttons that were pressed, as the inbox tells it."""

import json
from datetime import datetime

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.tables import State, inbox


async def is_pressed(conn: Connection, chat_id: int, data: str) -> bool:
    """Tell whether a press of the button with this data waits in a chat, behind what is being handled there."""
    return await _is_there(conn, chat_id, data, inbox.c.state == State.WAITING)


async def was_pressed(conn: Connection, chat_id: int, data: str, since: datetime) -> bool:
    """Tell whether the button with this data was pressed in a chat since then, handled or not."""
    of_any_state = inbox.c.state.in_(tuple(State))  # named, so that the rows of the chat are found by the index
    return await _is_there(conn, chat_id, data, sa.and_(of_any_state, inbox.c.received >= since))


async def _is_there(conn: Connection, chat_id: int, data: str, which: sa.ColumnElement[bool]) -> bool:
    holding = inbox.c.raw.contains(data, autoescape=True)
    found = sa.select(inbox.c.raw).where(which, inbox.c.chat_id == chat_id, holding)
    updates = [json.loads(raw) for raw in (await conn.execute(found)).scalars()]
    return any(update.get("callback_query", {}).get("data") == data for update in updates)
