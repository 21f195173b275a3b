"""/export: give a chat what was collected in it, as JSON files.

The files wait in the outbox, each in a transaction of its own: memory holds one of them at a time.
"""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from telegram import Update

from bot.store.desks import pages, posts
from bot.store.desks.posts import StoredPost
from bot.telegram.access import may_manage
from bot.telegram.handling import Context, Later, addressed, desk_of
from bot.telegram.progress import shows_progress

# Telegram takes files of 50 MB; these are parts that open in any editor.
_PART_CHARS = 2_000_000
_WAIT = timedelta(seconds=2)


@shows_progress
async def export(update: Update, context: Context) -> None:
    """Answer /export."""
    message, handling = addressed(update), context.handling
    texts, desk = handling.texts_for(message.from_user), desk_of(message)
    if not await may_manage(message, message.from_user, context):
        handling.answer(message, texts.say("for-administrators"))
        return
    if handling.quotas.files.locked():
        raise Later(_WAIT)
    async with handling.quotas.files:
        parts = await handling.store.look(lambda conn: pages.split(conn, desk, _PART_CHARS))
        count, done = await handling.store.look(lambda conn: posts.count(conn, desk)), 0
        for number, part in enumerate(parts, start=1):
            handling.on_read(done, count)
            async with handling.store.read() as conn:
                stored = await pages.read(conn, desk, part)
            written = await asyncio.to_thread(_written, stored, number, len(parts))
            name = "sitrep.json" if len(parts) == 1 else f"sitrep-{number}.json"
            key = f"update:{handling.update_id}:posts:{part.first}-{part.last}"
            handling.send_file(desk, name, written, texts.say("export-done", posts=len(stored)), key)
            await handling.commit_part()
            done += len(stored)
    if not parts:
        handling.answer(message, texts.say("export-empty"))


def _written(stored: Sequence[StoredPost], part: int, parts: int) -> str:
    rows = [_row(post) for post in stored]
    return json.dumps({"version": 1, "part": part, "parts": parts, "posts": rows}, ensure_ascii=False, indent=1)


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
