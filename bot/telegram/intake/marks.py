"""The formatting of a message, as marks of a post."""

from collections.abc import Sequence
from itertools import accumulate

from telegram import MessageEntity
from telegram.constants import MessageEntityType

from bot.posts import Mark, MarkKind

_KINDS = {
    MessageEntityType.BOLD: MarkKind.BOLD,
    MessageEntityType.ITALIC: MarkKind.ITALIC,
    MessageEntityType.URL: MarkKind.LINK,
    MessageEntityType.TEXT_LINK: MarkKind.LINK,
    MessageEntityType.CODE: MarkKind.CODE,
    MessageEntityType.PRE: MarkKind.CODE,
    MessageEntityType.BLOCKQUOTE: MarkKind.QUOTE,
    MessageEntityType.EXPANDABLE_BLOCKQUOTE: MarkKind.QUOTE,
}


def marks_of(text: str, entities: Sequence[MessageEntity]) -> tuple[Mark, ...]:
    """Turn entities, whose offsets count UTF-16 code units, into marks, whose offsets count code points."""
    found = [entity for entity in entities if entity.type in _KINDS]
    if not found:
        return ()
    points = _points_by_unit(text)
    last = len(points) - 1
    marks = (
        Mark(
            _KINDS[MessageEntityType(entity.type)],
            points[min(entity.offset, last)],
            points[min(entity.offset + entity.length, last)],
            entity.url,
        )
        for entity in found
    )
    return tuple(mark for mark in marks if mark.start < mark.end)


def _points_by_unit(text: str) -> list[int]:
    """List for each UTF-16 code unit of a text, and for its end, the code point it belongs to."""
    widths = [2 if character > "\uffff" else 1 for character in text]
    starts = list(accumulate(widths, initial=0))
    points = [0] * (starts[-1] + 1)
    for point, (start, width) in enumerate(zip(starts, widths, strict=False)):
        points[start : start + width] = [point] * width
    points[-1] = len(text)
    return points
