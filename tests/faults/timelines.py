"""Days in the life of recaps, made up: schedules, what people change in them, what happens to clock and process.

A timeline is the same for the same seed. Its clock stands still within a step.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.recaps.slots import EVERY_DAY, Schedule
from tests.faults.recaps import Death

KINDS = ("channel", "channel", "channel", "private", "group", "topic")
FAULTS = ("drop_before", "drop_after", "error_before", "error_after", "late", "html", "flood", "refuse")
# In some of these nights a clock of the zones below is put forward or back.
_STARTS = (
    datetime(2025, 3, 29, 11, 0, 30, tzinfo=UTC),
    datetime(2025, 10, 25, 11, 0, 30, tzinfo=UTC),
    datetime(2025, 11, 1, 20, 0, 30, tzinfo=UTC),
    datetime(2025, 4, 5, 6, 0, 30, tzinfo=UTC),
    datetime(2025, 7, 3, 9, 0, 30, tzinfo=UTC),
)
_ZONES = (
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Yerevan",
    "Asia/Kathmandu",
    "Pacific/Chatham",
)
_STEPS = 40
_MOST_POSTS = 7
EVERY_HOUR = Schedule(tuple(time(hour) for hour in range(24)), ZoneInfo("UTC"))


class Change(StrEnum):
    """What somebody does to a recap."""

    PAUSE = "pause"
    RESUME = "resume"
    EDIT = "edit"


@dataclass(frozen=True)
class Made:
    """A recap as it is set up: what it reads, where it is posted, and which of its messages meet which fault."""

    kind: str
    desk: int
    schedule: Schedule
    faults: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Step:
    """A moment at which something may happen.

    Attributes:
        now: what the clock shows, which may be less than before.
        restarts: the process was stopped before, for as long as the clock says, and is started.
        posts: desks that get a post.
        changes: (recap, what, its new schedule if it is edited).
        strangers: recaps in whose channels somebody else posts.
        death: how the process ends, and at which message from now on.

    """

    now: datetime
    restarts: bool = False
    posts: tuple[int, ...] = ()
    changes: tuple[tuple[int, Change, Schedule | None], ...] = ()
    strangers: tuple[int, ...] = ()
    death: tuple[Death, int] | None = None


@dataclass(frozen=True)
class Timeline:
    """Recaps and steps; at the last ones, which let everything come, nothing goes wrong any more."""

    recaps: tuple[Made, ...]
    steps: tuple[Step, ...]
    last: tuple[Step, ...]

    @property
    def start(self) -> datetime:
        """When the recaps are set up."""
        return self.steps[0].now - timedelta(minutes=1)


def made_timeline(seed: int, recaps: int, desks: int) -> Timeline:
    """Make a timeline up; in the end no recap is paused, and each has a slot every hour."""
    rng = random.Random(seed)  # noqa: S311 - it must come again, not be secret
    made = tuple(_recap(rng, desks) for _ in range(recaps))
    steps = list(_steps(rng, made, desks))
    hours = [steps[-1].now + timedelta(hours=hour) for hour in range(1, 4)]
    edited = tuple((number, Change.EDIT, EVERY_HOUR) for number in range(recaps))
    resumed = tuple((number, Change.RESUME, None) for number in range(recaps))
    last = [hours[-1] + timedelta(minutes=minutes) for minutes in range(20)]
    end = (Step(hours[0], changes=edited), Step(hours[1], changes=resumed), *map(Step, hours[2:]), *map(Step, last))
    return Timeline(made, tuple(steps), end)


def _recap(rng: random.Random, desks: int) -> Made:
    faults = tuple((rng.choice(FAULTS), rng.randrange(6)) for _ in range(rng.choice((0, 0, 1, 1, 2))))
    return Made(rng.choice(KINDS), rng.randrange(desks), _schedule(rng), faults)


def _schedule(rng: random.Random) -> Schedule:
    zone = ZoneInfo(rng.choice(_ZONES))
    if rng.random() < 0.05:
        return Schedule(tuple(time(hour) for hour in range(0, 24, rng.choice((3, 5, 7, 12)))), zone)
    times = {
        time(rng.choice((0, 1, 2, 2, 3, *range(24))), rng.choice((0, 30, rng.randrange(60))))
        for _ in range(rng.randint(1, 2))
    }
    days = frozenset(rng.sample(range(7), rng.randint(1, 6))) if rng.random() < 0.3 else EVERY_DAY
    return Schedule(tuple(sorted(times)), zone, days)


def _steps(rng: random.Random, made: Sequence[Made], desks: int) -> Iterator[Step]:
    now = rng.choice(_STARTS) + timedelta(days=rng.randrange(-1, 1))
    left = [_MOST_POSTS] * desks
    for _ in range(_STEPS):
        passed, restarts = _passing(rng)
        now += passed
        posts = tuple(desk for desk in range(desks) if left[desk] and rng.random() < 0.2)
        for desk in posts:
            left[desk] -= 1
        yield Step(
            now,
            restarts,
            posts,
            tuple(_changes(rng, len(made))),
            tuple(rng.sample(range(len(made)), 2)) if rng.random() < 0.3 else (),
            (rng.choice((Death.BEFORE, Death.DURING, Death.AFTER)), rng.randrange(12)) if rng.random() < 0.15 else None,
        )


def _passing(rng: random.Random) -> tuple[timedelta, bool]:
    """Let time pass: a while; or a lid is shut, the process stopped, or the clock put back."""
    luck = rng.random()
    if luck < 0.03:
        return timedelta(hours=13), True
    if luck < 0.06:
        return timedelta(hours=rng.randint(2, 14), minutes=rng.randrange(60)), False
    if luck < 0.1:
        return -timedelta(minutes=rng.randint(10, 360)), rng.random() < 0.5
    return timedelta(minutes=rng.randint(5, 90)), rng.random() < 0.05


def _changes(rng: random.Random, recaps: int) -> Iterator[tuple[int, Change, Schedule | None]]:
    for number in rng.sample(range(recaps), recaps // 20):
        change = rng.choice(list(Change))
        yield number, change, _schedule(rng) if change is Change.EDIT else None
