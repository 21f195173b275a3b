"""Links as Telegram writes them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from bot.playground.parsing.entities import Entity

_SCHEME = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):(?://)?)?(.*)", re.DOTALL)
_HOST = re.compile(r"[^\s/?#@:]+(?:\.[^\s/?#@:]+)+|localhost|\[[0-9a-fA-F:.]+\]")


def link_entity(url: str, offset: int, length: int) -> Entity | None:
    """Return the text_link or text_mention for a URL, or None when it is not one that Telegram links to."""
    url = url.strip()
    if user := _user_of(url):
        return Entity("text_mention", offset, length, {"id": user})
    checked = check_link(url)
    return Entity("text_link", offset, length, checked) if checked else None


def check_link(url: str) -> str | None:
    """Return the URL as the server keeps it (scheme, a path at least "/"), or None when it is refused."""
    match = _SCHEME.fullmatch(url)
    if not match:
        return None
    scheme = (match.group(1) or "http").lower()
    rest = match.group(2)
    if scheme in ("tg", "ton", "tonsite"):
        return f"{scheme}://{rest}" if rest else None
    if scheme not in ("http", "https"):
        return None
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        host, port = parts.netloc.rpartition("@")[2], parts.port
    except ValueError:
        return None
    name = host.removesuffix(f":{port}") if port else host
    if not _HOST.fullmatch(name) or re.search(r"\s", rest):
        return None
    netloc = parts.netloc.replace(name, name.lower())
    tail = rest[len(parts.netloc) :]
    return f"{scheme}://{netloc}{tail if tail.startswith('/') else '/' + tail}"


def _user_of(url: str) -> int | None:
    parts = urlsplit(url) if url.startswith("tg:") else None
    if not parts or (parts.netloc or parts.path) != "user":
        return None
    identifier = parse_qs(parts.query).get("id", ["0"])[0]
    return int(identifier) if identifier.isascii() and identifier.isdigit() and 0 < len(identifier) < 16 else None
