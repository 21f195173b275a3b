"""Stem Russian words as NLTK's Snowball stemmer does (snowballstem.org/algorithms/russian), in a tenth of its time.

NLTK goes through hundreds of endings of transliterated words; here the longest ending is found by look-ups. The few
words where its transliteration shows in the stem ("воюет" becomes "вои^") are left to it, so stems are the same always.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple


class Endings(NamedTuple):
    """Endings of one sort.

    Attributes:
        after_a: whether an ending must follow а or я, by the ending.
        lasts: the letters that they end in.
        longest: the length of the longest.

    """

    after_a: Mapping[str, bool]
    lasts: frozenset[str]
    longest: int


def _endings(after_a: str, anywhere: str) -> Endings:
    return _gathered(dict.fromkeys(after_a.split(), True) | dict.fromkeys(anywhere.split(), False))


def _gathered(after_a: Mapping[str, bool]) -> Endings:
    return Endings(after_a, frozenset(ending[-1] for ending in after_a), max(map(len, after_a)))


def _adjectival() -> Endings:
    adjective = "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею"
    participles = {"": False, "ивш": False, "ывш": False, "ующ": False} | dict.fromkeys(
        ("ем", "нн", "вш", "ющ", "щ"), True
    )
    return _gathered({part + ending: after_a for part, after_a in participles.items() for ending in adjective.split()})


_GERUND = _endings("в вши вшись", "ив ивши ившись ыв ывши ывшись")
_ADJECTIVAL = _adjectival()
_REFLEXIVE = _endings("", "ся сь")
_VERB = _endings(
    "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
    "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю",
)
_NOUN = _endings(
    "", "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я"
)
_PLAIN = re.compile("[а-я-]+")
# Where endings of the transliteration cut into a letter, or two letters look like another; NLTK leaves out ующая.
_CUT_INTO = re.compile("ъ|ьь|шч|ц[яь]|ю(?:ет|й|ю)|ующая")
# Й is a vowel and a consonant there.
_VOWEL, _CLOSED = re.compile("[аеиоуыэюяй]"), re.compile("[аеиоуыэюя][бвгджзклмнпрстфхцчшщьъ-]|й")


def stem_russian(word: str) -> str:
    """Return the stem of a word in small letters, with е for ё."""
    if not _PLAIN.fullmatch(word) or _CUT_INTO.search(word):
        return str(_snowball().stem(word))
    rv = _after(_VOWEL, word, 0)
    r2 = _after(_CLOSED, word, _after(_CLOSED, word, 0))
    stem = _without_inflection(word, rv)
    if stem.endswith("и") and len(stem) > rv:
        stem = stem[:-1]
    for ending in ("ость", "ост"):
        if stem.endswith(ending) and len(stem) - len(ending) >= r2:
            stem = stem.removesuffix(ending)
            break
    if stem.endswith("нн"):
        return stem[:-1]
    if stem.endswith(("ейше", "ейш")):
        stem = stem[: stem.rindex("ейш")]
        return stem[:-1] if stem.endswith("нн") else stem
    return stem.removesuffix("ь")


def _without_inflection(word: str, rv: int) -> str:
    """Cut the ending of a gerund, else the reflexive one and that of an adjective, a verb or a noun, after ``rv``."""
    if cut := _longest(_GERUND, word, rv):
        return word[:-cut]
    if cut := _longest(_REFLEXIVE, word, rv):
        word = word[:-cut]
    cut = _longest(_ADJECTIVAL, word, rv) or _longest(_VERB, word, rv) or _longest(_NOUN, word, rv)
    return word[:-cut] if cut else word


def _longest(endings: Endings, word: str, rv: int) -> int:
    """Return the length of the longest of some endings that a word has; 0 if none."""
    if word[-1:] not in endings.lasts:
        return 0
    for length in range(min(endings.longest, len(word) - rv), 0, -1):
        after_a = endings.after_a.get(word[-length:])
        if after_a is False or (after_a and length < len(word) - rv and word[-length - 1] in "ая"):
            return length
    return 0


def _after(pattern: re.Pattern[str], word: str, start: int) -> int:
    match = pattern.search(word, start)
    return match.end() if match else len(word)


@cache
def _snowball() -> Any:
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer("russian")
