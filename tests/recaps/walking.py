"""The oracle for slots: it knows nothing of how time zones change but what their clocks show."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.recaps.slots import Schedule


def by_brute_force(schedule: Schedule, start: datetime, end: datetime, step: timedelta) -> list[datetime]:
    """Find slots by walking over time: a local time runs at the first step whose local time is not before it."""
    clock, shown = _walk(schedule.zone, start, end, step)
    wanted = sorted(
        datetime.combine(shown[0].date() + timedelta(days=day), at)
        for day in range((end - start).days + 3)
        for at in schedule.times
        if (shown[0].date() + timedelta(days=day)).weekday() in schedule.weekdays
    )
    found, place = [], 0
    for local in wanted:
        while place < len(clock) and shown[place] < local:
            place += 1
        if place == len(clock):
            break
        if place:  # what is reached before the walk began belongs to an earlier day
            found.append(clock[place])
    return sorted(set(found))


@lru_cache(maxsize=20)
def _walk(zone: ZoneInfo, start: datetime, end: datetime, step: timedelta) -> tuple[list[datetime], list[datetime]]:
    """Return the instants of a walk, and what a clock shows at each."""
    clock = [start + n * step for n in range((end - start) // step)]
    return clock, [moment.astimezone(zone).replace(tzinfo=None) for moment in clock]
