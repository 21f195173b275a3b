"""The texts that posts had before they were edited."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.posts import Desk
from bot.store.connection import Connection
from bot.store.tables import editions, posts


@dataclass(frozen=True, slots=True)
class Edition:
    """What a post said ``until`` it was edited."""

    text: str
    until: datetime


async def earlier(conn: Connection, desk: Desk, first: int, last: int) -> dict[int, list[Edition]]:
    """Get what posts of a desk said earlier, by their seq, which is between these; the oldest text first."""
    of_posts = posts.c.chat_id == desk.chat_id, posts.c.thread_id == desk.thread_id, posts.c.seq.between(first, last)
    statement = sa.select(editions.c.seq, editions.c.content, editions.c.until).join_from(editions, posts)
    found: dict[int, list[Edition]] = {}
    async for seq, post, until in conn.stream(statement.where(*of_posts).order_by(editions.c.seq, editions.c.until)):
        found.setdefault(seq, []).append(Edition(post.text, until))
    return found
