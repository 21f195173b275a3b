"""Split a text into tokens, and find the stem of a word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"\d+(?:[.,  ]\d+)*|\w+(?:['’\-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark, with its offsets in code points."""

    text: str
    start: int
    end: int


def tokenise(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the tokens of ``text[start:end]``, with offsets into the whole text."""
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        yield Token(match[0], match.start(), match.end())


def stem(word: str, lang: str) -> str:  # noqa: ARG001
    """Return the stem of a word, casefolded: words of one stem are counted as one."""
    return word.casefold()[:6]
