"""The sources of a desk: who wrote its posts, how many, and which of them it has muted.

A source is known by its name, as readers know it. The posts of a muted one are kept, but not told.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.posts import Desk
from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.tables import muted, of_desk, posts


@dataclass(frozen=True, slots=True)
class Source:
    """Who wrote posts of a desk; a muted source may have none there any more."""

    name: str
    posts: int
    muted: bool


async def select(conn: Connection, desk: Desk) -> list[Source]:
    """Get the sources of a desk, those with the most posts first."""
    named = sa.select(posts.c.source, sa.func.count()).where(of_desk(posts, desk), posts.c.source.is_not(None))
    counted = await conn.execute(named.group_by(posts.c.source))
    counts = {str(name): int(count) for name, count in counted}
    silent = set((await conn.execute(sa.select(muted.c.source).where(of_desk(muted, desk)))).scalars())
    sources = [Source(name, counts.get(name, 0), name in silent) for name in counts.keys() | silent]
    return sorted(sources, key=lambda source: (-source.posts, source.name))


async def find_muted(conn: Connection, desk: Desk, name: str) -> str | None:
    """Find a muted source by its name or its username, in whatever case; None if there is none.

    Its username is known from its posts, as long as there are any.
    """
    silent = set((await conn.execute(sa.select(muted.c.source).where(of_desk(muted, desk)))).scalars())
    wanted = name.casefold()
    for source in silent:
        if source.casefold() == wanted:
            return str(source)
    of_silent = sa.select(sa.func.max(posts.c.seq)).where(of_desk(posts, desk), posts.c.source.in_(silent))
    newest = of_silent.group_by(posts.c.source)
    found = await conn.execute(sa.select(posts.c.source, posts.c.content).where(posts.c.seq.in_(newest)))
    for source, post in found:
        if post.origin and (post.origin.username or "").casefold() == wanted:
            return str(source)
    return None


async def mute(conn: Connection, desk: Desk, name: str) -> None:
    """Leave a source out of what is told; one that is left out already stays so."""
    row = insert(muted).values(chat_id=desk.chat_id, thread_id=desk.thread_id, source=name)
    await conn.execute(row.on_conflict_do_nothing())


async def unmute(conn: Connection, desk: Desk, name: str) -> None:
    """Tell a source again."""
    await conn.execute(sa.delete(muted).where(of_desk(muted, desk), muted.c.source == name))
