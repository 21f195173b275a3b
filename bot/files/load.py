"""Find out what a file is, and hand it to its reader."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from bot.errors import InputFault
from bot.files.decode import decode
from bot.files.export import read_export
from bot.files.jsonl import read_jsonl
from bot.posts import Post

_Reader = Callable[[str, str], list[Post]]

_READERS: dict[str, _Reader] = {".jsonl": read_jsonl, ".ndjson": read_jsonl, ".json": read_export}

STDIN = "-"


def load_posts(paths: list[str], stdin: BinaryIO) -> list[Post]:
    """Read the posts of all files in their order; no file, or ``-``, is standard input.

    A ``.jsonl`` file holds one post a line, a ``.json`` file is a Telegram Desktop export, any other file is one
    post. Standard input is JSON Lines if its first line is a JSON object, else one post.

    Raises:
        InputFault: one line that names the file, and the line in it.

    """
    posts = [
        post for path in paths or [STDIN] for post in (_load_stream(stdin) if path == STDIN else _load_file(Path(path)))
    ]
    return _distinct(posts)


def _load_stream(stdin: BinaryIO) -> list[Post]:
    name = "standard input"
    text = decode(stdin.read(), name)
    return read_jsonl(text, name) if text.lstrip().startswith("{") else read_text(text, name)


def _load_file(path: Path) -> list[Post]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputFault(f"{path}: {error.strerror or error}") from None
    return _READERS.get(path.suffix.lower(), read_text)(decode(content, str(path)), str(path))


def read_text(text: str, name: str) -> list[Post]:
    """Take a whole text as one post, whose id is the file's name."""
    if not text.strip():
        raise InputFault(f"{name}: there is nothing to read in it")
    return [Post(id=name, text=text)]


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
