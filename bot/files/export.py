"""Read posts from a Telegram Desktop export (``result.json``): one chat, or a whole account; old style and new.

The format is documented by Telegram Desktop's source only (``export_output_json.cpp``). What varies between its
generations: ``text`` is a string or a list of strings and objects; ``text_entities`` and ``date_unixtime`` came
around 2022, ``forwarded_from_id`` later; ids were bare numbers before 2021.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.errors import NothingToRead, NotPosts
from bot.files.jsonl import read_rows
from bot.files.walk import Walk
from bot.posts import Mark, MarkKind, Origin, OriginKind, Post

_MARKS = {
    "bold": MarkKind.BOLD,
    "italic": MarkKind.ITALIC,
    "text_link": MarkKind.LINK,
    "link": MarkKind.LINK,
    "code": MarkKind.CODE,
    "pre": MarkKind.CODE,
    "blockquote": MarkKind.QUOTE,
}
_ORIGINS = {"user": OriginKind.USER, "channel": OriginKind.CHANNEL, "chat": OriginKind.CHAT}
_CHANNELS = {"public_channel", "private_channel"}
# Channels and supergroups have permalinks of the form t.me/c/<id>/<message>, which their members can open.
_LINKED = _CHANNELS | {"public_supergroup", "private_supergroup"}

# The export writes control characters as \xNN, which is not JSON; an even run of backslashes before it is text.
_CONTROL = re.compile(r"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")

# In exports there is one in a hundred characters. Where there is nothing else, they would take half a GB or a minute.
_DENSEST = 1 / 16
_FEW = 1000


def read_export(text: str, name: str) -> Iterator[Post]:
    """Read every message that has text as a post, one after the other; service messages have none.

    Dates without ``date_unixtime`` are local to whoever exported them; nobody knows where, so they are taken as UTC.

    Raises:
        NotPosts: names the file, and the line where it stops being JSON or the message that can't be read.
        NothingToRead: no message has text.

    """
    if text.count("{") + text.count("[") > _FEW + len(text) * _DENSEST:
        raise NotPosts(f"{name}: no JSON that can be read: it holds hardly anything but brackets")
    # Most files have no such characters, and need not be copied.
    walk = Walk(_CONTROL.sub(r"\1\\u00\2", text) if "\\x" in text else text)
    is_empty = True
    try:
        for post in _Export(walk, name).posts():
            is_empty = False
            yield post
    except json.JSONDecodeError as error:
        raise NotPosts(f"{name}:{error.lineno}: not JSON: {error.msg}", error.lineno) from None
    except (ValueError, RecursionError) as error:  # an integer of thousands of digits; thousands of brackets
        raise NotPosts(f"{name}: no JSON that can be read: {error}") from None
    if is_empty:
        raise NothingToRead(f"{name}: no message in it has text")


class _Export:
    """An export on the way through it."""

    def __init__(self, walk: Walk, name: str) -> None:
        self._walk = walk
        self._name = name
        self._messages = 0

    def posts(self) -> Iterator[Post]:
        """Read one chat, all chats of an account, or what our own /export wrote."""
        if not self._walk.sees("{"):
            self._walk.skip()
            raise self._no_export()
        yield from self._read_object(self._walk)
        self._walk.end()

    def _read_object(self, walk: Walk, *, is_root: bool = True) -> Iterator[Post]:
        chat: dict[str, Any] = {}
        messages: Walk | None = None
        is_export = False
        for key in walk.members():
            match key:
                case "messages":
                    is_export = True
                    if "id" in chat:
                        yield from self._read_messages(walk, chat)
                    else:
                        messages = walk.fork()
                case "posts" if is_root:
                    is_export = True
                    yield from read_rows(walk, self._name)
                case "chats" | "left_chats" if is_root:
                    is_export = True
                    yield from self._read_chats(walk)
                case "id" | "type" | "name":
                    chat[key] = walk.value()
        if not is_export:
            raise self._no_export()
        if messages:
            yield from self._read_messages(messages, chat)

    def _read_chats(self, walk: Walk) -> Iterator[Post]:
        if not walk.sees("{"):
            raise self._no_export()
        for key in walk.members():
            if key == "list":
                for _ in self._elements(walk):
                    if not walk.sees("{"):
                        raise self._no_export()
                    yield from self._read_object(walk, is_root=False)

    def _read_messages(self, walk: Walk, chat: Mapping[str, Any]) -> Iterator[Post]:
        for _ in self._elements(walk):
            self._messages += 1
            message = walk.value()
            try:
                posts = list(_read_message(chat, message))
            except (LookupError, TypeError, AttributeError, ValueError, OverflowError, OSError) as error:
                fault = (
                    f"message {self._messages} is not as Telegram Desktop writes it: {type(error).__name__}: {error}"
                )
                raise NotPosts(f"{self._name}: {fault}") from None
            yield from posts

    def _elements(self, walk: Walk) -> Iterator[None]:
        if not walk.sees("["):
            raise self._no_export()
        return walk.elements()

    def _no_export(self) -> NotPosts:
        return NotPosts(f"{self._name}: not an export of Telegram Desktop: there are no messages in it")


def _read_message(chat: Mapping[str, Any], message: Mapping[str, Any]) -> Iterator[Post]:
    text, marks = _read_text(message.get("text_entities") or message.get("text") or "")
    if message.get("type") == "message" and text.strip():
        origin, url = _origin(chat, message)
        yield Post(f"{chat['id']}/{message['id']}", text, _date(message), origin, url, marks=marks)


def _read_text(parts: str | list[str | Mapping[str, Any]]) -> tuple[str, tuple[Mark, ...]]:
    if isinstance(parts, str):
        return parts, ()
    text, marks = "", []
    for part in parts:
        piece = part if isinstance(part, str) else part["text"]
        if not isinstance(part, str) and piece and (kind := _MARKS.get(part["type"])):
            marks.append(Mark(kind, len(text), len(text) + len(piece), part.get("href")))
        text += piece
    return text, tuple(marks)


def _date(message: Mapping[str, Any]) -> datetime:
    if stamp := message.get("date_unixtime"):
        return datetime.fromtimestamp(int(stamp), UTC)
    return datetime.fromisoformat(message["date"]).replace(tzinfo=UTC)


def _origin(chat: Mapping[str, Any], message: Mapping[str, Any]) -> tuple[Origin | None, str | None]:
    """Tell who wrote the message first, and its permalink; of a forward the export keeps neither date nor id."""
    if "forwarded_from" in message:
        title = message["forwarded_from"] or "?"
        kind, number = _peer(message.get("forwarded_from_id"))
        return Origin(kind or OriginKind.HIDDEN_USER, title, chat_id=number), None
    url = f"https://t.me/c/{chat['id']}/{message['id']}" if chat.get("type") in _LINKED else None
    if chat.get("type") in _CHANNELS:
        title = chat.get("name") or message.get("from") or "?"
        number = int(f"-100{chat['id']}")
        return Origin(OriginKind.CHANNEL, title, None, number, message["id"], message.get("author")), url
    kind, number = _peer(message.get("from_id"))
    return Origin(kind or OriginKind.USER, message.get("from") or "?", chat_id=number), url


def _peer(peer: str | int | None) -> tuple[OriginKind | None, int | None]:
    """Split ``channel123`` into kind and Bot API id, where the ids of channels begin with -100, of groups with -."""
    if isinstance(peer, str) and (match := re.fullmatch(r"(user|channel|chat)(\d+)", peer)):
        sign = {"user": "", "channel": "-100", "chat": "-"}[match[1]]
        return _ORIGINS[match[1]], int(sign + match[2])
    return None, peer if isinstance(peer, int) else None
