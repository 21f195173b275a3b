"""What somebody asks for in the words after /summary and its relatives.

    nothing                     what came since the last summary
    20, last 20 posts           the newest posts
    24h, last 24 hours, a week  a span of time: 90m, 24h, 7d, 2w
    today, yesterday, Monday    a day of the reader's calendar, the last of its name
    30.11, 30 November, Nov 30  a day of the calendar; without a year, the latest that is not in the future
    since 09:00, since 9 pm     from a time on, of today, or of yesterday if it is still to come
    since yesterday, since 9 May from the beginning of that day on
    @source, @"World News"      the posts of one source
    any other words             the posts that hold them all; "in this order"; -without

They can be joined: "yesterday @worldnews about the river". Russian is understood as well, whatever the reader's
language: "за сутки", "последние 20 постов", "со вчера", "с 9 утра", "о Пашиняне". What stands between quotation marks
is looked for, whatever it says.

A day of the calendar may be an event as well, as 11 September is. It is taken for a day where it stands first, whatever
follows ("30 ноября Пашинян"), or behind "on", "за" or "since", or if it is in figures with its year. Behind other words
("атака 11 сентября"), behind "about", with a year that Telegram had no posts in, or between quotation marks it is
looked for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.telegram.asking.days import CalendarDay
from bot.telegram.asking.spoken import Meaning, read_said

MOST_POSTS = 1000
"""How many posts one answer reads at most, the newest: it keeps the answer quick and the memory small."""

_DAY = timedelta(days=1)
# A phrase, or a word.
_PART = re.compile(r'-?["“”„«][^"“”„«»]*["“”»]|\S+')
_AROUND = " \t\n,;"
# What leaves no room for the other: of these only one can hold.
_EXCLUDED = {
    "period": {"days_ago", "weekday", "day", "since"},
    "days_ago": {"weekday", "day", "period"},
    "weekday": {"days_ago", "day", "period"},
    "day": {"days_ago", "weekday", "period"},
    "since": {"period"},
}
# What can be said several times.
_ADDED = {"unclear", "on"}
_UNQUOTED = str.maketrans(dict.fromkeys("“”„«»", '"'))


@dataclass(frozen=True, slots=True)
class Request:
    """Which posts somebody asks for; what is None or empty is left open.

    Attributes:
        days_ago: 0 is today.
        weekday: 0 is the last Monday, perhaps today.
        day: a day of the calendar.
        on: whether the days after that one are asked for, too.
        since: a time of the day.
        source: username or title, casefolded, without "@".
        words: what the posts must hold, phrases between plain quotation marks.
        unclear: what looks like a time or a number but is none.
        twice: two things that were said and of which only one can hold, as they were said; empty if there are none.

    """

    count: int | None = None
    period: timedelta | None = None
    days_ago: int | None = None
    weekday: int | None = None
    day: CalendarDay | None = None
    on: bool = False
    since: time | None = None
    source: str | None = None
    words: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether nothing was said: the form that moves the mark "up to here"."""
        return self == Request()

    @property
    def is_timed(self) -> bool:
        """Whether a time was said from which the posts are to be."""
        return any(said is not None for said in (self.period, self.days_ago, self.weekday, self.day, self.since))

    @property
    def query(self) -> str:
        """The words as they were written."""
        return " ".join(self.words)

    def window(self, now: datetime, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """Return from when and until when posts are asked for; None where that is open."""
        if self.period:
            return now - self.period, None
        today = now.astimezone(zone).date()
        day = self._day_as_of(today)
        if self.since and day is None:
            begin = datetime.combine(today, self.since, zone)
            return (begin if begin <= now else begin - _DAY), None
        if day is not None:
            begin = datetime.combine(day, self.since or time(0), zone)
            return begin, None if self.on else datetime.combine(day + _DAY, time(0), zone)
        return None, None

    def _day_as_of(self, today: date) -> date | None:
        """Return the day that was said, as of today; None if none was."""
        if self.day:
            return self.day.as_of(today)
        days_ago = self.days_ago if self.weekday is None else (today.weekday() - self.weekday) % 7
        return None if days_ago is None else today - days_ago * _DAY


def read_request(text: str) -> Request:
    """Understand what stands behind the command; whatever is nothing else is looked for in the posts."""
    request, place, is_first = Request(), 0, True
    said_as: dict[str, str] = {}
    while place < len(text):
        if text[place].isspace():
            place += 1
        elif said := read_said(text, place, is_first=is_first):
            meaning, end = said
            words, place = text[place:end].strip(_AROUND), end
            is_first = is_first and bool(meaning)
            if twice := _said_before(said_as, meaning):
                request = replace(request, twice=(twice, words))
            said_as |= dict.fromkeys((field for field, value in meaning.items() if value is not None), words)
            request = replace(request, **{**meaning, "unclear": (*request.unclear, *meaning.get("unclear", ()))})
        elif word := _PART.match(text, place):
            place, is_first = word.end(), False
            request = replace(request, words=(*request.words, word[0].translate(_UNQUOTED)))
    return replace(request, count=request.count and min(request.count, MOST_POSTS))


def _said_before(said_as: Mapping[str, str], meaning: Meaning) -> str | None:
    """Return what was said before and leaves no room for a meaning, be it of the same kind."""
    said = (field for field, value in meaning.items() if value is not None and field not in _ADDED)
    excluded = (name for field in said for name in (field, *sorted(_EXCLUDED.get(field, ()))))
    return next((said_as[name] for name in excluded if name in said_as), None)
