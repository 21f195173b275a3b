"""Read a schedule as people type it, and write it down so that it reads the same again.

    daily 09:00,18:30 Europe/Yerevan        ежедневно 9:00 18:30
    weekdays 8:00                           по будням 8
    mon,thu 7pm Yerevan                     пн,чт 19:00
    weekly fri 17:00                        еженедельно пт 17:00
    every 3 hours                           каждые 3 часа

Words may come in any order; what is left out is every day, and the zone of the chat.
"""

import re
from collections import deque
from collections.abc import Iterator
from datetime import time
from zoneinfo import ZoneInfo

from bot.errors import ScheduleFault
from bot.recaps.slots import EVERY_DAY, Schedule
from bot.recaps.zones import find_zone

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS_RU = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_LONG = (
    ("monday", "mondays", "понедельник", "понедельникам"),
    ("tuesday", "tuesdays", "вторник", "вторникам"),
    ("wednesday", "wednesdays", "среда", "среду", "средам"),
    ("thursday", "thursdays", "четверг", "четвергам"),
    ("friday", "fridays", "пятница", "пятницу", "пятницам"),
    ("saturday", "saturdays", "суббота", "субботу", "субботам"),
    ("sunday", "sundays", "воскресенье", "воскресеньям"),
)
_GROUPS = {
    EVERY_DAY: ("daily", "everyday", "ежедневно"),
    frozenset(range(5)): ("weekdays", "workdays", "будни", "будням"),
    frozenset((5, 6)): ("weekends", "weekend", "выходные", "выходным"),
}
_WEEKDAYS = {
    **{word: frozenset((day,)) for day, words in enumerate(_LONG) for word in words},
    **{word: frozenset((day,)) for names in (_DAYS, _DAYS_RU) for day, word in enumerate(names)},
    **{word: days for days, words in _GROUPS.items() for word in words},
}
_FILLERS = frozenset(
    "at on and weekly every each day in time в во по и еженедельно каждый каждую день время времени".split()  # noqa: SIM905 - a sentence reads better than 18 strings
)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s?([ap]m)?")
_EVERY = re.compile(
    r"\b(?:every|each|кажды[ей]|раз в)\s+(?:(\d{1,2})\s*)?(?:h|hours?|hrs?|ч|час|часа|часов)(?!\w)"
    r"|\b(?:hourly|ежечасно)\b"
)
_HOURS_OF_DAY = 24
# "Port of Spain"
_MOST_WORDS = 3


def parse_schedule(text: str, zone: ZoneInfo) -> Schedule:
    """Read a schedule; ``zone`` holds if the text names none.

    "Every N hours" counts from midnight by the local clock, and begins anew each day.

    Raises:
        ScheduleFault: names the word that is not understood, or says what is missing.

    """
    text = text.casefold().replace("ё", "е")
    times: set[time] = set()
    if every := _EVERY.search(text):
        hours = int(every[1] or 1)
        if not 1 <= hours <= _HOURS_OF_DAY:
            raise ScheduleFault(every[0])
        times = {time(hour) for hour in range(0, _HOURS_OF_DAY, hours)}
        text = text[: every.start()] + text[every.end() :]
    days: frozenset[int] = frozenset()
    words = deque(_words(text))
    while words:
        word = words[0]
        if word in _WEEKDAYS:
            days |= _WEEKDAYS[word]
        elif at := _read_time(word):
            times.add(at)
        elif word not in _FILLERS:
            zone = _take_zone(words)
        words.popleft()
    if not times:
        raise ScheduleFault
    return Schedule(tuple(sorted(times)), zone, days or EVERY_DAY)


def write_schedule(schedule: Schedule) -> str:
    """Write a schedule so that `parse_schedule` reads it again: the form in which it is stored."""
    days = next((words[0] for group, words in _GROUPS.items() if group == schedule.weekdays), None)
    named = days or ",".join(_DAYS[day] for day in sorted(schedule.weekdays))
    return f"{named} {','.join(f'{at:%H:%M}' for at in schedule.times)} {schedule.zone.key}"


def _words(text: str) -> Iterator[str]:
    """Yield the words; "7 pm" is one."""
    joined = re.sub(r"(\d)\s+([ap]m)\b", r"\1\2", text)
    yield from (word for word in re.split(r"[\s,;]+", joined) if word)


def _take_zone(words: deque[str]) -> ZoneInfo:
    """Read the zone with whose name some words begin, of several words perhaps; leave the last of these."""
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        if name := find_zone(" ".join(list(words)[:count])):
            for _ in range(count - 1):
                words.popleft()
            return ZoneInfo(name)
    raise ScheduleFault(words[0])


def _read_time(word: str) -> time | None:
    match = _TIME.fullmatch(word)
    if not match:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            raise ScheduleFault(word)
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour == _HOURS_OF_DAY and minute == 0:
        hour = 0
    if hour >= _HOURS_OF_DAY or minute > 59:
        raise ScheduleFault(word)
    return time(hour, minute)
