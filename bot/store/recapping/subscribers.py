"""Who gets a recap in private, too."""

from datetime import datetime

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.tables import subscribers


async def subscribe(conn: Connection, recap_id: int, user_id: int, now: datetime) -> bool:
    """Let a user have a recap in private; False if he has it already."""
    new = insert(subscribers).values(recap_id=recap_id, user_id=user_id, since=now).on_conflict_do_nothing()
    return (await conn.execute(new.returning(subscribers.c.user_id))).scalar() is not None


async def unsubscribe(conn: Connection, recap_id: int, user_id: int) -> bool:
    """Send a user a recap no more; False if he did not have it."""
    of_user = sa.and_(subscribers.c.recap_id == recap_id, subscribers.c.user_id == user_id)
    return (await conn.execute(sa.delete(subscribers).where(of_user))).rowcount == 1


async def of_recap(conn: Connection, recap_id: int) -> list[int]:
    """Get the users who have a recap in private, who came first first."""
    statement = sa.select(subscribers.c.user_id).where(subscribers.c.recap_id == recap_id)
    return list((await conn.execute(statement.order_by(subscribers.c.since, subscribers.c.user_id))).scalars())


async def of_user(conn: Connection, user_id: int) -> list[int]:
    """Get the ids of the recaps that a user has in private."""
    statement = sa.select(subscribers.c.recap_id).where(subscribers.c.user_id == user_id)
    return list((await conn.execute(statement.order_by(subscribers.c.recap_id))).scalars())
