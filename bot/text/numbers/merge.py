"""Merge the numbers of several posts."""

from collections import defaultdict
from collections.abc import Sequence

from bot.posts import Analysis, Number, NumberKind
from bot.text.numbers.topics import Topic, topic_of

# One value of these is often said of different things: the last two years, the next two years.
_COMMON_KINDS = (NumberKind.DURATION, NumberKind.PERCENT)
_ALIKE = 0.5
_COMMON_UNITS = (None, "time", "times", "раз", "раза")


def merge_numbers(analyses: Sequence[Analysis]) -> tuple[Number, ...]:
    """Keep one number of those in some posts that say the same, the one that says more; best first.

    Numbers say the same that are equal and of one unit; spans of time, shares and numbers without a noun must also be
    about the same, and so must a number that one post tells as exact and as a limit. A measure told both ways is two:
    what was reached, and what can be.
    """
    kept: list[tuple[Number, Topic]] = []
    places: defaultdict[object, list[int]] = defaultdict(list)
    for analysis in analyses:
        for number in analysis.numbers:
            topic = topic_of(number, analysis.lang)
            equals = places[topic.kind, topic.unit, number.value]
            twin = next((at for at in equals if _says_the_same(kept[at], (number, topic))), None)
            if twin is None:
                equals.append(len(kept))
                kept.append((number, topic))
            elif _says(number) > _says(kept[twin][0]):
                kept[twin] = number, topic
    return tuple(sorted((number for number, _ in kept), key=lambda number: -number.score))


def _says_the_same(one: tuple[Number, Topic], other: tuple[Number, Topic]) -> bool:
    mine, theirs = one[1], other[1]
    if mine.kind is NumberKind.AGE:
        return True
    of_one_post = one[0].span.post == other[0].span.post and one[0].qualifier is not other[0].qualifier
    if of_one_post and mine.kind is NumberKind.MEASURE:
        return False
    if mine.kind not in _COMMON_KINDS and mine.unit not in _COMMON_UNITS and not of_one_post:
        return True
    shared = len(mine.words & theirs.words)
    return shared > 0 and shared >= _ALIKE * min(len(mine.words), len(theirs.words))


def _says(number: Number) -> tuple[bool, float]:
    return number.about is not None, number.score
