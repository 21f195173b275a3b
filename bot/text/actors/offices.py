"""Settle roles: whose they are, where they end, and which of several to show."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.text.actors.names import Name
from bot.text.actors.roles import Role
from bot.text.words.gazetteers import relations, role_nouns
from bot.text.words.morphology import CASES, Form, parse

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_EDGES = " \n\t:;,*—–-"
_LEADING = ("ADVB", "CONJ", "PRCL", "PRED", "COMP", "NPRO", "PREP")
# Pronouns that decline as adjectives: "которое глава МИД", "этот режиссёр".
_PRONOMINAL = "Apro"
# What leads up to an English role: "a declaration from Gov.", "the image of actress".
_LEADS_TO = re.compile(
    r".*\b(?:of|from|by|with|against|over|for|to)\s+(?=(?:[\w.'’-]+\s+){0,3}?([\w'’-]+)\.?$)", re.DOTALL
)
# Who stands behind such a word is somebody else: "son of John Near", "главы департаментов Данилова и Полякова".
_JOINS = re.compile(
    r"(?<!\w)(?:and|or|of|for|to|at|in|from|with|by|over|under|against|after|before|on|than|as|и|или|у|с|со|из|от|для|при|по|в|на|к)$"
)
_VERBS = ("VERB", "INFN")
_PERSONAL = frozenset(("Name", "Surn", "Patr"))
# Who only stands in for an office: "и. о. министра Иван Петров".
_ACTING = re.compile(r"(?<!\w)(?:врио|и\.\s?о\.|исполняющ\w+ обязанности)\s\Z", re.IGNORECASE)
_LONGEST_ACTING = 30
_NEXT_OF_ROW = re.compile(r"[»\"”]?(?:\s\([^()\n]{1,60}\))?(?:,|,?\sи)\s")
# More words than these make a role no more telling.
_ENOUGH = 6
# Only blanks and marks stand before the next person, hence no more names than these.
_NEXT = 2


def settle_roles(text: str, roles: Iterable[Role], names: Sequence[Name]) -> Iterator[Role]:
    """Yield the roles that can be their bearer's.

    What somebody is called is no organisation's role: "телеведущий Fox Такер Карлсон" is Carlson's with all of it.
    A noun for no person ("компания"), a whole clause, half a quotation, who belongs to somebody ("сын Трампа"), several
    who do ("враги Трампа"), and what is left of a longer phrase ("по правам человека Иван Петров") are no role of his.
    """
    for role in (_without_lead(text, _trimmed(text, role)) for role in roles):
        forms = [parse(word.lower()) for word in _WORD.findall(text[role.start : role.end])]
        if _is_cut(text[role.start : role.end]) or any(form.part in _VERBS and form.known for form in forms):
            continue
        if _is_name(role, names) and text[role.start : role.end].lower() not in role_nouns():  # "Democrat Ann Lee"
            continue
        person = _is_person(forms)
        if person and (_is_owners(text, role, forms) or _is_of_others(text, role, forms, names)):
            if own := _own_part(text, role):
                yield own
            continue
        if person is None or person == (role.name.kind == "PER"):
            yield _with_acting(text, role)
        elif person and (bearer := _next_person(text, role, names)):
            yield Role(role.start, role.name.end, bearer)
        elif not person and (own := _own_part(text, role)):  # "визит председателя Думы Ивана Петрова"
            yield own


def _is_name(role: Role, names: Sequence[Name]) -> bool:
    """Tell whether a role is nothing but somebody's name ("Ann Lee, the Ministry of Health said")."""
    place = bisect_right(names, role.start, key=lambda name: name.start) - 1
    return place >= 0 and names[place].kind in ("ORG", "GPE") and role.start < role.end <= names[place].end


def _is_cut(role: str) -> bool:
    """Tell whether nothing is left of a role, or it ends in the middle of something."""
    return not role or _JOINS.search(role) is not None or role.count("«") != role.count("»")


def role_rank(role: str) -> tuple[bool, int, int]:
    """Return what roles of one actor are compared by, the greater the better: in the nominative, full, but short."""
    forms = [parse(word.lower()) for word in _WORD.findall(role)]
    head = _head(forms)
    return head is None or head.case is None or _is_one_person(head), min(len(forms), _ENOUGH), -len(role)


def _is_one_person(head: Form) -> bool:
    """Tell whether a noun is in the nominative singular, as the name of a person, if it may be one ("премьера")."""
    is_thing = "anim" in head.tags and "gent" in head.tags and "anim" not in head.best
    return head.case == "nomn" and "plur" not in head.best and not is_thing


def _trimmed(text: str, role: Role) -> Role:
    """Cut off what stands between a role and its name ("Ведущий —"), and what leads up to it ("позднее президент")."""
    start, end = role.start, role.start + len(text[role.start : role.end].rstrip(_EDGES))
    for word in _WORD.finditer(text, start, end):
        start = word.start() if text[start : word.start()].strip(_EDGES) == "" else start
        if not _leads_up(word[0]):
            break
        start = word.end()
    return replace(role, start=start, end=max(start, end))


