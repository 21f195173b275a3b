"""Take in files: what is sent as a document and holds text is read as posts, in private chats and in groups.

A group hears of a file only if it held several posts: one is acknowledged as any forward is, and files that can't be
read are none of ours there.

A file is kept in parts, each in a transaction of its own, and its update is done with the last. If the process dies in
between, the file is read again from its beginning: posts are named by the message and their place in the file, so those
that are there already are known, and known for this file's own.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import PurePath

from telegram import Bot, Document, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ReactionEmoji
from telegram.error import BadRequest
from telegram.ext import filters

from bot.errors import InputFault, NothingToRead, NotPosts
from bot.files import read_posts
from bot.posts import Analysis, Post
from bot.store.connection import Connection
from bot.store.desks import analyses, posts
from bot.store.queues import outbox, presses
from bot.telegram.asking.request import MOST_POSTS
from bot.telegram.handling import Context, Handling, Later, addressed, desk_of, person_of, pressed, sent_at
from bot.telegram.intake.carried import has_words, in_group, post_id
from bot.telegram.intake.collecting import take_in
from bot.telegram.intake.indexing import index_new
from bot.telegram.intake.origins import origin_of, written_at
from bot.telegram.progress import shown
from bot.telegram.reading import read, stems_of
from bot.telegram.writing.markup import shortened

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
_STOP = "file:stop:"
STOP_PRESSED = r"^file:stop:\d{1,19}$"
"""The data of the button that ends the reading of a file."""


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
        if await handling.quotas.take_post(person_of(message), message.chat.id, sent_at(message)):
            await _take(handling, message, context.bot)
        else:
            await handling.refuse(message, "too-many-posts", handling.settings.limits.posts_per_minute)


async def _take(handling: Handling, message: Message, bot: Bot) -> None:
    limit = handling.settings.limits.stored_posts
    async with handling.store.read() as conn:
        room = max(0, limit - await posts.count(conn, desk_of(message), besides=_name_of(message, "")))
    if in_group(message):
        found = await _load(handling, message, bot, room)
    else:
        async with shown(handling, bot, message, handling.texts_for(message.from_user)):
            found = await _load(handling, message, bot, room)
    if found and not found.newest:
        await handling.refuse(message, "desk-full", limit)
    elif found:
        file = _QuietFile if in_group(message) else _File
        await file(handling, message, found.newest).keep(without=found.count - len(found.newest))


class _File:
    """The posts of a file on their way into the store."""

    def __init__(self, handling: Handling, message: Message, found: Sequence[Post]) -> None:
        self._handling = handling
        self._message = message
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
        await self._begin()
        for start in range(0, total, _PART):
            if await self._is_stopped():
                self._stop(max(start, await self._kept_before()))
                return
            await self._keep_part(self._posts[start : start + _PART], is_recent=start + _PART > total - MOST_POSTS)
            self._tell(min(start + _PART, total))
        self._end(without)

    async def _begin(self) -> None:
        if len(self._posts) >= _MANY:
            self._handling.say(self._desk, self._how_far(0), buttons=self._stop_button(), key=self._progress)
            await self._handling.commit_part()

    async def _keep_part(self, part: Sequence[Post], *, is_recent: bool) -> None:
        """Keep some posts; those that no summary reaches are not read before somebody asks for them."""
        found, stems = await self._read(part) if is_recent else {}, await stems_of(part)
        known = self._known

        async def change(conn: Connection) -> None:
            stored = [await posts.add(conn, self._desk, post, self._handling.now) for post in part]
            await index_new(conn, stored, part, stems)
            self._known = known + sum(kept.post.id != post.id for kept, post in zip(stored, part, strict=True))
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
            self._handling.rewrite_said(self._desk, self._progress, self._how_far(done), key, self._stop_button())

    async def _is_stopped(self) -> bool:
        """Tell whether somebody has pressed the button; that update waits until we are done with this one."""
        if len(self._posts) < _MANY:
            return False
        data = f"{_STOP}{self._handling.update_id}"
        return await self._handling.store.look(lambda conn: presses.is_pressed(conn, self._desk.chat_id, data))

    async def _kept_before(self) -> int:
        """Count the posts of the file that are there: a process that died may have kept more than we have come to."""
        async with self._handling.store.read() as conn:
            others = await posts.count(conn, self._desk, besides=_name_of(self._message, ""))
            return await posts.count(conn, self._desk) - others

    def _stop(self, done: int) -> None:
        """Leave it at the posts that are kept, so many, and say so."""
        values: dict[str, str | int] = {"name": self._name, "posts": len(self._posts)}
        html = self._texts.say("file-stopped", **values, done=done) if done else self._texts.say("file-left", **values)
        self._handling.rewrite_said(self._desk, self._progress, html, _stopped(self._handling.update_id))

    def _stop_button(self) -> InlineKeyboardMarkup:
        data = f"{_STOP}{self._handling.update_id}"
        return InlineKeyboardMarkup([[InlineKeyboardButton(self._texts.say("file-stop"), callback_data=data)]])

    def _end(self, without: int) -> None:
        html = self._summary(without)
        if len(self._posts) >= _MANY:
            self._handling.rewrite_said(self._desk, self._progress, html)
        else:
            self._handling.say(self._desk, html)

    def _how_far(self, done: int) -> str:
        total = len(self._posts)
        return self._texts.say("file-reading", name=self._name, done=done, posts=total, percent=100 * done // total)

    def _summary(self, without: int) -> str:
        sources = len({post.source for post in self._posts})
        said = self._texts.say("read-posts-of-sources", posts=len(self._posts), sources=sources)
        new = len(self._posts) - self._known
        html = self._texts.say("file-read", read=said, name=self._name, known=self._known, new=new)
        if without:
            limit = self._handling.settings.limits.stored_posts
            html += "\n" + self._texts.say("file-no-room", posts=without, limit=limit)
        return html


async def stop_pressed(update: Update, context: Context) -> None:
    """Tell who wanted a file left whether it was: by now its reading is over, one way or the other."""
    query, handling = pressed(update), context.handling
    file = int((query.data or "").removeprefix(_STOP))
    was_stopped = await handling.store.look(lambda conn: outbox.is_known(conn, _stopped(file)))
    handling.tell(query, "" if was_stopped else handling.texts_for(query.from_user).say("file-stop-late"))


def _stopped(update_id: int) -> str:
    """Name the call that says that a file was left before its end."""
    return f"update:{update_id}:stopped"


class _QuietFile(_File):
    """A file in a group: the same posts, and hardly a word of them."""

    async def _begin(self) -> None:
        pass

    async def _is_stopped(self) -> bool:
        return False

    def _tell(self, done: int) -> None:
        pass

    def _end(self, without: int) -> None:
        if len(self._posts) > 1:
            self._handling.answer(self._message, self._summary(without))
        elif self._handling.settings.intake.acknowledge == "reaction":
            self._handling.react(self._message, ReactionEmoji.EYES)


@dataclass(frozen=True, slots=True)
class _Found:
    """The newest posts of a file, and how many of it have words."""

    newest: Sequence[Post]
    count: int


class _TooLong(Exception):
    def __init__(self, chars: int) -> None:
        super().__init__()
        self.chars = chars


async def _load(handling: Handling, message: Message, bot: Bot, most: int) -> _Found | None:
    """Get the newest posts of a file; None if there is something wrong with it, of which its sender is told in private.

    Args:
        handling: of the update.
        message: the file.
        bot: asked for its content.
        most: so many posts at most; no more of a file are held in memory.

    """
    document, texts = message.document, handling.texts_for(message.from_user)
    name = _shown(document)

    def nothing(wrong: str, **values: int) -> _Found | None:
        if not in_group(message):
            handling.answer(message, texts.say(wrong, name=name, **values))
        return None

    if document is None or (document.file_size or 0) > MOST_BYTES:
        return nothing("file-too-big", most=MOST_BYTES >> 20)
    try:
        file = await bot.get_file(document.file_id)
        found = await asyncio.to_thread(_find, await file.download_as_bytearray(), message, most)
    except BadRequest:
        return nothing("file-gone")
    except InputFault as fault:
        return nothing(_wrong(fault, document), line=fault.line or 1)
    except _TooLong as fault:
        return nothing("file-too-long", chars=fault.chars, most=MOST_CHARS)
    return found if found.count else nothing("file-empty")


def _find(content: bytearray, message: Message, most: int) -> _Found:
    name = message.document and message.document.file_name
    newest: deque[Post] = deque(maxlen=most)
    count = 0
    for number, post in enumerate(read_posts(content, name or ""), start=1):
        if len(post.text) > MOST_CHARS:
            raise _TooLong(len(post.text))
        if has_words(post.text):
            count += 1
            newest.append(_named(message, number, post))
    return _Found(tuple(newest), count)


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
