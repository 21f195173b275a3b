"""Count what the picture of a recap shows: who is named most, and how its stories went over time.

Pure functions, no I/O.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.posts import Analysis
from bot.printing.page import readable
from bot.recaps.compose import Composed, Item
from bot.text.actors.find import merge_actors

MOST_ACTORS = 5
MOST_STORIES = 4
_MOST_STRETCHES = 24
_MOST_TICKS = 6
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_STEPS = (
    *(minutes * _MINUTE for minutes in (10, 30)),
    *(hours * _HOUR for hours in (1, 2, 3, 6, 12)),
    *(days * _DAY for days in (1, 2, 7, 14, 28, 84, 364)),
)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - counts wall-clock time, as a reader does


@dataclass(frozen=True, slots=True)
class Named:
    """An actor, and how many posts name it."""

    name: str
    posts: int


@dataclass(frozen=True, slots=True)
class Course:
    """A story, and how many of its posts each stretch of time has."""

    title: str
    posts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a picture shows.

    Attributes:
        actors: the most named first.
        stories: those that matter most first.
        others: how many further posts each stretch has.
        stretches: when each begins, on the reader's clock, without a zone; each is as long as the others.
        ticks: which of them are to be labelled.

    """

    actors: tuple[Named, ...]
    stories: tuple[Course, ...]
    others: tuple[int, ...]
    stretches: tuple[datetime, ...]
    ticks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands in a picture besides names and headlines, in the reader's language.

    Attributes:
        title: of the recap.
        about: of which time it is.
        actors, stories: above the two parts.
        others: all other posts.
        ticks: times, one for each tick of the chart.

    """

    title: str
    about: str
    actors: str
    stories: str
    others: str
    ticks: tuple[str, ...]


def chart(composed: Composed, analyses: Mapping[int, Analysis], zone: ZoneInfo, longest: timedelta) -> Chart:
    """Count what a recap tells, and the posts that it was made of.

    Args:
        composed: the recap.
        analyses: by seq, of the posts of its stories.
        zone: of its readers.
        longest: how far before the newest post the course of time begins at most. What is older was forwarded late.

    """
    clocks = {post.id: _on_the_clock(post.date, zone) for post in composed.posts if post.date}
    newest = max(clocks.values(), default=None)
    clocks = {name: clock for name, clock in clocks.items() if newest and clock >= newest - longest}
    stretches = _stretches(min(clocks.values()), max(clocks.values())) if clocks else ()
    stories = []
    for item in composed.items[:MOST_STORIES]:
        own = [clocks.pop(post.id) for post in item.posts if post.id in clocks]
        stories.append(Course(readable(item.story.title), _count(own, stretches)))
    others = _count(list(clocks.values()), stretches)
    return Chart(_named_most(composed.items, analyses), tuple(stories), others, stretches, _ticks(stretches))


def _named_most(items: Sequence[Item], analyses: Mapping[int, Analysis]) -> tuple[Named, ...]:
    told = [
        (analyses[seq], post.source) for item in items for seq, post in zip(item.told.posts, item.posts, strict=True)
    ]
    actors = merge_actors([analysis.actors for analysis, _ in told], [source for _, source in told])
    counted = [Named(actor.name, len({mention.post for mention in actor.mentions})) for actor in actors]
    return tuple(sorted(counted, key=lambda named: -named.posts)[:MOST_ACTORS])


def _on_the_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _stretches(first: datetime, last: datetime) -> tuple[datetime, ...]:
    """Divide a time into few stretches of one length, which begin on the full hour or at midnight if they are long."""
    step = next((step for step in _STEPS if (last - _begin(first, step)) // step < _MOST_STRETCHES), _STEPS[-1])
    begin = _begin(first, step)
    return tuple(begin + number * step for number in range((last - begin) // step + 1))


def _begin(moment: datetime, step: timedelta) -> datetime:
    """Return the last beginning of a stretch; days begin with the first one's midnight."""
    if step > _DAY:
        return datetime.combine(moment.date(), time())
    return moment - (moment - _EPOCH) % step


def _count(clocks: Sequence[datetime], stretches: Sequence[datetime]) -> tuple[int, ...]:
    counts = [0] * len(stretches)
    for clock in clocks:
        counts[_place(clock, stretches)] += 1
    return tuple(counts)


def _place(clock: datetime, stretches: Sequence[datetime]) -> int:
    if len(stretches) == 1:
        return 0
    return (clock - stretches[0]) // (stretches[1] - stretches[0])


def _ticks(stretches: Sequence[datetime]) -> tuple[int, ...]:
    """Choose stretches to be labelled: on round times, and no more than there is room for."""
    if len(stretches) > 1 and stretches[1] - stretches[0] >= _DAY:
        return tuple(range(0, len(stretches), -(-len(stretches) // _MOST_TICKS)))
    for step in _STEPS:
        round_ones = [number for number, begin in enumerate(stretches) if not (begin - _EPOCH) % step]
        if round_ones and len(round_ones) <= _MOST_TICKS:
            return tuple(round_ones)
    return (0,) if stretches else ()
