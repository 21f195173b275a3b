"""Let go of what has been kept long enough, or of what a chat wants forgotten.

What goes with a post (who forwarded it, its older texts, its analysis) is deleted with it by the database.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.channel_messages import superseded
from bot.store.connection import Connection
from bot.store.tables import (
    State,
    albums,
    bursts,
    channel_messages,
    chat_settings,
    chats,
    desks,
    inbox,
    muted,
    outbox,
    posts,
    recaps,
    runs,
    subscribers,
)

# Rows that one transaction deletes of each table: other writers wait for it, about a tenth of a second.
_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows of each kind were deleted."""

    posts: int
    albums: int
    updates: int
    messages: int
    runs: int
    ids: int

    @property
    def total(self) -> int:
        """All rows together."""
        return self.posts + self.albums + self.updates + self.messages + self.runs + self.ids


async def purge(conn: Connection, before: datetime) -> Purged:
    """Delete what is older: posts, and updates, messages and runs that are settled; a part at a time, so call it again.

    What still waits to be handled or sent stays, however old it is.
    """
    settled_updates = sa.and_(inbox.c.state != State.WAITING, inbox.c.received < before)
    settled_messages = sa.and_(outbox.c.state != State.WAITING, outbox.c.created < before)
    return Purged(
        posts=await _delete_some(conn, posts.c.seq, posts.c.received < before),
        albums=await _delete_some(conn, albums.c.id, albums.c.received < before),
        updates=await _delete_some(conn, inbox.c.update_id, settled_updates),
        messages=await _delete_some(conn, outbox.c.id, settled_messages),
        runs=await _delete_some(conn, runs.c.id, runs.c.ended < before),
        ids=(await conn.execute(sa.delete(channel_messages).where(superseded(before)))).rowcount,
    )


async def forget(conn: Connection, chat_id: int, *, unsent: bool = False) -> int:
    """Delete all that is known of a chat and its topics; tell how many posts that were.

    An update of the chat that waits, such as the one that asks for this, is still handled; and a message that waits is
    still sent, but for ``unsent``.
    """
    deleted = await conn.execute(sa.delete(posts).where(posts.c.chat_id == chat_id))
    for table in (albums, bursts, chat_settings, desks, muted):
        await conn.execute(sa.delete(table).where(table.c.chat_id == chat_id))
    await conn.execute(sa.delete(chats).where(chats.c.id == chat_id))
    of_chat = sa.or_(recaps.c.source_chat_id == chat_id, recaps.c.chat_id == chat_id)
    await conn.execute(sa.delete(recaps).where(of_chat))
    await conn.execute(sa.delete(subscribers).where(subscribers.c.user_id == chat_id))
    await conn.execute(sa.delete(inbox).where(inbox.c.chat_id == chat_id, inbox.c.state != State.WAITING))
    messages = sa.delete(outbox).where(outbox.c.chat_id == chat_id)
    await conn.execute(messages if unsent else messages.where(outbox.c.state != State.WAITING))
    return deleted.rowcount


async def _delete_some(conn: Connection, key: sa.Column[int], old: sa.ColumnElement[bool]) -> int:
    some = sa.select(key).where(old).limit(_ROWS)
    return (await conn.execute(sa.delete(key.table).where(key.in_(some)))).rowcount
