"""By what a post is known again: its place in the channel that wrote it first, and the words of its text."""

import hashlib
import re
import unicodedata

from bot.posts import Post

# "Breaking" is not always the same news: a text says what post it is from so many letters and digits on.
_LEAST_CHARS = 80
_ADDRESS = re.compile(r"https?://\S+")
# All but letters and digits, and what stands between digits: 1.5 is not 15.
_BESIDE_WORDS = re.compile(r"(?!(?<=\d)[.,:](?=\d))[\W_]")


def identity(post: Post) -> str:
    """Tell what a post is: its place in the channel that wrote it, else its address, else its text.

    Texts that differ only in spaces, line breaks or the composition of letters are the same.
    """
    if post.origin and post.origin.chat_id is not None and post.origin.message_id is not None:
        return f"{channel_of(post)}{post.origin.message_id}"
    if post.url:
        return f"url:{post.url}"
    return f"text:{_hash(' '.join(unicodedata.normalize('NFC', post.text).split()))}"


def channel_of(post: Post) -> str | None:
    """Return how the identities of all posts begin that the same channel wrote; None if no channel is known."""
    if post.origin is None or post.origin.chat_id is None or post.origin.message_id is None:
        return None
    return f"origin:{post.origin.chat_id}:"


def fingerprint(post: Post) -> str | None:
    """Tell what a post says, whatever its markup, spaces, case and addresses; None if it is too short for that."""
    words = _BESIDE_WORDS.sub("", _ADDRESS.sub("", unicodedata.normalize("NFKC", post.text).casefold()))
    return _hash(words) if len(words) >= _LEAST_CHARS else None


def source_of(post: Post) -> str | None:
    """Return the name of who wrote a post first, without what a database can't hold; None if nobody knows it."""
    return post.source.encode(errors="replace").decode().replace("\0", "") or None if post.source else None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
