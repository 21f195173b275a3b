"""Find figures that differ: numbers of one story that count the same thing and are not equal."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.posts import Analysis, Conflict, Number, NumberKind
from bot.text.numbers.tables import sections
from bot.text.numbers.topics import PEOPLE, Topic, topic_of

_COMPARED = (NumberKind.COUNT, NumberKind.MONEY, NumberKind.PERCENT, NumberKind.MEASURE)
# Shares of the words in common, of the shorter and of the longer clause, from which two are about the same thing.
_ALIKE_SHORTER = 0.6
_ALIKE_LONGER = 0.3
# Numbers of the same thing seldom differ more than so many times, but tolls grow.
_FURTHEST = 5.0
_LEAST_POSTS = 2
# 6.2 and 6.24 million are one.
_ROUNDING = 0.01
# What may have happened to people, by the beginnings of the words for it.
_FATES = {
    name: tuple(", ".join(rows).split(", ")) for name, rows in sections("cues").items() if name.startswith("fate")
}


# What is told: its kind, its unit, its value.
_Figure = tuple[NumberKind, str | None, float | tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Told:
    """A number as one post tells it; ``figures`` are all that this post tells."""

    number: Number
    topic: Topic
    fates: frozenset[str]
    figure: _Figure
    figures: frozenset[_Figure]


def find_conflicts(analyses: Sequence[Analysis]) -> tuple[Conflict, ...]:
    """Return the conflicts within one story, whose posts come oldest first; so do the numbers of each conflict.

    Precise rather than many: of one unit, about the same in most of their words or in what happened to people, and
    from different posts. A value that is told again is listed once, as it was told first.
    """
    if len(analyses) < _LEAST_POSTS:
        return ()
    chains: list[list[_Told]] = []
    for analysis in analyses:
        for told in _told(analysis):
            chain = next((chain for chain in chains if _counts_the_same(chain[-1], told)), None)
            if chain is None:
                chains.append([told])
            elif all(_is_news(told, earlier) for earlier in chain):
                chain.append(told)
    return tuple(
        Conflict(chain[-1].number.about, tuple(told.number for told in chain))
        for chain in chains
        if chain[-1].number.about and len(chain) > 1
    )


def fates_of(number: Number) -> frozenset[str]:
    """Return what a number says happened to people, by its unit and by what is said about it."""
    words = f"{number.unit} {number.about.text if number.about else ''}".lower().split()
    return frozenset(
        fate for fate, beginnings in _FATES.items() if any(word.strip('«"(').startswith(beginnings) for word in words)
    )


def _told(analysis: Analysis) -> list[_Told]:
    """Return the numbers of a post that can be compared."""
    numbers = [
        (number, topic_of(number, analysis.lang), number.value)
        for number in analysis.numbers
        if number.kind in _COMPARED and number.about is not None and number.value is not None
    ]
    keys: list[_Figure] = [(topic.kind, topic.unit, value) for _, topic, value in numbers]
    figures = frozenset(keys)
    return [
        _Told(number, topic, fates_of(number), figure, figures)
        for (number, topic, _), figure in zip(numbers, keys, strict=True)
    ]


def _is_news(told: _Told, earlier: _Told) -> bool:
    """Tell whether a number is of another post than an earlier one, and differs by more than rounding.

    Posts that have a number in common agree on it: what else they tell, as of a year before, is no other opinion. But
    a toll grows, and posts tell from what.
    """
    if told.number.span.post == earlier.number.span.post or told.figure in earlier.figures:
        return False
    if not told.fates and earlier.figure in told.figures:
        return False
    mine, theirs = told.number.value, earlier.number.value
    if isinstance(mine, tuple) or isinstance(theirs, tuple):
        return mine != theirs
    return not math.isclose(mine or 0.0, theirs or 0.0, rel_tol=_ROUNDING)


def _counts_the_same(one: _Told, other: _Told) -> bool:
    if one.topic.kind is not other.topic.kind or one.fates != other.fates:
        return False
    if len(one.fates) == 1 and {one.topic.unit, other.topic.unit} <= {PEOPLE, None}:
        return True
    if one.topic.unit != other.topic.unit or one.topic.unit is None or not _comparable(one.number, other.number):
        return False
    mine, theirs = one.topic.words, other.topic.words
    shorter, longer = sorted((len(mine), len(theirs)))
    shared = len(mine & theirs)
    return shared > 0 and shared >= _ALIKE_SHORTER * shorter and shared >= _ALIKE_LONGER * longer


def _comparable(one: Number, other: Number) -> bool:
    mine, theirs = _middle(one), _middle(other)
    return mine > 0 and theirs > 0 and 1 / _FURTHEST <= mine / theirs <= _FURTHEST


def _middle(number: Number) -> float:
    if isinstance(number.value, tuple):
        return sum(number.value) / 2
    return number.value or 0.0
