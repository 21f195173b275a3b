"""When a recap is due: arithmetic of local times, without a clock and without a database.

A slot is one due time of a recap, an instant in UTC. It comes from a local time in an IANA zone, where some times of a
year don't exist and others exist twice:

    a time that does not exist that day    runs at the first instant after the gap
    a time that exists twice               runs once, the first time
    two times that fall on one instant     are one slot
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
# Every schedule has a slot within a week; a gap can move it by a day.
_LONGEST_LOOK = timedelta(days=9)
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Schedule:
    """The local times of a recap.

    Attributes:
        times: times of day without a zone, in order, each once; at least one.
        weekdays: days on which they hold, 0 is Monday; at least one.
        zone: where the clock hangs.

    """

    times: tuple[time, ...]
    zone: ZoneInfo
    weekdays: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True)
class Due:
    """A slot that has come, and may be late.

    Attributes:
        slot: the newest of those that were missed; one recap makes up for all of them.
        too_late: it was due so long ago that it is skipped; its posts wait for the next slot.

    """

    slot: datetime
    too_late: bool


def slots(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """Yield the slots later than an instant, for ever, in UTC; ascending, no two alike."""
    # A gap can move a slot by a day at most (Samoa left out 30 December 2011), so begin two days earlier.
    day = after.astimezone(schedule.zone).date() - 2 * _DAY
    last = after
    while True:
        if day.weekday() in schedule.weekdays:
            for at in schedule.times:
                slot = instant(datetime.combine(day, at), schedule.zone)
                if slot > last:
                    yield slot
                    last = slot
        day += _DAY


def next_slot(schedule: Schedule, after: datetime) -> datetime:
    """Return the first slot later than an instant."""
    return next(slots(schedule, after))


def due(schedule: Schedule, since: datetime, now: datetime, catch_up: timedelta) -> Due | None:
    """Tell which slot has come after ``since`` (the last one that was dealt with); None if none has.

    If several have come while nobody looked, the newest stands for all; one that is later than ``catch_up`` is to be
    skipped.
    """
    newest = None
    for slot in slots(schedule, max(since, now - _LONGEST_LOOK)):
        if slot > now:
            break
        newest = slot
    return Due(newest, too_late=now - newest > catch_up) if newest else None


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which a local time without a zone runs."""
    # PEP 495: with fold 0 a time that exists twice means the first one, and one in a gap goes by the offset before it.
    later = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if later.astimezone(zone).replace(tzinfo=None) == local:
        return later
    # In a gap: with fold 1 it goes by the offset after the gap, which gives an instant before the clocks change.
    earlier = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _change_between(earlier, later, zone)


def _change_between(earlier: datetime, later: datetime, zone: ZoneInfo) -> datetime:
    """Find the instant at which the clocks change, by halving; zones change at whole seconds."""
    offset = earlier.astimezone(zone).utcoffset()
    while later - earlier > _SECOND:
        middle = earlier + (later - earlier) // _SECOND // 2 * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            earlier = middle
        else:
            later = middle
    return later
