"""Messages of channels that are known to be there: ours, and those of others that Telegram told of.

Their ids say where a message of ours must stand of which nobody knows whether it was posted.
"""

from datetime import datetime

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.tables import State, channel_messages, chats, outbox, recaps

# Of every forward and every message one of these is asked: statements are made once.
_CHAT = sa.bindparam("of_chat", type_=sa.BigInteger)
_IS_CHANNEL = sa.select(sa.exists().where(chats.c.id == _CHAT, chats.c.kind == "channel"))
_IS_NOT_OURS = sa.select(
    sa.exists().where(recaps.c.chat_id == _CHAT)
    & ~sa.exists().where(outbox.c.chat_id == _CHAT, outbox.c.state == State.WAITING)
)


async def note(conn: Connection, chat_id: int, message_id: int, now: datetime) -> None:
    """Note that a channel has a message with this id."""
    row = insert(channel_messages).values(chat_id=chat_id, message_id=message_id, known=now)
    await conn.execute(row.on_conflict_do_nothing())


async def note_ours(conn: Connection, chat_id: int, message_id: int, now: datetime) -> None:
    """Note a message that we sent, if its chat is a channel."""
    if (await conn.execute(_IS_CHANNEL, {"of_chat": chat_id})).scalar():
        await note(conn, chat_id, message_id, now)


async def note_forwarded(conn: Connection, chat_id: int, message_id: int, now: datetime) -> None:
    """Note a message of a channel that somebody forwarded, if a recap is posted there.

    While something of ours waits to be sent there, the message may be that, for all that we know: it is passed over.
    """
    if (await conn.execute(_IS_NOT_OURS, {"of_chat": chat_id})).scalar():
        await note(conn, chat_id, message_id, now)


async def newest_before(conn: Connection, chat_id: int, time: datetime) -> int | None:
    """Tell the greatest id of a channel that was known before a time; None if none was."""
    statement = sa.select(sa.func.max(channel_messages.c.message_id)).where(
        channel_messages.c.chat_id == chat_id, channel_messages.c.known < time
    )
    found: int | None = (await conn.execute(statement)).scalar()
    return found


async def after(conn: Connection, chat_id: int, message_id: int) -> frozenset[int]:
    """Get the known ids of a channel that are greater than one."""
    statement = sa.select(channel_messages.c.message_id).where(
        channel_messages.c.chat_id == chat_id, channel_messages.c.message_id > message_id
    )
    return frozenset((await conn.execute(statement)).scalars())


def superseded(before: datetime) -> sa.ColumnElement[bool]:
    """Select the ids that were known before a time and are of no use any more: the channel has greater ones."""
    newer = channel_messages.alias()
    greatest = sa.select(sa.func.max(newer.c.message_id)).where(newer.c.chat_id == channel_messages.c.chat_id)
    return sa.and_(channel_messages.c.known < before, channel_messages.c.message_id < greatest.scalar_subquery())
