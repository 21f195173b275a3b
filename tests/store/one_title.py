"""The least that can be written and read: the title of the only chat there is."""

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.tables import chats


async def set_title(conn: Connection, title: str) -> None:
    await conn.execute(sa.delete(chats))
    await conn.execute(sa.insert(chats).values(id=1, kind="private", title=title))


async def title_of(conn: Connection) -> str | None:
    title: str | None = (await conn.execute(sa.select(chats.c.title))).scalar()
    return title