def _without_lead(text: str, role: Role) -> Role:
    """Cut off what only leads up to a role right before the name, where that is one by itself."""
    lead = _LEADS_TO.match(text, role.start, role.end) if role.end <= role.name.start else None
    return replace(role, start=lead.end()) if lead and lead[1].lower() in role_nouns() else role


def _leads_up(word: str) -> bool:
    """Tell whether a word before a role does not belong to it: an adverb, a conjunction, a pronoun."""
    form = parse(word.lower())
    if _PRONOMINAL in form.best and form.lemma != "один":  # "один из лидеров"
        return True
    return not word[0].isupper() and form.part in _LEADING


def _head(forms: Sequence[Form]) -> Form | None:
    """Return the word that leads a Russian phrase: its first noun, or what stands for one ("ведущий телеканала")."""
    russian = [form for form in forms if form.part]
    noun = next((form for form in russian if form.part == "NOUN"), None)
    if (
        russian
        and russian[0].part in ("ADJF", "PRTF")
        and (noun is None or CASES.isdisjoint(russian[0].tags & noun.tags))
    ):
        return russian[0]
    return noun or (russian[0] if russian else None)


def _is_person(forms: Sequence[Form]) -> bool | None:
    """Tell whether a Russian phrase names a person by what leads it; None where it does not say."""
    head = _head(forms)
    if head is None or head.part not in ("NOUN", "ADJF", "PRTF") or not head.known or {"Fixd", "Abbr"} & head.best:
        return None
    return head.part != "NOUN" or "anim" in head.tags


def _with_acting(text: str, role: Role) -> Role:
    """Give a role what says that somebody only stands in for it."""
    before = _ACTING.search(text, max(0, role.start - _LONGEST_ACTING), role.start)
    return replace(role, start=before.start()) if before else role


def _is_of_others(text: str, role: Role, forms: Sequence[Form], names: Sequence[Name]) -> bool:
    """Tell whether a role before a name says nothing of the named person: it is of several, or of another case."""
    head = _head(forms)
    if head is None or head.part != "NOUN" or role.end > role.name.start:
        return False
    if "plur" in head.tags and "sing" not in head.tags:
        is_one_of = forms[0].lemma == "один"
        return not is_one_of and role.name.kind == "PER" and not _is_in_row(text, role.name, names)
    name = [parse(word.lower()) for word in _WORD.findall(text, role.name.start, role.name.end)]
    is_subject = bool(name) and _is_first_name(name[0]) and all(form.known or "gent" not in form.tags for form in name)
    return is_subject and "nomn" not in head.tags and _with_acting(text, role) == role


def _is_first_name(form: Form) -> bool:
    """Tell whether a word is a first name that can only be in the nominative."""
    return form.known and "Name" in form.best and CASES & form.tags == {"nomn"}


def _own_part(text: str, role: Role) -> Role | None:
    """Return what is the person's own of a role that is another's: "президента Сирии" of "враги президента Сирии"."""
    if role.name.kind != "PER" or role.end > role.name.start:
        return None
    name = [parse(word.lower()) for word in _WORD.findall(text, role.name.start, role.name.end)]
    for word in reversed([*_WORD.finditer(text, role.start, role.end)][1:]):
        form = parse(word[0].lower())
        is_one = form.part == "NOUN" and "anim" in form.tags and "sing" in form.best
        is_somebody = form.known and is_one and not _PERSONAL & form.best
        if is_somebody and form.lemma not in relations() and all(CASES & form.tags & own.tags for own in name):
            return replace(role, start=word.start())
    return None


def _is_in_row(text: str, name: Name, names: Sequence[Name]) -> bool:
    """Tell whether another person is named right after, or right before, as "Иванов и Петров" are."""
    place = bisect_left(names, name.start, key=lambda one: one.start)
    row = [one for one in names[max(0, place - 1) : place + 2] if one.kind == "PER"]
    return any(_NEXT_OF_ROW.fullmatch(text, one.end, other.start) for one, other in pairwise(row))


def _is_owners(text: str, role: Role, forms: Sequence[Form]) -> bool:
    """Tell whether a role is somebody's who is the named person's only: "сын Трампа", "директор Станислава Иванова"."""
    head = _head(forms)
    if head is None or role.end > role.name.start:
        return False
    words = [parse(word.lower()) for word in _WORD.findall(text, role.name.start, role.name.end)]
    cases = CASES & head.tags
    sure = (word for word in words if word.known and _PERSONAL & word.best)
    return any("plur" not in word.best and "Fixd" not in word.best for word in sure) and all(
        "gent" in word.tags and cases.isdisjoint(word.tags) for word in words
    )


def _next_person(text: str, role: Role, names: Sequence[Name]) -> Name | None:
    """Return the person whose name follows the organisation that a role stands before."""
    if role.end > role.name.start:
        return None
    first = bisect_right(names, role.name.end, key=lambda name: name.start)
    after = (name for name in names[first : first + _NEXT] if name.kind == "PER")
    return next((name for name in after if not text[role.name.end : name.start].strip(' »"”')), None)
