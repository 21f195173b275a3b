"""Mend the borders of names: what the models took into a name, though it stands beside it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.text.actors.completing import complete
from bot.text.actors.names import Name
from bot.text.words.document import Document, Line
from bot.text.words.morphology import parse

# Titles that stand between an organisation and the person who holds them ("European Commission President Barroso").
_TITLE = re.compile(
    r"\s+(?:(?:Vice|Deputy|Prime|Foreign|Finance|Defen[cs]e|Interior)[ -])*(?:President|Minister|Secretary|Senator|"
    r"Advis[eo]r|Chancellor|Governor|Mayor|Judge|Justice|Sergeant|Captain|Colonel|Chairman|Chairwoman|CEO|Director|Spokesman|"
    r"Spokeswoman|Commissioner|Professor|Treasurer|Ambassador|Envoy|Coach|Dr|Mr|Mrs|Ms)\b\.?(?!\s+(?:of|for|General)\b)"
)
# Ranks and forms of address that the models take into a name, or for one ("Rear Adm", "Sen. Ann Lee", "CEO Ann Lee").
_RANK = re.compile(
    r"(?:(?:Rear|Vice|Lt|Lieut|Maj|Brig|Lance|Chief|Deputy|Asst)\.?[ -])*"
    r"(?:Adm|Gen|Col|Maj|Capt|Cpt|Sgt|Lt|Cmdr|Cpl|Pvt|Spc|Sen|Rep|Gov|Rev|Det|Supt|Insp|Atty|Hon|CEO|CFO|COO|CTO|Dr|Mr|Mrs|Ms)"
    r"\b\.?(?:\s+|$)"
)
# What a headline's capitals join to a name ("European Venus probe").
_ADJECTIVE = re.compile(r"(?:European|Asian|African|American|[A-Z][a-z]+-(?:speaking|born|based|led|backed))\s+")
# "телеканала Fox Такер Карлсон"
_LATIN_THEN_NAME = re.compile(r"([A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*) [А-ЯЁ][а-яё]+")
_SURNAME_AFTER = re.compile(r" [А-ЯЁ][а-яё]+")
# "Ann Lee, Bob Fox", but not "Bob Fox, Jr."
_COMMA = re.compile(r",\s+(?!(?:Jr|Sr|II|III|IV|MD|PhD|QC|KC|SC|MBE|OBE|CBE)\b)")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_EDGES = " \n<>[]{}|=^~*_\\/"
# Of 13,304 annotated names the longest has 83 characters; a row of repeats is none.
_LONGEST = 160
_SHORTEST = 2
# A headline has so many words longer than these; one at the head of a post may have so many in small letters.
_SHORTEST_HEADLINE, _SMALL, _SMALL_IN_HEADLINE = 4, 3, 1
# Between letters it shortens a Hebrew word: צה"ל.
_QUOTE = re.compile(r'"(?!\w)|(?<!\w)"')
_BEGIN, _END = re.compile(r"(?<!\w)"), re.compile(r"(?!\w)")
_LONGEST_PERSON = 3


def mend_borders(document: Document, names: Sequence[Name]) -> Iterator[Name]:
    """Yield the names in the order of the text, cut where they don't belong together, and whole."""
    body = Name(0, 0, "ORG")
    for name in _trim_headline(document, names):
        for part in _part_quoted(document.text, name):
            for piece in _part_list(document.text, part):
                for one in _part_title(document.text, piece):
                    for own in _own_end(document.text, _without_rank(document.text, one)):
                        whole = complete(document.text, own)
                        # "институт имени А. С." has the initials already.
                        taken = body.start < whole.start < body.end <= own.start
                        yield from _tight(document.text, own if taken else whole)
                    body = one if one.kind == "ORG" else body


def _without_rank(text: str, name: Name) -> Name:
    """Take the rank from a person's name; what begins with one is a person."""
    rank = _RANK.match(text, name.start, name.end)
    if rank is None or (name.kind == "ORG" and " " in text[rank.end() : name.end]):
        return name
    return replace(name, start=rank.end(), kind="PER")


def _own_end(text: str, name: Name) -> Iterator[Name]:
    """Part an organisation in Latin letters from a first name after it."""
    latin = _LATIN_THEN_NAME.fullmatch(text, name.start, name.end) if name.kind == "ORG" else None
    if latin and _SURNAME_AFTER.match(text, name.end):
        yield replace(name, end=latin.end(1))
        yield replace(name, start=latin.end(1), kind="PER")
    else:
        yield name


def _tight(text: str, name: Name) -> Iterator[Name]:
    """Yield the name without the blanks and the signs of markup at its edges, if a name is left."""
    surface = text[name.start : name.end]
    if surface.strip(_EDGES) and len(surface) <= _LONGEST:
        start = name.end - len(surface.lstrip(_EDGES))
        yield replace(name, start=start, end=start + len(surface.strip(_EDGES)))


