"""Messages that tell how far the handling of an update is: at most one for each update, however often it is begun."""

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.tables import inbox

_BEING_SENT = 0


async def begin(conn: Connection, update_id: int) -> int | None:
    """Note that such a message is about to be sent for an update, if none was before.

    Returns:
        None: nobody has sent one. Else the id of the one that was sent, or 0 if nobody knows it: who was about to send
        it died.

    """
    of_update = inbox.c.update_id == update_id
    known = (await conn.execute(sa.select(inbox.c.progress_id).where(of_update))).scalar()
    if known is None:
        await conn.execute(sa.update(inbox).where(of_update).values(progress_id=_BEING_SENT))
    return known


async def note(conn: Connection, update_id: int, message_id: int) -> None:
    """Note the id of the message that was sent."""
    await conn.execute(sa.update(inbox).where(inbox.c.update_id == update_id).values(progress_id=message_id))


async def sent(conn: Connection, update_id: int) -> int | None:
    """Return the id of the message that was sent for an update; None if none was, or nobody knows its id."""
    statement = sa.select(inbox.c.progress_id).where(inbox.c.update_id == update_id)
    return (await conn.execute(statement)).scalar() or None
