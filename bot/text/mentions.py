"""Turn the names of a post into mentions of possible actors.

Names that belong together are joined ("Security Council" of the "Nagorno-Karabakh Republic"), a headline's capitals
are cut away ("Colin Powell Resigns"), and what an adjective names is found ("the Lebanese government").
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.text.document import Document
from bot.text.gazetteers import base, demonyms
from bot.text.morphology import parse
from bot.text.names import Name, NameKind
from bot.text.states import find_state

_OF_PLACE = re.compile(r"\s+of\s+(?:the\s+)?")
_INSTITUTION = re.compile(
    r"(?:Council|Ministry|Committee|Government|Parliament|Assembly|Commission|Bank|Court|Department|Office|University|"
    r"Academy|Agency|Army|Forces|Union|Bureau|Service|Senate|Congress|Party|Church|Institute|Board|Guard|Republic)$"
)
# An institution that Russian names by a common word and a place in the genitive.
_INSTITUTION_BEFORE = re.compile(
    r"(?:\b(?:[Уу]ниверситет|[Мм]инистерств|[Аа]кадеми|[Ии]нститут|[Пп]рокуратур|[Пп]равительств|[Пп]арламент|"
    r"[Сс]ледственн\w+ комитет|МВД|МИД|МЧС|УМВД|ГУВД|[Мм]инобороны|[Цц]ентробанк|[Мм]инфин|[Мм]инздрав|"
    r"[Гг]енпрокуратур|[Вв]ерховн\w+ суд|[Гг]енштаб)\w*\s+)$"
)
# Particles inside of a person's name; a space alone joins too.
_PARTICLE = re.compile(
    r"\s(?:(?:фон|дер|ден|ван|де|да|ди|дю|ла|аль|эль|бин|бен|ибн|"
    r"al|el|bin|ben|ibn|von|van|der|de|da|di|la|du|dos)\s)*"
)
# What an adjective of a state may stand before: the state itself, or one of its institutions.
_STATE_NOUN = re.compile(
    r"\s+(?:government|authorities|administration|leadership|власти|властей|властям|правительств\w+)\b"
)
_ORGAN_NOUN = re.compile(
    r"\s+(?:(?:armed|security|special|air|naval|ground)\s+)?(?:forces?|army|military|navy|police|parliament|court|troops|senate)\b"
)


_LEGAL_FORMS = ("ООО", "АО", "ПАО", "ОАО", "ЗАО", "ФГУП", "ФГБУ", "НИЦ", "ГК", "УК")
_QUOTED_COMPANY = re.compile(rf"\b(?:{'|'.join(_LEGAL_FORMS)})\s+[«\"“]([^»\"”\n]{{2,60}})[»\"”]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text that may be an actor.

    Attributes:
        sure: how probable the name is, 0 to 1.
        state: the code of the state that an adjective names, whose government or organ this is.

    """

    start: int
    end: int
    kind: NameKind
    sure: float
    state: str | None = None


def find_mentions(document: Document, names: Sequence[Name]) -> list[Mention]:
    """Return the mentions of a post in the order of the text; they don't overlap."""
    mentions = _joined(document, _trimmed(document, names))
    found = [mention for mention in mentions if _may_act(document, mention)]
    taken = {offset for mention in found for offset in (mention.start, mention.end - 1)}
    for mention in (*_by_adjective(document), *_by_legal_form(document)):
        if taken.isdisjoint(range(mention.start, mention.end)):
            found.append(mention)
            taken.update((mention.start, mention.end - 1))
    return sorted(found, key=lambda mention: mention.start)


def _may_act(document: Document, mention: Mention) -> bool:
    """Leave out works and landscapes, bare legal forms, and peoples ("россияне"), who are nobody in particular."""
    surface = document.text[mention.start : mention.end]
    if mention.kind in ("MISC", "LOC"):
        return False
    return surface not in _LEGAL_FORMS and not (mention.kind == "NORP" and base(surface) in demonyms())


