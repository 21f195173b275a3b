"""Entities of a text, and the rules that they obey when the server is done with them.

Offsets and lengths are in UTF-16 code units, as everywhere in the Bot API. The rules are those of td's fix_entities
(MessageEntity.cpp): sorted, properly nested, nothing inside code, adjacent formatting of one kind merged.
"""

from __future__ import annotations

import bisect
import heapq
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.world.facts import Json

FORMATTING = ("bold", "italic", "underline", "strikethrough", "spoiler")
CODE = ("code", "pre")
QUOTES = ("blockquote", "expandable_blockquote")

# What senders can mark; outer before inner when two begin and end together (td: MessageEntity::get_type_priority).
PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
FIELD = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id", "text_mention": "user"}


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a text that is special; value: its URL, language, custom emoji or user."""

    type: str
    offset: int
    length: int
    value: str | Json | None = None

    @property
    def end(self) -> int:
        """Return the offset behind its last unit."""
        return self.offset + self.length

    @property
    def order(self) -> tuple[int, int, int]:
        """Return the place in the server's order: outer entities first."""
        return self.offset, -self.length, PRIORITY.get(self.type, 50)

    def as_json(self) -> Json:
        """Return the MessageEntity object of the Bot API."""
        shown: Json = {"offset": self.offset, "length": self.length, "type": self.type}
        if self.value is not None and self.type in FIELD:
            shown[FIELD[self.type]] = self.value
        return shown


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 code units of a text."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def arrange(marked: list[Entity], found: list[Entity]) -> list[Entity]:
    """Put entities in the order and the shape that the server gives them.

    marked: what the sender asked for. found: what the server recognises by itself; it yields to what was marked,
    except that a link may stand inside of formatting.
    """
    if not marked:
        return found
    if len(marked) == 1 and not found:
        return marked
    solid = _without_overlap(
        [entity for entity in marked if entity.type not in FORMATTING and entity.type not in QUOTES],
    )
    solid += [entity for entity in found if not _touches(solid, entity)]
    solid.sort(key=lambda entity: entity.order)
    quotes = _without_overlap([entity for entity in marked if entity.type in QUOTES])
    fixed = sorted(
        [*quotes, *(entity for entity in solid if not _crosses(quotes, entity))],
        key=lambda entity: entity.order,
    )
    kinds = {entity.type for entity in marked}
    formatting = [piece for kind in FORMATTING if kind in kinds for piece in _merged(marked, kind)]
    code = [entity for entity in solid if entity.type in CODE]
    pieces = [part for entity in formatting for part in _outside(entity, code)]
    return _nested(fixed, [part for entity in pieces for part in _cut(entity, fixed)])


def _without_overlap(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda entity: entity.order):
        if not kept or kept[-1].end <= entity.offset:
            kept.append(entity)
    return kept


def _touches(sorted_entities: list[Entity], entity: Entity) -> bool:
    at = bisect.bisect_left(sorted_entities, entity.end, key=lambda other: other.offset)
    return at > 0 and sorted_entities[at - 1].end > entity.offset


def _crosses(quotes: list[Entity], entity: Entity) -> bool:
    at = bisect.bisect_left(quotes, entity.end, key=lambda quote: quote.offset)
    return at > 0 and (quotes[at - 1].offset > entity.offset or entity.offset < quotes[at - 1].end < entity.end)


def _merged(entities: list[Entity], kind: str) -> list[Entity]:
    merged: list[Entity] = []
    for entity in sorted((entity for entity in entities if entity.type == kind), key=lambda entity: entity.order):
        if merged and merged[-1].end >= entity.offset:
            last = merged[-1]
            merged[-1] = replace(last, length=max(last.end, entity.end) - last.offset)
        else:
            merged.append(entity)
    return merged


def _between(entity: Entity, start: int, end: int) -> list[Entity]:
    return [replace(entity, offset=start, length=end - start)] if end > start else []


def _outside(entity: Entity, holes: list[Entity]) -> list[Entity]:
    """Return what is left of a formatting entity outside of the holes (sorted, disjoint)."""
    parts: list[Entity] = []
    start = entity.offset
    first = bisect.bisect_right(holes, start, key=lambda hole: hole.end)
    for hole in holes[first:]:
        if hole.offset >= entity.end:
            break
        parts += _between(entity, start, hole.offset)
        start = max(start, hole.end)
    return parts + _between(entity, start, entity.end)


def _cut(entity: Entity, fixed: list[Entity]) -> list[Entity]:
    """Cut a formatting entity where a fixed one begins or ends inside of it and is not nested with it."""
    cuts = {
        place
        for other in fixed
        for place in (other.offset, other.end)
        if entity.offset < place < entity.end and not (entity.offset <= other.offset and other.end <= entity.end)
    }
    places = [entity.offset, *sorted(cuts), entity.end]
    return [part for start, end in pairwise(places) for part in _between(entity, start, end)]


def _nested(fixed: list[Entity], formatting: list[Entity]) -> list[Entity]:
    """Split formatting that overlaps other formatting in part, so that all entities nest."""
    count = 0
    heap: list[tuple[tuple[int, int, int], int, Entity]] = []
    for entity in [*fixed, *formatting]:
        heap.append((entity.order, count, entity))
        count += 1
    heapq.heapify(heap)
    ends: list[int] = []
    arranged: list[Entity] = []
    while heap:
        _, _, entity = heapq.heappop(heap)
        while ends and ends[-1] <= entity.offset:
            ends.pop()
        if ends and ends[-1] < entity.end:
            rest = replace(entity, offset=ends[-1], length=entity.end - ends[-1])
            heapq.heappush(heap, (rest.order, count, rest))
            count += 1
            entity = replace(entity, length=ends[-1] - entity.offset)
        arranged.append(entity)
        ends.append(entity.end)
    return arranged
