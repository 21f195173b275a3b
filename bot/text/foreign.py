"""Make do with the English and Russian models in other languages.

Names are known there by their capitals, and by little lists of titles and bodies; states, the United Nations and the
European Union by what CLDR calls them in the language of the post, which is all where a script has no capitals.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.text.capitals import find_by_capitals
from bot.text.document import Document
from bot.text.gazetteers import locale_identifiers, territories
from bot.text.names import Name
from bot.text.states import find_state, unions

READ_NATIVELY = ("en", "ru")
_WITHOUT_CAPITALS = ("ar", "fa", "ur", "he", "hi", "bn", "ta", "th", "ka", "am", "ko", "ja", "zh")
# What Arabic and Hebrew write together with the word after it: and, in, to, so, the.
_PROCLITICS = r"(?:و|ف)?(?:ب|ل|ك)?"
_WITHOUT_SPACES = ("zh", "ja", "th")
_SURE = 0.9


def adapt_names(document: Document, names: Sequence[Name]) -> list[Name]:
    """Return the names of a post in a language that no model was trained for, in order; they don't overlap."""
    if document.lang not in _WITHOUT_CAPITALS:
        return find_by_capitals(document, names)
    latin = [name for name in names if document.text[name.start : name.end].isascii()]
    taken = {offset for name in latin for offset in range(name.start, name.end)}
    found = [name for name in _by_list(document) if taken.isdisjoint(range(name.start, name.end))]
    return sorted([*latin, *found], key=lambda name: name.start)


def _by_list(document: Document) -> Iterator[Name]:
    for match in _listed(document.lang).finditer(document.text):
        start, end = match.span("name")
        yield Name(start, end, "GPE" if find_state(match["name"], document.lang) else "ORG", _SURE)


@cache
def _listed(lang: str) -> re.Pattern[str]:
    """Return what finds the states and unions that CLDR knows by name, the longest first."""
    if lang not in locale_identifiers():
        return re.compile(r"(?P<name>(?!))")
    names = {name for name in (*(name for _, name in territories(lang)), *unions(lang)) if len(name) > 1}
    either = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    if lang in _WITHOUT_SPACES:
        return re.compile(f"(?P<name>{either})")
    return re.compile(rf"(?<!\w){_PROCLITICS}(?P<name>{either})(?!\w)")
