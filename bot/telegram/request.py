"""What somebody asks for in the words after /summary and its relatives.

    nothing             what came since the last summary
    20                  the last 20 posts
    24h                 a span of time: 90m, 24h, 7d, 2w
    today, yesterday    a day of the reader's calendar
    since 09:00         from a time on, of today, or of yesterday if it is still to come
    @source             the posts of one source
    any other words     the posts that hold them all

They can be joined: "yesterday @worldnews river". Russian words are understood as well, whatever the reader's language.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.periods import parse_period

MOST_POSTS = 1000
"""How many posts one answer reads at most, the newest: it keeps the answer quick and the memory small."""

_DAYS = {"today": 0, "сегодня": 0, "yesterday": 1, "вчера": 1}
_SINCE = frozenset(("since", "from", "с", "со"))
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Request:
    """Which posts somebody asks for; what is None or empty is left open.

    Attributes:
        days_ago: 0 is today.
        since: a time of the day.
        source: username or title, casefolded, without "@".
        words: what the posts must hold.

    """

    count: int | None = None
    period: timedelta | None = None
    days_ago: int | None = None
    since: time | None = None
    source: str | None = None
    words: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether nothing was said: the form that moves the mark "up to here"."""
        return self == Request()

    def window(self, now: datetime, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """Return from when and until when posts are asked for; None where that is open."""
        local = now.astimezone(zone)
        if self.period:
            return now - self.period, None
        if self.since:
            begin = datetime.combine(local.date(), self.since, zone)
            return (begin if begin <= now else begin - _DAY), None
        if self.days_ago is not None:
            midnight = datetime.combine(local.date() - self.days_ago * _DAY, time(0), zone)
            return midnight, datetime.combine(midnight.date() + _DAY, time(0), zone)
        return None, None


def read_request(words: Sequence[str]) -> Request:
    """Understand the words after the command; whatever is nothing else is looked for in the posts."""
    request, rest = Request(), list(words)
    while rest:
        for size in (2, 1):
            if read := _read(request, rest[:size]) if len(rest) >= size else None:
                request = read
                del rest[:size]
                break
        else:
            request = replace(request, words=(*request.words, rest.pop(0)))
    return request


def _read(request: Request, words: Sequence[str]) -> Request | None:
    """Add what one or two words say to a request; None if they say nothing of a time, a number or a source."""
    text = " ".join(words).casefold()
    return _read_time(request, text) or (_read_word(request, text) if len(words) == 1 else None)


def _read_time(request: Request, text: str) -> Request | None:
    first, _, second = text.partition(" ")
    clock = _CLOCK.fullmatch(second) if first in _SINCE else None
    if clock:
        return replace(request, since=time(int(clock[1]), int(clock[2])))
    if period := parse_period(text):
        return replace(request, period=period)
    return replace(request, days_ago=_DAYS[text]) if text in _DAYS else None


def _read_word(request: Request, word: str) -> Request | None:
    if word.isdecimal() and int(word[:9]):
        return replace(request, count=min(int(word[:9]), MOST_POSTS))
    return replace(request, source=word[1:]) if word.startswith("@") and len(word) > 1 else None
