"""Make do with the English and Russian models in other languages.

Names are known there by their capitals, and by little lists of titles and bodies; states, the United Nations and the
European Union by what CLDR calls them in the language of the post, which is all where a script has no capitals.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from bot.text.actors.foreign.capitals import find_by_capitals
from bot.text.actors.foreign.uncased import PROCLITICS, find_uncased
from bot.text.actors.names import Name
from bot.text.actors.states import find_state, native_names, spelled, unions
from bot.text.words.document import Document
from bot.text.words.gazetteers import locale_identifiers

READ_NATIVELY = ("en", "ru")
_WITHOUT_CAPITALS = ("ar", "fa", "ur", "he", "hi", "bn", "ta", "th", "ka", "am", "ko", "ja", "zh")
_WITHOUT_SPACES = ("zh", "ja", "th")
_SURE = 0.9


def adapt_names(document: Document, names: Sequence[Name]) -> list[Name]:
    """Return the names of a post in a language that no model was trained for, in order; they don't overlap."""
    if document.lang not in _WITHOUT_CAPITALS:
        return find_by_capitals(document, names)
    kept: list[Name] = []
    taken: set[int] = set()
    latin = (name for name in names if document.text[name.start : name.end].isascii())
    for name in chain(latin, find_uncased(document), _by_list(document)):
        place = range(name.start, name.end)
        if taken.isdisjoint(place):
            kept.append(name)
            taken.update(place)
    return sorted(kept, key=lambda name: name.start)


def _by_list(document: Document) -> Iterator[Name]:
    for match in _listed(document.lang).finditer(document.text):
        start, end = match.span("name")
        yield Name(start, end, "GPE" if find_state(match["name"], document.lang) else "ORG", _SURE)


@cache
def _listed(lang: str) -> re.Pattern[str]:
    """Return what finds the states and unions that CLDR knows by name, the longest first."""
    if lang not in locale_identifiers():
        return re.compile(r"(?P<name>(?!))")
    names = {spelled(name) for name in (*(name for _, name in native_names(lang)), *unions(lang)) if len(name) > 1}
    either = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    if lang in _WITHOUT_SPACES:
        return re.compile(f"(?P<name>{either})")
    return re.compile(rf"(?<!\w){PROCLITICS.get(lang, '')}(?P<name>{either})(?!\w)")
