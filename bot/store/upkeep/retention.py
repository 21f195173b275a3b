"""Let go of what has been kept long enough, or of what a chat wants forgotten.

What goes with a post (who forwarded it, its older texts, its analysis) is deleted with it by the database.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.queues.channel_messages import superseded
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
# Named one by one, so that the rows of a chat are found by the index (state, chat_id, ...).
_SETTLED = tuple(state for state in State if state != State.WAITING)


_Within = Callable[[sa.ColumnElement[int]], sa.ColumnElement[bool]]
"""Says of a column of chats whether a row is meant."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows of each kind were deleted."""

    posts: int = 0
    albums: int = 0
    updates: int = 0
    messages: int = 0
    runs: int = 0
    ids: int = 0

    @property
    def total(self) -> int:
        """All rows together."""
        return self.posts + self.albums + self.updates + self.messages + self.runs + self.ids


async def purge(conn: Connection, before: datetime) -> Purged:
    """Delete what is older: posts, and updates, messages and runs that are settled; a part at a time, so call it again.

    What still waits to be handled or sent stays, however old it is.
    """
    purged = await _purge(conn, before, lambda _chats: sa.true(), runs.c.ended < before)
    ids = (await conn.execute(sa.delete(channel_messages).where(superseded(before)))).rowcount
    return replace(purged, ids=ids)


async def purge_chosen(conn: Connection, now: datetime) -> Purged:
    """Delete, as `purge` does, what chats have chosen to keep for a shorter time than the bot does."""
    chosen = chat_settings.c.keep_days
    spans = (await conn.execute(sa.select(chosen).where(chosen.is_not(None)).distinct())).scalars()
    for days in spans.all():
        of_chats = (await conn.execute(sa.select(chat_settings.c.chat_id).where(chosen == days))).scalars().all()
        for start in range(0, len(of_chats), _ROWS):
            some = of_chats[start : start + _ROWS]
            purged = await _purge_chats(conn, now - timedelta(days=days), partial(_is_in, some))
            if purged.total:
                return purged
    return Purged()


async def purge_chat(conn: Connection, chat_id: int, before: datetime) -> int:
    """Delete all that is older of one chat; tell how many posts that were."""
    deleted = 0
    while (purged := await _purge_chats(conn, before, lambda chats: chats == chat_id)).total:
        deleted += purged.posts
    return deleted


async def count_older(conn: Connection, chat_id: int, before: datetime) -> int:
    """Count the posts of a chat that are older."""
    older = posts.c.chat_id == chat_id, posts.c.received < before
    return (await conn.execute(sa.select(sa.func.count()).select_from(posts).where(*older))).scalar_one()


async def forget(conn: Connection, chat_id: int, *, unsent: bool = False) -> int:
    """Delete all that is known of a chat and its topics; tell how many posts that were.

    An update of the chat that waits, such as the one that asks for this, is still handled; and a message that waits is
    still sent, but for ``unsent``. Quotas stay until they have drained: nobody can do more by being forgotten.
    """
    deleted = await conn.execute(sa.delete(posts).where(posts.c.chat_id == chat_id))
    for table in (albums, bursts, chat_settings, desks, muted):
        await conn.execute(sa.delete(table).where(table.c.chat_id == chat_id))
    await conn.execute(sa.delete(chats).where(chats.c.id == chat_id))
    of_chat = sa.or_(recaps.c.source_chat_id == chat_id, recaps.c.chat_id == chat_id)
    await conn.execute(sa.delete(recaps).where(of_chat))
    await conn.execute(sa.delete(subscribers).where(subscribers.c.user_id == chat_id))
    await conn.execute(sa.delete(inbox).where(inbox.c.chat_id == chat_id, inbox.c.state.in_(_SETTLED)))
    states = tuple(State) if unsent else _SETTLED
    await conn.execute(sa.delete(outbox).where(outbox.c.chat_id == chat_id, outbox.c.state.in_(states)))
    return deleted.rowcount


async def follow(conn: Connection, old: int, new: int) -> None:
    """Let what was received from a group, and said to it, be forgotten and deleted with the supergroup that it became.

    Nothing must wait that the group sent: a part of an album needs the others.
    """
    for table in (inbox, outbox):
        settled = table.c.chat_id == old, table.c.state.in_(_SETTLED)
        await conn.execute(sa.update(table).where(*settled).values(chat_id=new))
    await conn.execute(sa.update(albums).where(albums.c.chat_id == old).values(chat_id=new))


def _is_in(chosen: Sequence[int], chats: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    return chats.in_(chosen)


async def _purge_chats(conn: Connection, before: datetime, within: _Within) -> Purged:
    """Delete what is older of some chats, and what recaps told of it; their messages first, that name the run."""
    # By a query within a query Postgres takes each chat to have a recap, and rather walks over all runs.
    recap_ids = (await conn.execute(sa.select(recaps.c.id).where(within(recaps.c.source_chat_id)))).scalars().all()
    of_recaps = runs.c.recap_id.in_(recap_ids)
    told = sa.select(runs.c.id).where(of_recaps, runs.c.ended < before).limit(_ROWS)
    run_ids = (await conn.execute(told)).scalars().all()
    # The state is written so that no index has it: by one, SQLite would walk over all messages that are settled.
    is_settled = outbox.c.state.concat("").in_(_SETTLED)
    settled = outbox.c.run_id.in_(run_ids), is_settled, outbox.c.created < before
    messages = await _delete_some(conn, outbox.c.id, sa.and_(*settled))
    unsaid = ~sa.exists().where(outbox.c.run_id == runs.c.id)
    purged = await _purge(conn, before, within, sa.and_(of_recaps, runs.c.ended < before, unsaid))
    return replace(purged, messages=purged.messages + messages)


async def _purge(conn: Connection, before: datetime, within: _Within, old_runs: sa.ColumnElement[bool]) -> Purged:
    settled_updates = inbox.c.state.in_(_SETTLED), inbox.c.received < before, within(inbox.c.chat_id)
    settled_messages = outbox.c.state.in_(_SETTLED), outbox.c.created < before, within(outbox.c.chat_id)
    return Purged(
        posts=await _delete_some(conn, posts.c.seq, sa.and_(posts.c.received < before, within(posts.c.chat_id))),
        albums=await _delete_some(conn, albums.c.id, sa.and_(albums.c.received < before, within(albums.c.chat_id))),
        updates=await _delete_some(conn, inbox.c.update_id, sa.and_(*settled_updates)),
        messages=await _delete_some(conn, outbox.c.id, sa.and_(*settled_messages)),
        runs=await _delete_some(conn, runs.c.id, old_runs),
    )


async def _delete_some(conn: Connection, key: sa.Column[int], old: sa.ColumnElement[bool]) -> int:
    # First one, then the other: within one statement Postgres may rather walk over all rows than look a thousand up.
    some = (await conn.execute(sa.select(key).where(old).limit(_ROWS))).scalars().all()
    return (await conn.execute(sa.delete(key.table).where(key.in_(some)))).rowcount if some else 0
