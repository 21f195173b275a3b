"""Tell which sentences of a story give a toll that was outgrown: 63 dead where a later post tells of 78."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.posts import Analysis, Conflict, Number, NumberKind, Post, Span
from bot.text.numbers.conflicts import fates_of
from bot.text.numbers.topics import PEOPLE, topic_of

# A number that is more times greater counts something else: the dead of a whole war, or of another year.
_MOST_GROWTH = 10.0


@dataclass(frozen=True, slots=True)
class _Toll:
    """How many people a post says had a fate, and where."""

    fate: str
    people: float
    start: int


def outgrown(posts: Sequence[Post], analyses: Sequence[Analysis]) -> frozenset[Span]:
    """Return the sentences of a story's posts, oldest first, that give a toll of which a later post tells more.

    A sentence that gives the later figure beside the earlier one is none of them. Of posts without dates nobody knows
    which is later.
    """
    if not all(post.date for post in posts):
        return frozenset()
    later: defaultdict[str, list[float]] = defaultdict(list)
    found = set()
    for analysis in reversed(analyses):
        tolls = set(_tolls(analysis))
        old = {toll for toll in tolls if _is_outgrown(toll.people, later[toll.fate])}
        for candidate in analysis.candidates if old else ():
            held = {toll for toll in tolls if candidate.span.start <= toll.start < candidate.span.end}
            if {toll.fate for toll in held & old} - {toll.fate for toll in held - old}:
                found.add(candidate.span)
        for toll in tolls:
            insort(later[toll.fate], toll.people)
    return frozenset(found)


def grows(conflict: Conflict) -> bool:
    """Tell whether the numbers of a conflict are those of a toll that grew from each to the next."""
    if not frozenset.intersection(*map(fates_of, conflict.values)):
        return False
    return all(0 < _most(less) < _most(more) for less, more in pairwise(conflict.values))


def _tolls(analysis: Analysis) -> Iterator[_Toll]:
    for number in analysis.numbers:
        fates = fates_of(number) if number.kind is NumberKind.COUNT else ()
        if len(fates) == 1 and topic_of(number, analysis.lang).unit in (PEOPLE, None):
            (fate,) = fates
            yield _Toll(fate, _most(number), number.span.start)


def _is_outgrown(people: float, later: Sequence[float]) -> bool:
    """Tell whether one of some figures, sorted, is greater, and not too much."""
    place = bisect_right(later, people)
    return place < len(later) and later[place] <= _MOST_GROWTH * people


def _most(number: Number) -> float:
    """Return how many a number says, a range at most; 0 if it does not say."""
    return max(number.value) if isinstance(number.value, tuple) else number.value or 0.0
