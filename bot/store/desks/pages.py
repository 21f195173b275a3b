"""All posts of a desk in pages of bounded length, for who reads every one and must not hold them all at once."""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.posts import Desk
from bot.store.connection import Connection
from bot.store.desks.posts import STORED, StoredPost
from bot.store.tables import of_desk, posts


@dataclass(frozen=True, slots=True)
class Page:
    """The posts of a desk from one seq to another, both included."""

    first: int
    last: int


async def split(conn: Connection, desk: Desk, chars: int) -> list[Page]:
    """Split the posts of a desk into pages, oldest first; one holds so many characters, and a post more."""
    sizes = sa.select(posts.c.seq, sa.func.length(posts.c.content)).where(of_desk(posts, desk)).order_by(posts.c.seq)
    pages: list[Page] = []
    room = 0
    async for seq, size in conn.stream(sizes):
        if room <= 0:
            pages.append(Page(seq, seq))
            room = chars
        pages[-1] = Page(pages[-1].first, seq)
        room -= size
    return pages


async def read(conn: Connection, desk: Desk, page: Page) -> list[StoredPost]:
    """Get the posts of a page that are still there, oldest first."""
    within = posts.c.seq.between(page.first, page.last)
    statement = sa.select(*STORED).where(of_desk(posts, desk), within)
    return [StoredPost(*row) async for row in conn.stream(statement.order_by(posts.c.seq))]
