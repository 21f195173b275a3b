"""From what a bot sends to the text and entities that the message gets.

Follows get_formatted_text of Client.cpp and fix_formatted_text of td's MessageEntity.cpp: mark-up, control characters,
entities out of range, trimming, automatic entities.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.playground.parsing.automatic import find_entities
from bot.playground.parsing.entities import FIELD, PRIORITY, Entity, arrange, utf16_length
from bot.playground.parsing.html import parse_html
from bot.playground.parsing.legacy import parse_markdown
from bot.playground.parsing.links import check_link
from bot.playground.parsing.markdown import parse_markdown_v2
from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.world.facts import Json

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
        given = entities if isinstance(entities, list) else []
        marked = [entity for entity in map(_read_entity, given) if entity]
    text, marked = _clean(text, arrange(marked, []))
    text, marked = _trim(text, marked)
    if not text:
        return "", []
    return text, [entity.as_json() for entity in arrange(marked, find_entities(text))[:MAX_ENTITIES]]


def text_fields(text: str, parse_mode: str, entities: list[Json] | None) -> Json:
    """Return `text` and `entities` of a message; the text may have become empty or too long."""
    shown, found = format_text(text, parse_mode, entities)
    return {"text": shown} | ({"entities": found} if found else {})


def caption_fields(caption: str, parse_mode: str, entities: list[Json] | None) -> Json:
    """Return `caption` and `caption_entities` of a message, none when there is no caption.

    Raises:
        Refusal: its mark-up is wrong, or it is too long.
    """
    text, found = format_text(caption, parse_mode, entities)
    if len(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return ({"caption": text} if text else {}) | ({"caption_entities": found} if found else {})


def _read_entity(shown: Any) -> Entity | None:
    """Return an entity that a sender marks; None when it is empty, or of a kind that nobody can mark.

    Raises:
        Refusal: it is none.
    """
    if not isinstance(shown, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for name in ("offset", "length"):
        if not isinstance(shown.get(name), int):
            raise bad_request(f'can\'t parse MessageEntity: field "{name}" must be of type Number')
    kind, offset, length = shown.get("type"), int(shown["offset"]), int(shown["length"])
    if kind not in PRIORITY or offset < 0 or length <= 0:
        return None
    value = shown.get(FIELD.get(kind, ""))
    if kind == "text_link":
        value = check_link(str(value))
    if kind in FIELD and kind != "pre" and not value:
        return None
    return Entity(kind, offset, length, value if kind == "text_mention" or value is None else str(value))


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
