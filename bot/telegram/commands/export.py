"""/export: give a chat what is kept of it, as JSON files: its posts, and what it has chosen.

The files wait in the outbox, each in a transaction of its own: memory holds one of them at a time.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from telegram import Update

from bot.posts import Desk
from bot.recap import Recap
from bot.store.connection import Connection
from bot.store.desks import chat_settings, editions, pages, posts, sources
from bot.store.desks.editions import Edition
from bot.store.desks.posts import StoredPost
from bot.store.recapping import recaps, subscribers
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
                older = await editions.earlier(conn, desk, part.first, part.last)
                chosen = await _chosen(conn, desk) if number == 1 else {}
            head = {"version": 1, "part": number, "parts": len(parts), **chosen}
            written = await asyncio.to_thread(_written, head, stored, older)
            name = "sitrep.json" if len(parts) == 1 else f"sitrep-{number}.json"
            key = f"update:{handling.update_id}:posts:{part.first}-{part.last}"
            handling.send_file(desk, name, written, texts.say("export-done", posts=len(stored)), key)
            await handling.commit_part()
            done += len(stored)
    if not parts:
        handling.answer(message, texts.say("export-empty"))


async def _chosen(conn: Connection, desk: Desk) -> dict[str, Any]:
    """Tell what the chat has chosen: its settings, whom it does not want told, its recaps, and those of others."""
    followed = [await recaps.get(conn, number) for number in await subscribers.of_user(conn, desk.chat_id)]
    return {
        "settings": asdict(await chat_settings.get(conn, desk.chat_id)),
        "muted": [source.name for source in await sources.select(conn, desk) if source.muted],
        "recaps": [_recap(recap) for recap in await recaps.of_chat(conn, desk.chat_id)],
        "subscriptions": [recap.title for recap in followed if recap],
    }


def _recap(recap: Recap) -> dict[str, Any]:
    return {
        "title": recap.title,
        "schedule": recap.schedule,
        "destination": recap.destination.chat_id,
        "state": recap.state,
        "created": recap.created.isoformat(),
        "options": asdict(recap.options),
    }


def _written(head: dict[str, Any], stored: Sequence[StoredPost], older: Mapping[int, Sequence[Edition]]) -> str:
    rows = [_row(post, older.get(post.seq, ())) for post in stored]
    return json.dumps({**head, "posts": rows}, ensure_ascii=False, indent=1)


def _row(stored: StoredPost, older: Sequence[Edition]) -> dict[str, Any]:
    """Write a post as `sitrep digest` reads it, with who wrote it, when it arrived, and what it said earlier."""
    post = stored.post
    return {
        "id": post.id,
        "text": post.text,
        "date": post.date and post.date.isoformat(),
        "source": post.source,
        "url": post.url,
        "lang": post.lang,
        "received": stored.received.isoformat(),
        "origin": post.origin and asdict(post.origin),
        "earlier": [{"text": edition.text, "until": edition.until.isoformat()} for edition in older],
    }
