"""Tell things from those who act by what the text calls them: works, craft, storms, feasts, places, abbreviations."""

import re
from collections.abc import Iterable
from functools import cache

from bot.text.actors.mentions import Mention
from bot.text.actors.positions import before, describes, stands_at_place
from bot.text.words.document import Document
from bot.text.words.gazetteers import base, read_list
from bot.text.words.morphology import parse

# "probe Venus Express", "probe, entitled Venus Express", "film 'Up'"
_CALLED_EN = re.compile(
    r"(?<![\w-])([a-z]+)(,?\s+(?:called|named|entitled|titled|dubbed|codenamed))?\s+(?:the\s+)?([\"“”'‘’«]?)$"
)
_STORM = re.compile(r"(?<![\w-])(?:Hurricane|Storm|Typhoon|Cyclone)\s+$")
# «сериал «Лихие»», «сериалы «Лихие» и «Тихие»», «трасса М-4 «Дон»», but not "автосалон BMW" or "самолёт «Победы»"
_CALLED_RU = re.compile(
    r"(?<![\w-])([А-Яа-яЁё-]+)(?:\s+[\w-]*\d[\w-]*)?\s+(?:[«\"“„][^«»\"“”„\n]{1,60}[»\"”“](?:,|,?\s+и)\s+){0,4}[«\"“„]+$"
)
_ROW = 200
_CLOSED = re.compile(r"[\"“”»]|['’](?!\w)")
_BY = re.compile(r"\b(?:via|by|using|with|through|his|her|their|its|через)\s+(?:the\s+|an?\s+)?$")
_WORD = re.compile(r"[^\W_][\w'’-]*")
_NAMED_SO = frozenset(("nomn", None))


def leave_out_things(document: Document, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions without those of things.

    What the text calls a thing once is one wherever it is named, by a word of its name too ("Heron" of "Night Heron").
    """
    mentions = list(mentions)
    names = {document.text[one.start : one.end].casefold() for one in mentions}
    things = {document.text[one.start : one.end].casefold() for one in mentions if _is_thing(document.text, one)}
    things |= _means(document.text, mentions)
    if not things:
        return mentions
    inside = {word for name in things for word in name.split()}
    inside -= {word for name in names - things for word in name.split()[1:]}
    things |= names & inside
    return [one for one in mentions if document.text[one.start : one.end].casefold() not in things]


def _means(text: str, mentions: Iterable[Mention]) -> set[str]:
    """Return the names of networks and messengers that somebody only publishes in ("on Twitter", "via Telegram")."""
    passive: dict[str, bool] = {}
    for one in mentions:
        surface = text[one.start : one.end]
        if base(surface) in _nouns("means"):
            idle = stands_at_place(text, one.start) or _BY.search(before(text, one.start)) or describes(text, one.end)
            passive[surface.casefold()] = bool(idle) and passive.get(surface.casefold(), True)
    return {name for name, idle in passive.items() if idle}


def _is_thing(text: str, mention: Mention) -> bool:
    surface = text[mention.start : mention.end]
    if mention.state:
        return False
    if mention.kind == "NORP":
        return base(surface) in _nouns("people")
    if base(surface) in _nouns("common"):
        return True
    words = _WORD.findall(surface)
    if not words:
        return False
    is_cyrillic = "а" <= words[0][0].lower() <= "ё"
    if mention.kind == "ORG" and len(words) > 1 and _is_headed(words, is_cyrillic=is_cyrillic):
        return True
    return _is_called(text, mention, surface)


def _is_headed(words: list[str], *, is_cyrillic: bool) -> bool:
    """Tell whether a name says itself that it is a thing ("Nobel Prize", "День народного единства")."""
    if not is_cyrillic:
        return words[-1].lower() in _nouns("head_en")
    forms = [parse(word.lower()) for word in words]
    head = next((form for form in forms if form.part == "NOUN"), None)
    return head is not None and head.lemma in _nouns("head_ru")


def _is_called(text: str, mention: Mention, surface: str) -> bool:
    """Tell whether a noun for a thing stands right before the name."""
    if match := _CALLED_RU.search(text, max(0, mention.start - _ROW), mention.start):
        if not _CLOSED.match(text, mention.end):
            return False
        noun = parse(match[1].lower()).lemma
        last = surface.rsplit(maxsplit=1)[-1].lower()
        return noun in _nouns("called_ru") and (parse(last).case in _NAMED_SO or "nomn" in parse(last).tags)
    left = before(text, mention.start)
    if _STORM.search(left):
        return True
    match = _CALLED_EN.search(left)
    if match is None or match[1] not in _nouns("called_en"):
        return False
    if match[3]:
        return _CLOSED.match(text, mention.end) is not None
    return mention.kind == "ORG" or match[2] is not None


@cache
def _nouns(section: str) -> frozenset[str]:
    """Return the words of a section of things.txt."""
    sections: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in read_list("things.txt"):
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), set())
        else:
            words.update(line.split())
    return frozenset(sections[section])
