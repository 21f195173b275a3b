"""What chats have chosen for themselves."""

import sqlalchemy as sa

from bot.chat_settings import ChatSettings
from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.tables import chat_settings


async def get(conn: Connection, chat_id: int) -> ChatSettings:
    """Look up what a chat has chosen: nothing, if it never did."""
    found = await conn.execute(sa.select(chat_settings.c.content).where(chat_settings.c.chat_id == chat_id))
    return found.scalar_one_or_none() or ChatSettings()


async def put(conn: Connection, chat_id: int, chosen: ChatSettings) -> None:
    """Keep what a chat has chosen, in place of what it chose before."""
    statement = insert(chat_settings).values(chat_id=chat_id, content=chosen, keep_days=chosen.keep_days)
    await conn.execute(
        statement.on_conflict_do_update(
            index_elements=[chat_settings.c.chat_id],
            set_={"content": statement.excluded.content, "keep_days": statement.excluded.keep_days},
        )
    )


async def move(conn: Connection, old: int, new: int) -> None:
    """Let what a group has chosen follow it to another id; what is chosen there already stays."""
    columns = chat_settings.c.content, chat_settings.c.keep_days
    chosen = sa.select(sa.literal(new), *columns).where(chat_settings.c.chat_id == old)
    there = insert(chat_settings).from_select([chat_settings.c.chat_id, *columns], chosen)
    await conn.execute(there.on_conflict_do_nothing(index_elements=[chat_settings.c.chat_id]))
    await conn.execute(sa.delete(chat_settings).where(chat_settings.c.chat_id == old))
