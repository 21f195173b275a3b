"""The legacy Markdown mark-up of the Bot API.

Follows parse_markdown of td's MessageEntity.cpp, with its errors and byte offsets.
"""

from __future__ import annotations

import re

from bot.playground.parsing.entities import Entity, utf16_length
from bot.playground.parsing.links import link_entity
from bot.playground.refusals import unparsable

_LANGUAGE = re.compile(r"[^\s`]+(?=[\n\r])")


def parse_markdown(text: str) -> tuple[str, list[Entity]]:
    """Return the text without the legacy mark-up, and the entities: no nesting, escapes outside of entities only.

    Raises:
        Refusal: an entity does not end.
    """
    pieces: list[str] = []
    entities: list[Entity] = []
    offset = at = 0
    while at < len(text):
        character = text[at]
        if character == "\\" and text[at + 1 : at + 2] in ("_", "*", "`", "["):
            pieces.append(text[at + 1])
            offset += 1
            at += 2
            continue
        if character not in "_*`[":
            pieces.append(character)
            offset += utf16_length(character)
            at += 1
            continue
        inner, entity, at = _legacy_entity(text, at, offset)
        pieces.append(inner)
        offset += utf16_length(inner)
        entities += [entity] if entity else []
    return "".join(pieces), entities


def _legacy_entity(text: str, begin: int, offset: int) -> tuple[str, Entity | None, int]:
    """Read one entity; return its text, itself (None when it is empty or no link), and where it ends."""
    character = text[begin]
    kind, closer = {"_": ("italic", "_"), "*": ("bold", "*"), "[": ("text_link", "]"), "`": ("code", "`")}[character]
    start = begin + 1
    language = None
    if text.startswith("```", begin):
        kind, closer, start = "pre", "```", begin + 3
        if match := _LANGUAGE.match(text, start):
            language, start = match.group(), match.end()
        start += len(text[start : start + 2]) - len(text[start : start + 2].lstrip("\r\n"))
    end = text.find(closer, start)
    if end < 0:
        raise unparsable(f"Can't find end of the entity starting at byte offset {len(text[:begin].encode())}")
    inner = text[start:end]
    end += len(closer)
    length = utf16_length(inner)
    if kind == "text_link":
        url = inner
        if text.startswith("(", end):
            close = text.find(")", end)
            close = len(text) if close < 0 else close
            url, end = text[end + 1 : close], close + 1
        return inner, link_entity(url, offset, length) if length else None, end
    return inner, Entity(kind, offset, length, language) if length else None, end
