"""Find the clause that says what a number counts."""

import re

from bot.text.document import Document, Line
from bot.text.tokens import is_stopword

# A clause ends at a mark, or where a conjunction opens another one.
_CUT = re.compile(
    r"[,;:()«»\"“”—–!?]|\.(?=\s|$)|\s(?:and|but|while|which|who|that|where|when|after|before|as|и|а|но|что|который|которые|которая|которых|когда|где|пока)\s",
    re.IGNORECASE,
)
_TRIM = " \t   *_-–—.,:;!?"


def about(document: Document, line: Line, start: int, end: int) -> tuple[int, int] | None:
    """Return the bounds of the words beside a number that say what it counts; None if there are none.

    The words before it in its clause, when they hold anything; else those after it.
    """
    text = document.text
    left = max((match.end() for match in _CUT.finditer(text, line.start, start)), default=line.start)
    right = next((match.start() for match in _CUT.finditer(text, end, line.end)), line.end)
    before, after = _trimmed(text, left, start), _trimmed(text, end, right)
    for part in (after, before) if _weight(document, after) > _weight(document, before) else (before, after):
        if part and _weight(document, part):
            return part
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return (start, end) if start < end else None


def _weight(document: Document, part: tuple[int, int] | None) -> int:
    """Count the words that say something."""
    if part is None:
        return 0
    words = re.findall(r"[^\W\d_]+", document.text[part[0] : part[1]])
    return sum(not is_stopword(word, document.lang) for word in words)
