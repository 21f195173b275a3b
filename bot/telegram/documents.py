"""Take in files: what is sent as a document in a private chat and holds text is read as posts.

A file is kept in parts, each in a transaction of its own, and its update is done with the last. If the process dies in
between, the file is read again from its beginning: posts are named by the message and their place in the file, so those
that are there already are known, and known for this file's own.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePath

from telegram import Bot, Document, Message, Update
from telegram.error import BadRequest
from telegram.ext import filters

from bot.errors import InputFault, NothingToRead, NotPosts
from bot.files import read_posts
from bot.posts import Analysis, Post
from bot.store import analyses, posts
from bot.store.connection import Connection
from bot.telegram.carried import has_words, post_id
from bot.telegram.handling import Context, Handling, Later, addressed, desk_of, person_of
from bot.telegram.intake import take_in
from bot.telegram.markup import shortened
from bot.telegram.origins import origin_of, written_at
from bot.telegram.reading import read
from bot.telegram.request import MOST_POSTS

MOST_BYTES = 20 << 20
"""Bots get files of so many bytes (Bot API, ``getFile``)."""
MOST_CHARS = 500_000
"""A longer text is a book and no post; it would take more than some seconds, and some hundred MB, to read."""
_PART = 50
# From so many posts on it takes long enough to be told how far it is.
_MANY = 100
_TELL_SECONDS = 3.0
_WAIT = timedelta(seconds=2)
_ENDINGS = {".txt", ".md", ".json", ".jsonl", ".ndjson"}
_NAME_UNITS = 60


class _Readable(filters.MessageFilter):
    """Lets documents through whose names say that they hold text."""

    def filter(self, message: Message) -> bool:
        return message.document is not None and PurePath(message.document.file_name or "").suffix.lower() in _ENDINGS


READABLE = _Readable()


async def take_file(update: Update, context: Context) -> None:
    """Read the posts of a file, and say what became of them; its caption is a post like any other."""
    message, handling = addressed(update), context.handling
    if handling.quotas.files.locked():
        raise Later(_WAIT)
    async with handling.quotas.files:
        if has_words(message.caption or ""):
            await take_in(update, context)
        if await handling.quotas.take_post(person_of(message)):
            await _take(handling, message, context.bot)
        else:
            await handling.refuse(message, "too-many-posts", handling.settings.limits.posts_per_minute)


async def _take(handling: Handling, message: Message, bot: Bot) -> None:
    found = await _load(handling, message, bot)
    limit = handling.settings.limits.stored_posts
    async with handling.store.read() as conn:
        room = limit - await posts.count(conn, desk_of(message), besides=_name_of(message, ""))
    if found and room <= 0:
        await handling.refuse(message, "desk-full", limit)
    elif found:
        await _File(handling, message, found[-room:]).keep(without=max(0, len(found) - room))


class _File:
    """The posts of a file on their way into the store."""

    def __init__(self, handling: Handling, message: Message, found: Sequence[Post]) -> None:
        self._handling = handling
        self._desk = desk_of(message)
        self._posts = found
        self._name = _shown(message.document)
        self._texts = handling.texts_for(message.from_user)
        self._progress = f"update:{handling.update_id}:progress"
        self._told = time.monotonic()
        self._known = 0

    async def keep(self, without: int) -> None:
        """Keep the posts, and say so; for older ones of the file, ``without`` in number, there was no room."""
        total = len(self._posts)
        if total >= _MANY:
            self._handling.say(self._desk, self._how_far(0), key=self._progress)
            await self._handling.commit_part()
        for start in range(0, total, _PART):
            await self._keep_part(self._posts[start : start + _PART], is_recent=start + _PART > total - MOST_POSTS)
            self._tell(min(start + _PART, total))
        html = self._summary(without)
        if total >= _MANY:
            self._handling.rewrite_said(self._desk, self._progress, html)
        else:
            self._handling.say(self._desk, html)

    async def _keep_part(self, part: Sequence[Post], *, is_recent: bool) -> None:
        """Keep some posts; those that no summary reaches are not read before somebody asks for them."""
        found = await self._read(part) if is_recent else {}

        async def change(conn: Connection) -> None:
            stored = [await posts.add(conn, self._desk, post, self._handling.now) for post in part]
            self._known += sum(kept.post.id != post.id for kept, post in zip(stored, part, strict=True))
            await analyses.put(conn, {kept.seq: found[kept.post.id] for kept in stored if kept.post.id in found})

        self._handling.change(change)
        await self._handling.commit_part()

    async def _read(self, part: Sequence[Post]) -> dict[str, Analysis]:
        async with self._handling.store.read() as conn:
            new = [post for post in part if not await posts.find(conn, self._desk, post)]
        return {post.id: analysis for post in new if (analysis := await read(post))}

    def _tell(self, done: int) -> None:
        """Have it told how far it is, together with the next part, if there was no word of that for a while."""
        if len(self._posts) >= _MANY and time.monotonic() - self._told >= _TELL_SECONDS and done < len(self._posts):
            self._told = time.monotonic()
            key = f"{self._progress}:{done}"
            self._handling.rewrite_said(self._desk, self._progress, self._how_far(done), key)

    def _how_far(self, done: int) -> str:
        return self._texts.say("file-reading", name=self._name, done=done, posts=len(self._posts))

    def _summary(self, without: int) -> str:
        sources = len({post.source for post in self._posts})
        said = self._texts.say("read-posts-of-sources", posts=len(self._posts), sources=sources)
        html = self._texts.say("file-read", read=said, name=self._name, known=self._known)
        if without:
            limit = self._handling.settings.limits.stored_posts
            html += "\n" + self._texts.say("file-no-room", posts=without, limit=limit)
        return html


async def _load(handling: Handling, message: Message, bot: Bot) -> list[Post]:
    """Get the posts of a file; none if there is something wrong with it, of which its sender is told."""
    document, texts = message.document, handling.texts_for(message.from_user)
    name = _shown(document)
    if document is None or (document.file_size or 0) > MOST_BYTES:
        handling.answer(message, texts.say("file-too-big", name=name, most=MOST_BYTES >> 20))
        return []
    try:
        file = await bot.get_file(document.file_id)
        content = bytes(await file.download_as_bytearray())
        found = await asyncio.to_thread(read_posts, content, document.file_name or "")
    except BadRequest:
        handling.answer(message, texts.say("file-gone", name=name))
        return []
    except InputFault as fault:
        handling.answer(message, texts.say(_wrong(fault, document), name=name, line=fault.line or 1))
        return []
    longest = max(len(post.text) for post in found)
    if longest > MOST_CHARS:
        handling.answer(message, texts.say("file-too-long", name=name, chars=longest, most=MOST_CHARS))
        return []
    worded = [_named(message, number, post) for number, post in enumerate(found, 1) if has_words(post.text)]
    if not worded:
        handling.answer(message, texts.say("file-empty", name=name))
    return worded


def _wrong(fault: InputFault, document: Document) -> str:
    """Choose what to say of a file that can't be read."""
    match fault:
        case NothingToRead():
            return "file-empty"
        case NotPosts():
            is_export = PurePath(document.file_name or "").suffix.lower() == ".json"
            return "file-no-export" if is_export else "file-wrong-line"
    return "file-no-text"


def _named(message: Message, number: int, post: Post) -> Post:
    """Name a post by its file; what does not say by whom it is, or when it was written, is as if it had been pasted."""
    origin = message.forward_origin
    return replace(
        post,
        id=_name_of(message, str(number)),
        origin=post.origin or origin_of(message, origin),
        date=post.date or written_at(message, origin),
    )


def _name_of(message: Message, number: str) -> str:
    return f"{post_id(message)}:{number}"


def _shown(document: Document | None) -> str:
    return shortened((document and document.file_name) or "?", _NAME_UNITS)
