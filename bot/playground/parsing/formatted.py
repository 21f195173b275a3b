"""From what a bot sends to the text and entities that the message gets.

Follows get_formatted_text of Client.cpp and fix_formatted_text of td's MessageEntity.cpp: mark-up, control characters,
entities out of range, trimming, automatic entities.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.playground.parsing.automatic import find_entities
from bot.playground.parsing.entities import Entity, arrange, from_json, utf16_length
from bot.playground.parsing.html import parse_html
from bot.playground.parsing.markdown import parse_markdown, parse_markdown_v2
from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.facts import Json

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_BYTES = 32768
# Telegram passes over further ones (telegram.constants.MessageLimit.MESSAGE_ENTITIES; not documented by Telegram).
MAX_ENTITIES = 100

_PARSERS = {"html": parse_html, "markdown": parse_markdown, "markdownv2": parse_markdown_v2}
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANKED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PADDING = " \n\t"


def format_text(text: str, parse_mode: str | None, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """Return the text and its MessageEntity objects, as the message will show them.

    An empty result is "" (a caption may be empty; a message text may not: the caller decides).

    Raises:
        Refusal: bad mark-up, an unknown mode, or text that is no UTF-8.
    """
    mode = (parse_mode or "").lower()
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if len(raw) > MAX_RAW_BYTES:
        raise bad_request("text is too long")
    if mode and mode != "none":
        if mode not in _PARSERS:
            raise bad_request("unsupported parse_mode")
        text, marked = _PARSERS[mode](text)
    else:
        marked = [from_json(entity) for entity in entities or [] if _is_usable(entity)]
    text, marked = _clean(text, arrange(marked, []))
    text, marked = _trim(text, marked)
    if not text:
        return "", []
    return text, [entity.as_json() for entity in arrange(marked, find_entities(text))[:MAX_ENTITIES]]


def _is_usable(entity: Any) -> bool:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    return "type" in entity and int(entity.get("length", 0)) > 0 and int(entity.get("offset", -1)) >= 0


def _clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = _BLANKED.sub(" ", text)
    if not _DROPPED.search(text):
        return text, entities
    dropped = [utf16_length(text[: match.start()]) for match in _DROPPED.finditer(text)]

    def moved(place: int) -> int:
        return place - sum(1 for at in dropped if at < place)

    shifted = [
        replace(entity, offset=moved(entity.offset), length=moved(entity.end) - moved(entity.offset))
        for entity in entities
    ]
    return _DROPPED.sub("", text), [entity for entity in shifted if entity.length > 0]


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drop entities over nothing but space, then the space around the text; what is marked at its start stays."""
    units = text.encode("utf-16-le")
    entities = [
        entity
        for entity in entities
        if units[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "replace").strip(_PADDING)
    ]
    stripped = text.rstrip(_PADDING)
    lead = min([len(stripped) - len(stripped.lstrip(_PADDING)), *(entity.offset for entity in entities)])
    result = stripped[lead:]
    total = utf16_length(result)
    moved = [(entity, entity.offset - lead, min(entity.end - lead, total)) for entity in entities]
    return result, [replace(entity, offset=start, length=end - start) for entity, start, end in moved]
