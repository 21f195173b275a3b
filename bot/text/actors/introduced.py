"""Know organisations by the noun before their names: "the telecom firm Paltel"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.text.actors.names import Name, overlapping
from bot.text.actors.states import find_state
from bot.text.words.document import Document, Line
from bot.text.words.gazetteers import calendar, first_names, organisation_nouns, role_nouns
from bot.text.words.tokens import is_stopword

# How sure a name is that only the noun before it tells.
_SURE = 0.7
_MOST_WORDS = 3
# What the title of a minister, or a part of the world, begins with.
_NO_NAMES = ("prime", "foreign", "finance", "interior", "defense", "defence", "north", "south", "east", "west")


def know_introduced(document: Document, names: Sequence[Name]) -> list[Name]:
    """Return the names of an English post, in its order, with those told so that a noun for a body stands before.

    What is told once is so wherever it is named.
    """
    text, told = document.text, list(names)
    bodies = set()
    for run in (run for line in document.lines for run in _introduced(line)):
        where = overlapping(told, run.start, run.end)
        inside = told[where]
        if not inside:
            told[where] = [run]
        elif inside[0].start == run.start and _may_be_body(text, inside[0]):
            bodies.add(text[inside[0].start : inside[0].end])
    return [replace(name, kind="ORG") if text[name.start : name.end] in bodies else name for name in told]


def _introduced(line: Line) -> Iterator[Name]:
    """Yield the runs of capitals that stand right behind a noun for an organisation."""
    words = [token.text for token in line.tokens]
    if organisation_nouns().isdisjoint(words):
        return
    for place, (noun, first) in enumerate(pairwise(words), start=1):
        if not (noun.islower() and noun in organisation_nouns()):
            continue
        start = place + 1 if first == "," else place
        last = start
        while last < min(len(words), start + _MOST_WORDS) and _is_capital(words[last]):
            last += 1
        # "The company, Eurocopter, has", but not "the company, Boeing and"
        if last > start and (first != "," or words[last : last + 1] == [","]):
            yield Name(line.tokens[start].start, line.tokens[last - 1].end, "ORG", _SURE)


def _is_capital(word: str) -> bool:
    """Tell whether a capital may be an organisation's, and no day's, title's or small word's."""
    low = word.lower()
    is_other = low in calendar() or low in role_nouns() or low in _NO_NAMES or is_stopword(word, "en")
    return word[0].isupper() and not is_other


def _may_be_body(text: str, name: Name) -> bool:
    """Tell whether the name may be an organisation's: no full name of a person, no state, no people."""
    first, *others = text[name.start : name.end].lower().split()
    if name.kind == "PER":
        return not others or first not in first_names()
    return name.kind in ("GPE", "LOC", "MISC") and find_state(text[name.start : name.end]) is None
