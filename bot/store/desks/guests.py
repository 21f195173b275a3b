"""People who came by an invitation."""

from datetime import datetime

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.tables import guests


async def add(conn: Connection, user_id: int, now: datetime) -> None:
    """Let a user in; one who is in already stays."""
    await conn.execute(insert(guests).values(user_id=user_id, since=now).on_conflict_do_nothing())


async def is_guest(conn: Connection, user_id: int) -> bool:
    """Tell whether a user was let in."""
    return (await conn.execute(sa.select(guests.c.user_id).where(guests.c.user_id == user_id))).scalar() is not None