def _trimmed(document: Document, names: Sequence[Name]) -> Iterator[Name]:
    """Cut names of the headline down to names of the rest, since every word may be capitalised there."""
    text = document.text
    headline_end = next((line.end for line in document.lines if line.headline), 0)
    elsewhere = Counter(text[name.start : name.end] for name in names if name.start >= headline_end)
    for name in names:
        surface = text[name.start : name.end]
        if name.start < headline_end and " " in surface and surface not in elsewhere:
            inner = [
                part for part in elsewhere if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", surface) and len(part) > 2
            ]
            if inner:
                best = max(inner, key=len)
                start = name.start + surface.index(best)
                if name.kind == "PER" and text[name.start : start].strip():
                    # A first name before the surname stays: "Colin Powell Resigns" becomes "Colin Powell".
                    start = name.start
                yield Name(start, name.start + surface.index(best) + len(best), name.kind, name.sure)
                continue
        yield name


def _joined(document: Document, names: Iterator[Name]) -> list[Mention]:
    text = document.text
    joined: list[Mention] = []
    for name in names:
        last = joined[-1] if joined else None
        if last and last.kind == "ORG" and name.kind in ("GPE", "LOC", "ORG") and _is_institution_of(text, last, name):
            joined[-1] = Mention(last.start, name.end, "ORG", last.sure)
        elif last and name.kind == "PER" and _may_begin_person(text, last) and _is_one_person(text, last, name):
            joined[-1] = Mention(last.start, name.end, "PER", max(last.sure, name.sure))
        elif name.kind == "GPE" and (before := _INSTITUTION_BEFORE.search(text[max(0, name.start - 40) : name.start])):
            start = name.start - len(before[0])
            if last and last.end > start:
                joined.pop()
                start = min(start, last.start)
            joined.append(Mention(start, name.end, "ORG", name.sure))
        else:
            joined.append(Mention(name.start, name.end, name.kind, name.sure))
    return joined


def _is_institution_of(text: str, last: Mention, name: Name) -> bool:
    return bool(_INSTITUTION.search(text[last.start : last.end]) and _OF_PLACE.fullmatch(text, last.end, name.start))


def _may_begin_person(text: str, mention: Mention) -> bool:
    """Tell whether this is a person, or a city in the nominative: "София" before a surname is a first name."""
    surface = text[mention.start : mention.end]
    if mention.kind != "GPE" or " " in surface:
        return mention.kind == "PER"
    state = find_state(surface)
    return parse(surface.lower()).case == "nomn" and (state is None or state.metonym)


def _is_one_person(text: str, last: Mention, name: Name) -> bool:
    """Two names side by side are one person, unless their cases differ ("Трампа Бессент")."""
    if not _PARTICLE.fullmatch(text, last.end, name.start):
        return False
    first, second = text[last.start : last.end].lower().split()[-1], text[name.start : name.end].lower().split()[0]
    cases = {parse(first).case, parse(second).case} - {None}
    # A woman's surname looks like the genitive of a man's.
    is_woman = parse(first).case == "nomn" and second.endswith(("ова", "ева", "ина"))
    return len(cases) < 2 or is_woman or text[last.end : name.start] != " "


def _by_adjective(document: Document) -> Iterator[Mention]:
    """Find governments and institutions that are named by the adjective of their state."""
    for line in document.lines:
        for token in line.tokens:
            if (code := demonyms().get(base(token.text) if token.text[0].isalpha() else "")) is None:
                continue
            if match := _STATE_NOUN.match(document.text, token.end):
                yield Mention(token.start, match.end(), "GPE", 1.0, code)
            elif match := _ORGAN_NOUN.match(document.text, token.end):
                yield Mention(token.start, match.end(), "ORG", 1.0, code)


def _by_legal_form(document: Document) -> Iterator[Mention]:
    """Find companies whose legal form stands before their quoted name ("ПАО «Яковлев»")."""
    for match in _QUOTED_COMPANY.finditer(document.text):
        yield Mention(match.start(1), match.end(1), "ORG", 1.0)
