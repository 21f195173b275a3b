"""The posts of several desks at once, as a recap reads them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot.posts import Desk
from bot.store.connection import Connection
from bot.store.desks.posts import STORED, StoredPost
from bot.store.tables import muted, posts

# A statement can't have more variables than 32,766 (SQLite) or 65,535 (Postgres).
_CHUNK = 30_000


class _SettledSeq(FunctionElement[int]):
    type = sa.BigInteger()
    inherit_cache = True


@compiles(_SettledSeq)
def _where_one_writes(_element: _SettledSeq, _compiler: SQLCompiler, **_: Any) -> str:
    return "(SELECT max(seq) FROM posts)"


@compiles(_SettledSeq, "postgresql")
def _where_many_write(_element: _SettledSeq, _compiler: SQLCompiler, **_: Any) -> str:
    return "sitrep_settled_seq()"


async def settled_seq(conn: Connection) -> int:
    """Tell the seq up to which all posts can be seen by whoever reads in a later transaction.

    Where several processes write, a post may be there while another one with a smaller seq is still being stored.
    """
    return (await conn.execute(sa.select(_SettledSeq()))).scalar() or 0


async def select(  # noqa: PLR0913 - each narrows the same question
    conn: Connection, desks: Sequence[Desk], *, after: int | None, upto: int, since: datetime, limit: int
) -> list[StoredPost]:
    """Get posts of desks whose sources are not muted there, oldest first, at most the newest so many.

    Args:
        conn: of any transaction.
        desks: the desks.
        after: those with a greater seq; None: those received ``since`` a time.
        upto: those with this seq, or a smaller one: what comes later may come before others (`settled_seq`).
        since: see there.
        limit: how many.

    """
    of_desks = sa.tuple_(posts.c.chat_id, posts.c.thread_id).in_([(desk.chat_id, desk.thread_id) for desk in desks])
    silent = sa.exists().where(
        muted.c.chat_id == posts.c.chat_id, muted.c.thread_id == posts.c.thread_id, muted.c.source == posts.c.source
    )
    window = posts.c.seq > after if after is not None else posts.c.received >= since
    statement = (
        sa.select(*STORED)
        .where(of_desks, window, posts.c.seq <= upto, ~silent)
        .order_by(posts.c.seq.desc())
        .limit(limit)
    )
    newest_first = [StoredPost(*row) async for row in conn.stream(statement)]
    return newest_first[::-1]


async def by_seq(conn: Connection, seqs: Sequence[int]) -> list[StoredPost]:
    """Get the posts of some seqs that are still there, oldest first; at most the newest 30,000."""
    newest = sorted(seqs)[-_CHUNK:]
    statement = sa.select(*STORED).where(posts.c.seq.in_(newest)).order_by(posts.c.seq)
    return [StoredPost(*row) async for row in conn.stream(statement)]
