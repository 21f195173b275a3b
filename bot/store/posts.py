"""The posts of desks, each once, however often it is forwarded."""

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.posts import Desk, Post
from bot.store.engine import insert
from bot.store.tables import analyses, editions, forwards, posts


@dataclass(frozen=True, slots=True)
class StoredPost:
    """A post of a desk.

    Attributes:
        seq: grows with every post that is stored, whatever its desk, and is never given twice.
        received: when the desk got the post first.

    """

    seq: int
    post: Post
    received: datetime


_STORED = (posts.c.seq, posts.c.content, posts.c.received)


async def add(  # noqa: PLR0913 - who brought the post, and in which message, are facts of the same arrival
    conn: AsyncConnection,
    desk: Desk,
    post: Post,
    now: datetime,
    *,
    message_id: int | None = None,
    sender_id: int | None = None,
) -> bool:
    """Store a post that a desk got; tell whether it is new there.

    A post is known by its `identity`. If the desk has it, only the message that brought it again is noted.

    Args:
        conn: of a transaction that writes.
        desk: the desk.
        post: the post.
        now: when it came.
        message_id: the message in the desk's chat that carried it; None if it came from a file.
        sender_id: who forwarded or wrote that message, if known.

    """
    seq = await _insert(conn, desk, post, now)
    is_new = seq is not None
    if seq is None:
        seq = await _find(conn, desk, identity(post))
    if message_id is not None:
        carrier = insert(forwards).values(
            chat_id=desk.chat_id, message_id=message_id, seq=seq, sender_id=sender_id, received=now
        )
        await conn.execute(carrier.on_conflict_do_nothing(index_elements=[forwards.c.chat_id, forwards.c.message_id]))
    return is_new


async def update_text(conn: AsyncConnection, desk: Desk, message_id: int, post: Post, now: datetime) -> int | None:
    """Put the edited post in place of the one that a message carried; keep the older; tell its seq.

    None if the message carried no post. An analysis of the older text is dropped. A span names its text by the post's
    id, so every edition has an id of its own: the time is added to the one that is given.
    """
    stored = await find_by_message(conn, desk, message_id)
    if stored is None or stored.post.text == post.text:
        return stored.seq if stored else None
    post = replace(post, id=f"{post.id}@{now.timestamp():.6f}")
    older = insert(editions).values(seq=stored.seq, post_id=stored.post.id, content=stored.post, until=now)
    await conn.execute(older.on_conflict_do_nothing(index_elements=[editions.c.seq, editions.c.post_id]))
    await conn.execute(sa.update(posts).where(posts.c.seq == stored.seq).values(post_id=post.id, content=post))
    await conn.execute(sa.delete(analyses).where(analyses.c.seq == stored.seq))
    return stored.seq


async def select(  # noqa: PLR0913 - each narrows the same question
    conn: AsyncConnection,
    desk: Desk,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
    after: int | None = None,
) -> list[StoredPost]:
    """Get posts of a desk, oldest first.

    Args:
        conn: of any transaction.
        desk: the desk.
        since: received then or later.
        until: received before then.
        limit: only the newest so many.
        after: only those with a greater seq.

    """
    statement = sa.select(*_STORED).where(*_of(desk))
    if since is not None:
        statement = statement.where(posts.c.received >= since)
    if until is not None:
        statement = statement.where(posts.c.received < until)
    if after is not None:
        statement = statement.where(posts.c.seq > after)
    newest_first = statement.order_by(posts.c.received.desc(), posts.c.seq.desc()).limit(limit)
    return [StoredPost(*row) for row in reversed((await conn.execute(newest_first)).all())]


async def find_by_message(conn: AsyncConnection, desk: Desk, message_id: int) -> StoredPost | None:
    """Get the post that a message in the desk's chat carried; None if it carried none."""
    statement = (
        sa.select(*_STORED)
        .join(forwards, forwards.c.seq == posts.c.seq)
        .where(forwards.c.chat_id == desk.chat_id, forwards.c.message_id == message_id)
    )
    row = (await conn.execute(statement)).one_or_none()
    return StoredPost(*row) if row else None


async def bring_along(conn: AsyncConnection, desk: Desk, message_id: int, other: int) -> None:
    """Let a second message of the desk's chat have brought the same post as a first one, if that brought any."""
    first = sa.select(
        forwards.c.chat_id, sa.literal(other), forwards.c.seq, forwards.c.sender_id, forwards.c.received
    ).where(forwards.c.chat_id == desk.chat_id, forwards.c.message_id == message_id)
    columns = [forwards.c.chat_id, forwards.c.message_id, forwards.c.seq, forwards.c.sender_id, forwards.c.received]
    second = insert(forwards).from_select(columns, first)
    await conn.execute(second.on_conflict_do_nothing(index_elements=[forwards.c.chat_id, forwards.c.message_id]))


async def count(conn: AsyncConnection, desk: Desk) -> int:
    """Count the posts of a desk."""
    return (await conn.execute(sa.select(sa.func.count()).select_from(posts).where(*_of(desk)))).scalar_one()


async def count_chat(conn: AsyncConnection, chat_id: int) -> int:
    """Count the posts of a chat, those of all its topics together."""
    statement = sa.select(sa.func.count()).select_from(posts).where(posts.c.chat_id == chat_id)
    return (await conn.execute(statement)).scalar_one()


def identity(post: Post) -> str:
    """Tell by what a post is known: its place in the channel that wrote it, else its address, else its text.

    Texts that differ only in spaces, line breaks or the composition of letters are the same.
    """
    if post.origin and post.origin.chat_id is not None and post.origin.message_id is not None:
        return f"origin:{post.origin.chat_id}:{post.origin.message_id}"
    if post.url:
        return f"url:{post.url}"
    plain = " ".join(unicodedata.normalize("NFC", post.text).split())
    return f"text:{hashlib.sha256(plain.encode(errors='surrogatepass')).hexdigest()}"


def _of(desk: Desk) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return posts.c.chat_id == desk.chat_id, posts.c.thread_id == desk.thread_id


async def _insert(conn: AsyncConnection, desk: Desk, post: Post, now: datetime) -> int | None:
    """Store a post and tell its seq; None if the desk has it."""
    statement = insert(posts).values(
        chat_id=desk.chat_id,
        thread_id=desk.thread_id,
        identity=identity(post),
        post_id=post.id,
        content=post,
        received=now,
    )
    known = [posts.c.chat_id, posts.c.thread_id, posts.c.identity]
    new = await conn.execute(statement.on_conflict_do_nothing(index_elements=known).returning(posts.c.seq))
    seq: int | None = new.scalar()
    return seq


async def _find(conn: AsyncConnection, desk: Desk, known_as: str) -> int:
    found = await conn.execute(sa.select(posts.c.seq).where(*_of(desk), posts.c.identity == known_as))
    seq: int = found.scalar_one()
    return seq
