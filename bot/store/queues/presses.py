"""Buttons that were pressed while something else of their chat is being handled: their updates wait behind it."""

import json

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.tables import State, inbox


async def is_pressed(conn: Connection, chat_id: int, data: str) -> bool:
    """Tell whether a press of the button with this data waits in a chat."""
    holding = inbox.c.raw.contains(data, autoescape=True)
    waiting = sa.select(inbox.c.raw).where(inbox.c.state == State.WAITING, inbox.c.chat_id == chat_id, holding)
    updates = [json.loads(raw) for raw in (await conn.execute(waiting)).scalars()]
    return any(update.get("callback_query", {}).get("data") == data for update in updates)
