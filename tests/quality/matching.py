"""Compare spellings: what counts as the same words in a gold answer and in ours."""

import re
from collections import Counter

_QUOTES = re.compile(r"[«»“”\"*_]")
_EDGES = " .,;:()"
_ARTICLE = re.compile(r"^(?:the|a|an) ")
_POSSESSIVE = re.compile(r"'s?$")
_WORD = re.compile(r"\w+")
_LONG_WORD = 4


def plain(text: str) -> str:
    """Take away what does not tell two spellings apart: case, ё, quotation marks, an article, a possessive."""
    folded = text.casefold().replace("ё", "е").replace("’", "'")
    stripped = _QUOTES.sub("", folded).strip(_EDGES)
    return _POSSESSIVE.sub("", _ARTICLE.sub("", stripped))


def words(text: str) -> list[str]:
    """Return the words of a text, as `plain` leaves them."""
    return _WORD.findall(plain(text))


def one_holds_other(one: str, other: str) -> bool:
    """Tell whether all words of one name stand in the other, one word of four letters or more among them."""
    shorter, longer = sorted((set(words(one)), set(words(other))), key=len)
    return shorter <= longer and any(len(word) >= _LONG_WORD for word in shorter)


def overlap(one: list[str], other: list[str]) -> float:
    """Return the F1 of the words that two texts share, repeats counted."""
    return f1(*shares(one, other))


def shares(one: list[str], other: list[str]) -> tuple[float, float]:
    """Return which share of each of two texts' words is in the other one, repeats counted."""
    common = (Counter(one) & Counter(other)).total()
    return ratio(common, len(one)), ratio(common, len(other))


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean; 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def ratio(part: float, whole: float) -> float:
    """Return the share of a part; 0 of nothing."""
    return part / whole if whole else 0.0
