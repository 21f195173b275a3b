"""Turn names into mentions of possible actors: "Security Council" of the "Nagorno-Karabakh Republic" is one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.text.actors.names import Name, NameKind
from bot.text.actors.states import find_state
from bot.text.words.morphology import CASES, parse

_OF_PLACE = re.compile(r"\s+of\s+(?:the\s+)?")
# "Финансовый университет при правительстве"
_ATTACHED_TO = " при "
_INSTITUTION = re.compile(
    r"(?:Council|Ministry|Committee|Government|Parliament|Assembly|Commission|Bank|Court|Department|Office|University|"
    r"Academy|Agency|Army|Forces|Union|Bureau|Service|Senate|Congress|Party|Church|Institute|Board|Guard|Republic)$"
)
# "Democratic Republic" of the Congo
_REALM = re.compile(r"(?:Republic|Kingdom|Commonwealth|Federation|Emirates?|Sultanate|State|Province|Isle)$")
# An institution that Russian names by a common word and a place in the genitive.
_INSTITUTION_BEFORE = re.compile(
    r"(?:\b(?:[Уу]ниверситет|[Мм]инистерств|[Аа]кадеми|[Ии]нститут|[Пп]рокуратур|[Пп]равительств|[Пп]арламент|"
    r"[Сс]ледственн\w+ комитет|МВД|МИД|МЧС|УМВД|ГУВД|[Мм]инобороны|[Цц]ентробанк|[Мм]инфин|[Мм]инздрав|"
    r"[Гг]енпрокуратур|[Вв]ерховн\w+ суд|[Гг]енштаб)\w*\s+)$"
)
# "и президента России"
_OFFICE_OF = re.compile(r"(?:[а-яё]{1,3} )?(?P<office>[А-ЯЁа-яё-]+) ")
_PERSONAL = frozenset(("Name", "Surn", "Patr"))
# Particles inside of a person's name; a space alone joins too.
_PARTICLE = re.compile(
    r"[^\S\n](?:(?:фон|дер|ден|ван|де|да|ди|дю|ла|аль|эль|бин|бен|ибн|"
    r"al|el|bin|ben|ibn|von|van|der|de|da|di|la|du|dos)[^\S\n])*"
)
# The longest full names of Portuguese and Arabs; repeats of a name without a stop are nobody's.
_LONGEST_PERSON = 80


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


def join_names(text: str, names: Iterable[Name], *, persons: bool = True) -> list[Mention]:
    """Turn names, in the order of the text, into mentions: what belongs together is one; they don't overlap.

    ``persons`` if those side by side may be parts of one name.
    """
    joined: list[Mention] = []
    for name in names:
        mention = _institution(text, name)
        while joined and joined[-1].end > mention.start:
            mention = replace(mention, start=min(mention.start, joined.pop().start))
        last = joined[-1] if joined else None
        if last and mention.kind in ("GPE", "LOC", "ORG") and _is_attached(text, last, mention):
            joined[-1] = replace(last, end=mention.end)
        elif (
            persons
            and last
            and mention.kind == "PER"
            and _may_begin_person(text, last)
            and _is_one_person(text, last, mention)
        ):
            joined[-1] = Mention(last.start, mention.end, "PER", max(last.sure, mention.sure))
        else:
            joined.append(mention)
    return joined


def _institution(text: str, name: Name) -> Mention:
    """Take an institution for one, where Russian names it by a common word and a place ("университет Хельсинки").

    What the model took for one is none, if it is only who holds an office of a state; a person is not what he is of.
    """
    if name.kind == "GPE" and (before := _INSTITUTION_BEFORE.search(text[max(0, name.start - 40) : name.start])):
        return Mention(name.start - len(before[0]), name.end, "ORG", name.sure)
    if name.kind == "ORG" and (office := _OFFICE_OF.match(text, name.start, name.end)):
        holder = parse(office["office"].lower())
        if holder.known and {"NOUN", "anim", "sing"} <= holder.best and find_state(text[office.end() : name.end]):
            return Mention(office.end(), name.end, "GPE", name.sure)
    if name.kind == "PER":
        return Mention(_start_of_person(text, name), name.end, "PER", name.sure)
    surface = text[name.start : name.end]
    if name.kind in ("GPE", "LOC") and any(map(_INSTITUTION_BEFORE.search, (surface.split()[0] + " ", surface + " "))):
        return Mention(name.start, name.end, "ORG", name.sure)
    return Mention(name.start, name.end, name.kind, name.sure)


def _start_of_person(text: str, name: Name) -> int:
    """Return where a person's name starts, without what he is of: "Сбербанка" of "Сбербанка Царёв"."""
    first, _, rest = text[name.start : name.end].partition(" ")
    if not rest or not "А" <= first[0] <= "Я":
        return name.start
    owner, own = parse(first.lower()), parse(rest.split()[0].lower())
    is_owner = owner.known and "sing" in owner.best and "gent" in owner.tags and not _PERSONAL & owner.tags
    if is_owner and own.case == "nomn" and CASES.isdisjoint(owner.tags & own.tags):
        return name.end - len(rest)
    return name.start


def _is_attached(text: str, last: Mention, name: Mention) -> bool:
    """Tell whether an institution is that of the place or body after it, or a realm has its name there."""
    if last.kind == "GPE":
        head = _REALM if name.kind == "GPE" else None
    elif last.kind == "ORG":
        if text[last.end : name.start] == _ATTACHED_TO:
            return True
        head = _INSTITUTION
    else:
        head = None
    return bool(head and head.search(text[last.start : last.end]) and _OF_PLACE.fullmatch(text, last.end, name.start))


def _may_begin_person(text: str, mention: Mention) -> bool:
    """Tell whether this is a person, or a city in the nominative: "София" before a surname is a first name."""
    if mention.kind != "GPE" or " " in (surface := text[mention.start : mention.end]):
        return mention.kind == "PER"
    state = find_state(surface)
    return parse(surface.lower()).case == "nomn" and (state is None or state.metonym)


def _is_one_person(text: str, last: Mention, name: Mention) -> bool:
    """Two names side by side are one person, unless their cases differ ("Трампа Бессент")."""
    if name.end - last.start > _LONGEST_PERSON or not _PARTICLE.fullmatch(text, last.end, name.start):
        return False
    if text[last.end : name.start] == " " and " " in text[last.start : last.end] and _is_full_name(text, name):
        return False
    first, second = text[last.start : last.end].lower().split()[-1], text[name.start : name.end].lower().split()[0]
    cases = {parse(first).case, parse(second).case} - {None}
    # A woman's surname looks like the genitive of a man's.
    is_woman = parse(first).case == "nomn" and second.endswith(("ова", "ева", "ина"))
    return len(cases) < 2 or is_woman or text[last.end : name.start] != " "


def _is_full_name(text: str, name: Mention) -> bool:
    """Tell whether a name has a first name of its own ("Эльвиры Набиуллиной Дмитрия Тулина")."""
    first, *others = text[name.start : name.end].lower().split()
    return bool(others) and "Name" in parse(first).tags
