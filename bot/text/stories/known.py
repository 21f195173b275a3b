"""Tell whether a sentence of a story says something to a reader who has read others of it.

Posts of one event tell it in words of their own, so that what is new in a sentence is asked, and how much that says:
rare words say more than common ones.
"""

import math
import re
from collections.abc import Iterable, Sequence

from bot.text.stories.weighing import background

# A sentence is known if of what its words say this share was said before. By reading what two days of real posts give:
# from 0.5 on headlines of other posts come through that tell the event again, below 0.4 news of a known thing are lost.
_KNOWN = 0.45
# As how rare a word counts that is not common.
_RARE = 1 / 3000
_FIGURE = re.compile(r"\d+(?:[.,  ]\d+)*")


class Known:
    """What the reader of some sentences knows; words are stems in a language.

    ``enough`` is the share of what a sentence says, 0..1, from which on it is known.
    """

    def __init__(self, lang: str, enough: float = _KNOWN) -> None:
        self._common = background(lang)
        self._enough = enough
        self._words: set[str] = set()

    def add(self, terms: Iterable[str]) -> None:
        """Read a sentence."""
        self._words.update(terms)

    def holds(self, terms: Iterable[str]) -> bool:
        """Tell whether a sentence says little that is new; one without words says nothing."""
        said = {term: -math.log(self._common.get(term, 0.0) + _RARE) for term in set(terms)}
        return sum(said[term] for term in said.keys() & self._words) >= self._enough * sum(said.values())


def untold_first(numbers: Sequence[str], told: Sequence[str]) -> list[int]:
    """Return the places of numbers, as they are written, those last that a reader of some sentences knows.

    Figures that stand in a sentence or in a number before are known, whatever is counted: "29 drones" after "29 UAVs".
    """
    figures = {figure for sentence in told for figure in _FIGURE.findall(sentence)}
    fresh: list[int] = []
    known: list[int] = []
    for place, number in enumerate(numbers):
        mine = _FIGURE.findall(number)
        is_known = figures.issuperset(mine) if mine else any(number in sentence for sentence in told)
        (known if is_known else fresh).append(place)
        figures.update(mine)
    return fresh + known
