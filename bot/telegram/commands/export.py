"""/export: give a chat what was collected in it, as JSON files."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from telegram import Message, Update

from bot.store import posts
from bot.store.posts import StoredPost
from bot.telegram.access import may_manage
from bot.telegram.handling import Context, Handling, addressed, desk_of

# Telegram takes files of 50 MB; these are parts that open in any editor.
_MOST_CHARS = 5_000_000
_MOST_POSTS = 100_000


async def export(update: Update, context: Context) -> None:
    """Answer /export."""
    message, handling = addressed(update), context.handling
    if not await may_manage(message, message.from_user, context):
        handling.answer(message, handling.texts_for(message.from_user).say("for-administrators"))
        return
    async with handling.store.read() as conn:
        stored = await posts.select(conn, desk_of(message), limit=_MOST_POSTS)
    if stored:
        _send(handling, message, stored)
    else:
        handling.answer(message, handling.texts_for(message.from_user).say("export-empty"))


def _send(handling: Handling, message: Message, stored: Sequence[StoredPost]) -> None:
    texts = handling.texts_for(message.from_user)
    parts = list(_parts([_row(post) for post in stored]))
    for number, rows in enumerate(parts, start=1):
        written = json.dumps(
            {"version": 1, "part": number, "parts": len(parts), "posts": rows}, ensure_ascii=False, indent=1
        )
        name = "sitrep.json" if len(parts) == 1 else f"sitrep-{number}.json"
        handling.send_file(desk_of(message), name, written, texts.say("export-done", posts=len(rows)))


def _row(stored: StoredPost) -> dict[str, Any]:
    """Write a post as `sitrep digest` reads it, with the time of its arrival."""
    post = stored.post
    return {
        "id": post.id,
        "text": post.text,
        "date": post.date and post.date.isoformat(),
        "source": post.source,
        "url": post.url,
        "lang": post.lang,
        "received": stored.received.isoformat(),
    }


def _parts(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        if part and size > _MOST_CHARS:
            yield part
            part, size = [], 0
        part.append(row)
        size += len(row["text"])
    yield part
