"""Find out what a file is, and hand it to its reader."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath
from typing import BinaryIO

from bot.errors import InputFault, NothingToRead
from bot.files.decode import decode
from bot.posts import Post

# ruff: noqa: PLC0415 - pydantic takes a tenth of a second, and texts do without it

_Reader = Callable[[str, str], Iterator[Post]]


def _read_jsonl(text: str, name: str) -> Iterator[Post]:
    from bot.files.jsonl import read_jsonl

    return read_jsonl(text, name)


def _read_export(text: str, name: str) -> Iterator[Post]:
    from bot.files.export import read_export

    return read_export(text, name)


_READERS: dict[str, _Reader] = {".jsonl": _read_jsonl, ".ndjson": _read_jsonl, ".json": _read_export}

STDIN = "-"

# A brace that opens an object and not a word of a text.
_JSON_OBJECT = re.compile(r"\{\s*(?:$|\"|\})")


def load_posts(paths: list[str], stdin: BinaryIO) -> list[Post]:
    """Read the posts of all files in their order; no file, or ``-``, is standard input.

    A ``.jsonl`` file holds one post a line, a ``.json`` file is an export of Telegram Desktop or of the bot, any other
    file is one post. Standard input is JSON Lines if its first line is a JSON object, an export if it is JSON
    otherwise, else one post.

    Raises:
        InputFault: one line that names the file, and the line in it.

    """
    posts = [
        post for path in paths or [STDIN] for post in (_load_stream(stdin) if path == STDIN else _load_file(Path(path)))
    ]
    return _distinct(posts)


def _load_stream(stdin: BinaryIO) -> Iterator[Post]:
    name = "standard input"
    text = decode(stdin.read(), name)
    return _reader_of(text)(text, name)


def _reader_of(text: str) -> _Reader:
    """Tell by its first line what a stream holds; of an export that is on one line, by what the object holds."""
    first, _, _ = text.lstrip().partition("\n")
    if not _JSON_OBJECT.match(first):
        return read_text
    keys = _keys(first)
    return _read_export if keys is None or keys & {"messages", "chats", "posts"} else _read_jsonl


def _keys(line: str) -> frozenset[str] | None:
    """Return the keys of the JSON object on a line; None if the line holds only a part of one."""
    try:
        return frozenset(json.loads(line))
    except (ValueError, RecursionError):
        return None


def _load_file(path: Path) -> Iterator[Post]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputFault(f"{path}: {error.strerror or error}") from None
    return read_posts(content, str(path))


def read_posts(content: bytes | bytearray, name: str) -> Iterator[Post]:
    """Read the posts of a file by its content and its name, whose ending says what it is, as `load_posts` does.

    They come one after the other, so that no more of them need be held than somebody wants.

    Raises:
        InputFault: one line that names the file, and the line in it.

    """
    return _READERS.get(PurePath(name).suffix.lower(), read_text)(decode(content, name), name)


def read_text(text: str, name: str) -> Iterator[Post]:
    """Take a whole text as one post, whose id is the file's name."""
    if not text.strip():
        raise NothingToRead(f"{name}: there is nothing to read in it")
    yield Post(id=name, text=text)


def _distinct(posts: list[Post]) -> list[Post]:
    """Keep every post once; give a number to ids that different posts share, as chats of one export may."""
    seen: dict[str, Post] = {}
    for post in posts:
        name, copies = post.id, 1
        while name in seen and replace(post, id=name) != seen[name]:
            copies += 1
            name = f"{post.id}#{copies}"
        seen[name] = post if name == post.id else replace(post, id=name)
    return list(seen.values())