def _trim_headline(document: Document, names: Sequence[Name]) -> Iterator[Name]:
    """Cut names of headlines down to names of the rest, since every word may be capitalised there.

    Where a headline has small letters, only what stands before a name is cut off, as in "Delaware Senate"; in Russian a
    body is named before its state ("МВД Грузии").
    """
    text = document.text
    loud = [_is_in_capitals(line) for line in document.lines]
    line_of = {name: bisect_right(document.lines, name.start, key=lambda line: line.start) - 1 for name in names}
    in_head = {
        name: loud[line]
        for name, line in line_of.items()
        if line >= 0 and (loud[line] or document.lines[line].headline)
    }
    places: dict[str, int] = {}
    for name in names:
        if name not in in_head:
            places.setdefault(text[name.start : name.end], len(places))
    for name in names:
        surface = text[name.start : name.end]
        doubtful = name in in_head and " " in surface and surface not in places and len(surface) <= _LONGEST
        parts = (part for part in _parts(surface) if part in places) if doubtful else ()
        cuts_before = document.lang != "ru" or name.kind != "ORG"
        if inner := [part for part in parts if in_head[name] or (cuts_before and surface.endswith(part))]:
            best = max(inner, key=lambda part: (len(part), -places[part]))
            start = name.start + surface.index(best)
            if name.kind == "PER" and text[name.start : start].strip():
                # A first name before the surname stays: "Colin Powell Resigns" becomes "Colin Powell".
                start = name.start
            yield replace(name, start=start, end=name.start + surface.index(best) + len(best))
            continue
        yield name


def _is_in_capitals(line: Line) -> bool:
    """Tell whether a line capitalises its words as English headlines do ("Obama Pushes to Limit Sales")."""
    capitals = small = 0
    for token in line.tokens:
        if len(token.text) > _SMALL and token.text.isalpha():
            if token.text[0].islower():
                small += 1
                if small > (_SMALL_IN_HEADLINE if line.headline else 0):
                    return False
            else:
                capitals += 1
    return capitals >= (1 if line.headline else _SHORTEST_HEADLINE)


def _parts(surface: str) -> Iterator[str]:
    """Yield what stands in a name between the edges of words, if it is longer than two characters."""
    ends = [match.start() for match in _END.finditer(surface)]
    for begin in _BEGIN.finditer(surface):
        yield from (surface[begin.start() : end] for end in ends if end > begin.start() + _SHORTEST)


def _part_quoted(text: str, name: Name) -> Iterator[Name]:
    """Part a name at a quotation mark that closes what was opened before it ("«Стаю" дронов ВСУ»")."""
    marks = list(_QUOTE.finditer(text, name.start, name.end))
    if len(marks) % 2 == 0:
        yield name
        return
    mark = marks[0].start()
    # The longer part is the name; small words before it are none.
    head, tail = (name.start, mark), (mark + 1, name.end)
    start, end = max(head, tail, key=lambda part: part[1] - part[0])
    while (word := _WORD.search(text, start, end)) and word[0].islower():
        start = word.end()
    if word:
        yield replace(name, start=word.start(), end=end)


def _part_list(text: str, name: Name) -> Iterator[Name]:
    """Part persons whom a comma divides, and whoever else is inside of each."""
    start = name.start
    if name.kind == "PER":
        for comma in _COMMA.finditer(text, name.start, name.end):
            yield from _part_role(text, replace(name, start=start, end=comma.start()))
            start = comma.end()
    yield from _part_role(text, replace(name, start=start))


def _part_role(text: str, name: Name) -> Iterator[Name]:
    """Part an organisation at somebody's office inside of it ("Reuters представитель МИД Украины")."""
    if name.kind == "ORG":
        for word in _WORD.finditer(text, name.start, name.end):
            low = word[0]
            if word.start() > name.start and low.islower() and "а" <= low[0] <= "я" and _is_somebody(low):
                yield replace(name, end=word.start() - 1)
                if word.end() + 1 < name.end:
                    yield replace(name, start=word.end() + 1)
                return
    yield name


def _is_somebody(word: str) -> bool:
    form = parse(word)
    return form.known and form.case == "nomn" and {"anim", "sing"} <= form.best


def _part_title(text: str, name: Name) -> Iterator[Name]:
    """Part an organisation from the title of somebody who belongs to it, and from himself."""
    if name.kind == "PER" and (adjective := _ADJECTIVE.match(text, name.start, name.end)):
        name = replace(name, start=adjective.end())
    titles = list(_TITLE.finditer(text, name.start, name.end)) if name.kind in ("ORG", "PER") else []
    if not titles:
        yield name
        return
    if name.kind == "ORG":
        yield replace(name, end=titles[-1].start())
    person = text[titles[-1].end() : name.end].strip()
    if 0 < len(person.split()) <= _LONGEST_PERSON:
        yield replace(name, start=name.end - len(person), kind="PER")
