"""Give words the case that they would have inside of a sentence, where the text tells nothing by its capitals.

Posts shout ("PUTIN ARRIVES IN MINSK"), and some are written without capitals at all; names must be found in both.
"""

from collections.abc import Sequence
from functools import lru_cache

from bot.text.words.gazetteers import base, casing, demonyms, first_names, known_names
from bot.text.words.morphology import parse

# Grammemes of OpenCorpora: first name, surname, patronymic, place, organisation.
_PROPER = frozenset(("Name", "Surn", "Patr", "Geox", "Orgn"))
_PLACES = frozenset(("state", "region", "city"))
_FEW_CAPITALS = 0.02


def is_shouted(words: Sequence[str]) -> bool:
    """Tell whether a line is written in capitals."""
    letters = [word for word in words if len(word) > 1 and word[0].isalpha()]
    return len(letters) > 1 and sum(word.isupper() for word in letters) > 0.7 * len(letters)


def is_whispered(lines: Sequence[Sequence[str]]) -> bool:
    """Tell whether a post is written without capitals; one of a few words may be so by chance."""
    letters = [word for words in lines for word in words if word[0].isalpha()]
    return len(letters) > 3 and sum(word[0].isupper() for word in letters) <= _FEW_CAPITALS * len(letters)


@lru_cache(maxsize=8192)
def true_case(word: str, lang: str) -> str:
    """Return the word as it is usually written; small if nothing is known of it."""
    low = word.lower()
    if not low[0].isalpha():
        return word
    if known := casing(lang).get(low):
        return known
    if lang == "ru" and "а" <= low[0] <= "ё":
        form = parse(low)
        if "Abbr" in form.tags and form.known:
            return low.upper()
        proper = bool(_PROPER & form.best) and form.known
    else:
        proper = low in first_names() or low in demonyms()
    proper = proper or known_names(lang).get((base(low),)) in _PLACES
    return low.capitalize() if proper else low
