"""Rank sentences: how much of what the posts talk about a sentence covers, and where it stands.

Coverage over stems and bigrams of stems follows SumBasic's idea (Nenkova & Vanderwende 2005) with frequencies dampened;
position follows the inverted pyramid of news; repetition is held down as in MMR (Carbonell & Goldstein 1998).
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Measured on Russian news and TAC topics: position to the power of -0.3 beats harmonic and linear decay.
_POSITION_POWER = 0.3
_BIGRAM_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence as the ranker sees it.

    Attributes:
        terms: stems of its content words.
        position: its place in its post, from 0.
        weight: multiplies its score: fitness to be quoted, actors and numbers it carries, date.

    """

    terms: tuple[str, ...]
    position: int
    weight: float = 1.0


def rank(items: Sequence[Item]) -> list[float]:
    """Return a score for every sentence; linear in their number."""
    stems, bigrams = Counter[str](), Counter[tuple[str, str]]()
    for item in items:
        stems.update(set(item.terms))
        bigrams.update(set(_pairs(item.terms)))
    return [_coverage(item, stems, bigrams) * _position(item.position) * item.weight for item in items]


def _coverage(item: Item, stems: Counter[str], bigrams: Counter[tuple[str, str]]) -> float:
    if not item.terms:
        return 0.0
    gain = sum(math.log1p(stems[term]) for term in set(item.terms))
    gain += _BIGRAM_WEIGHT * sum(math.log(bigrams[pair]) for pair in set(_pairs(item.terms)))
    # Divided by the square root of the length: neither the shortest nor the longest sentence wins by length alone.
    return gain / math.sqrt(len(item.terms) + 3)


def _position(position: int) -> float:
    return float((position + 1) ** -_POSITION_POWER)


def _pairs(terms: Sequence[str]) -> list[tuple[str, str]]:
    return list(pairwise(terms))


def choose(items: Sequence[Item], scores: Sequence[float], fits: Callable[[int], bool]) -> list[int]:
    """Take sentences, best first, while they fit, passing over those that repeat what was taken.

    ``fits(index)`` is asked once for each candidate, and a yes takes it.
    """
    chosen: list[int] = []
    seen: set[str] = set()
    for index in sorted(range(len(items)), key=lambda index: (-scores[index], index)):
        terms = set(items[index].terms)
        if not terms or (len(terms & seen) > _REPEATED * len(terms) and _repeats(terms, items, chosen)):
            continue
        if fits(index):
            chosen.append(index)
            seen |= terms
    return chosen


# A sentence of which one taken sentence holds more than this share of stems says nothing new.
_REPEATED = 0.6


def _repeats(terms: set[str], items: Sequence[Item], chosen: Sequence[int]) -> bool:
    return any(len(terms & set(items[index].terms)) > _REPEATED * len(terms) for index in chosen)
