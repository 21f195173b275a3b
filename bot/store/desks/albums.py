"""Albums: several messages that Telegram shows as one, and that are one post here.

Nothing tells how many parts an album has, nor which is the last (Bot API, ``media_group_id``). So nobody waits for the
rest: every part brings the post up to date, in whatever order they come and whatever happens between two of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from bot.posts import Desk, Post
from bot.store.connection import Connection
from bot.store.desks import posts
from bot.store.engine import insert
from bot.store.tables import albums

_BETWEEN = "\n\n"


async def put_part(  # noqa: PLR0913 - who brought the part, and in which message, are facts of the same arrival
    conn: Connection,
    desk: Desk,
    album: str,
    part: Post,
    now: datetime,
    *,
    message_id: int,
    sender_id: int | None = None,
    version: int = 0,
) -> None:
    """Store a part of an album, new or edited, and bring the album's post up to what its parts hold.

    There is a post as soon as a part has text; all messages of the album are then known to have brought it. Its first
    part that has text tells what post it is: if that comes late, only then it may turn out that the desk knows it. What
    is of an older version than the part that is stored changes nothing.
    """
    statement = insert(albums).values(
        chat_id=desk.chat_id, album=album, message_id=message_id, content=part, received=now, version=version
    )
    await conn.execute(
        statement.on_conflict_do_update(
            index_elements=[albums.c.chat_id, albums.c.album, albums.c.message_id],
            set_={"content": statement.excluded.content, "version": version},
            where=albums.c.version <= version,
        )
    )
    of_album = sa.select(albums.c.message_id, albums.c.content).where(
        albums.c.chat_id == desk.chat_id, albums.c.album == album
    )
    parts = (await conn.execute(of_album.order_by(albums.c.message_id))).all()
    if whole := merge([content for _, content in parts]):
        numbers = [number for number, _ in parts]
        bringer = await _bringer(conn, desk, numbers)
        if bringer is None:
            await posts.add(conn, desk, whole, now, message_id=message_id, sender_id=sender_id, by_text=False)
        elif await posts.know_as(conn, desk, bringer, whole):
            await posts.update_text(conn, desk, bringer, whole, now)
        for number in numbers:
            await posts.bring_along(conn, desk, bringer or message_id, number)


async def is_any_wordless(conn: Connection, chat_id: int, since: datetime) -> bool:
    """Tell whether a chat got an album since then of which no part has text."""
    recent = sa.select(albums.c.album).where(albums.c.chat_id == chat_id, albums.c.received >= since)
    parts = sa.select(albums.c.album, albums.c.content).where(albums.c.chat_id == chat_id, albums.c.album.in_(recent))
    has_words: dict[str, bool] = {}
    for album, part in await conn.execute(parts):
        has_words[album] = has_words.get(album, False) or bool(part.text.strip())
    return not all(has_words.values())


async def _bringer(conn: Connection, desk: Desk, numbers: Sequence[int]) -> int | None:
    """Return the first of these messages that has brought a post."""
    for number in numbers:
        if await posts.find_by_message(conn, desk, number):
            return number
    return None


def merge(parts: Sequence[Post]) -> Post | None:
    """Make one post of the parts of an album: their texts under each other, the rest as of the first that has text."""
    worded = [part for part in parts if part.text.strip()]
    if not worded:
        return None
    text, marks = "", []
    for part in worded:
        start = len(text) + len(_BETWEEN) if text else 0
        marks += [replace(mark, start=start + mark.start, end=start + mark.end) for mark in part.marks]
        text = f"{text}{_BETWEEN}{part.text}" if text else part.text
    return replace(worded[0], text=text, marks=tuple(marks))
