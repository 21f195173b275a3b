"""Find figures that differ: numbers of one story that count the same thing and are not equal."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.posts import Analysis, Conflict, Number, NumberKind
from bot.text.numbers.tables import sections
from bot.text.numbers.topics import Topic, topic_of

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


@dataclass(frozen=True, slots=True)
class _Told:
    """A number as one post tells it."""

    number: Number
    topic: Topic
    fates: frozenset[str]


def find_conflicts(analyses: Sequence[Analysis]) -> tuple[Conflict, ...]:
    """Return the conflicts within one story, whose posts come oldest first; so do the numbers of each conflict.

    Precise rather than many: of one unit, about the same in most of their words or in what happened to people, and
    from different posts. A value that is told again is listed once, as it was told first.
    """
    if len(analyses) < _LEAST_POSTS:
        return ()
    chains: list[list[_Told]] = []
    for analysis in analyses:
        for told in filter(None, (_told(number, analysis.lang) for number in analysis.numbers)):
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


def _told(number: Number, lang: str) -> _Told | None:
    if number.kind not in _COMPARED or number.about is None or number.value is None:
        return None
    topic = topic_of(number, lang)
    words = f"{number.unit} {number.about.text}".lower().split()
    fates = {
        fate for fate, beginnings in _FATES.items() if any(word.strip('«"(').startswith(beginnings) for word in words)
    }
    return _Told(number, topic, frozenset(fates))


def _is_news(told: _Told, earlier: _Told) -> bool:
    """Tell whether a number is of another post than an earlier one, and differs by more than rounding."""
    if told.number.span.post == earlier.number.span.post:
        return False
    mine, theirs = told.number.value, earlier.number.value
    if isinstance(mine, tuple) or isinstance(theirs, tuple):
        return mine != theirs
    return not math.isclose(mine or 0.0, theirs or 0.0, rel_tol=_ROUNDING)


def _counts_the_same(one: _Told, other: _Told) -> bool:
    if one.topic.kind is not other.topic.kind or one.fates != other.fates:
        return False
    if len(one.fates) == 1 and {one.topic.unit, other.topic.unit} <= {"people", None}:
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
