"""The posts of several desks at once, as a recap reads them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.posts import Desk
from bot.store.connection import Connection
from bot.store.posts import StoredPost
from bot.store.tables import muted, posts

_STORED = (posts.c.seq, posts.c.content, posts.c.received)
# A statement can't have more variables than 32,766 (SQLite) or 65,535 (Postgres).
_CHUNK = 30_000


async def select(
    conn: Connection, desks: Sequence[Desk], *, after: int | None, since: datetime, limit: int
) -> list[StoredPost]:
    """Get posts of desks whose sources are not muted there, oldest first, at most the newest so many.

    Args:
        conn: of any transaction.
        desks: the desks.
        after: those with a greater seq; None: those received ``since`` a time.
        since: see there.
        limit: how many.

    """
    of_desks = sa.tuple_(posts.c.chat_id, posts.c.thread_id).in_([(desk.chat_id, desk.thread_id) for desk in desks])
    silent = sa.exists().where(
        muted.c.chat_id == posts.c.chat_id, muted.c.thread_id == posts.c.thread_id, muted.c.source == posts.c.source
    )
    window = posts.c.seq > after if after is not None else posts.c.received >= since
    statement = sa.select(*_STORED).where(of_desks, window, ~silent).order_by(posts.c.seq.desc()).limit(limit)
    newest_first = [StoredPost(*row) async for row in conn.stream(statement)]
    return newest_first[::-1]


async def by_seq(conn: Connection, seqs: Sequence[int]) -> list[StoredPost]:
    """Get the posts of some seqs that are still there, oldest first; at most the newest 30,000."""
    newest = sorted(seqs)[-_CHUNK:]
    statement = sa.select(*_STORED).where(posts.c.seq.in_(newest)).order_by(posts.c.seq)
    return [StoredPost(*row) async for row in conn.stream(statement)]
