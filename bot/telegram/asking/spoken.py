"""How people say which posts they mean, in English and Russian: spans of time, days, times of the day, how many.

Each rule is a pattern of some words and what they mean, in terms of the fields of `Request`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from bot.telegram.asking.days import DATE, FULL_DATE, MONTH, read_day

Meaning = Mapping[str, Any]
"""Fields of a request, and what they say; nothing where a pattern only leads in words that are looked for."""

# Longer ones lead out of the calendar.
_LONGEST = timedelta(days=3650)
_MONTH = timedelta(days=30)

_UNITS = {
    r"m|mins?|minutes?|м|мин|минут[ауы]?": timedelta(minutes=1),
    r"h|hrs?|hours?|ч|час(?:а|ов)?": timedelta(hours=1),
    r"d|days?|д|дн|день|дн[яей]+|сутки|суток": timedelta(days=1),
    r"w|wks?|weeks?|н|нед|недел[яюиь]": timedelta(weeks=1),
    r"months?|мес|месяц(?:а|ев)?": _MONTH,
}
_UNIT = "|".join(_UNITS)
# Of minutes nobody says a part: "1.5m" are metres.
_LONG_UNIT = "|".join(list(_UNITS)[1:])
_LETTER = "[mhdwмчдн]"
# Without a number only what is written in full is a span of time, and only behind "last" and the like.
_SPAN = {
    r"half\s+(?:an\s+)?hour|полчаса": timedelta(minutes=30),
    r"(?:an\s+)?hour\s+and\s+a\s+half|полтора\s+часа": timedelta(minutes=90),
    r"hour|час": timedelta(hours=1),
    r"day|день|сутки": timedelta(days=1),
    r"week|неделю": timedelta(weeks=1),
    r"month|месяц": _MONTH,
}
_NAMED = "|".join(_SPAN)
_WHOLE = (
    r"hour|day|week|month|час|день|сутки|неделя|неделю|месяц|полчаса|полтора\s+часа"
    r"|half\s+an\s+hour|(?:an\s+)?hour\s+and\s+a\s+half"
)

_LAST = (
    r"(?:the\s+)?(?:last|past|latest|newest|recent)|this"
    r"|(?:самы[ей]\s+)?последн(?:ие|их|ий|юю|ее)|прошедш(?:ие|ий|ую)|эт(?:и|у|от)"
)
_OVER = rf"(?:in|for|over|during|within|за|в\s+течение)\s+(?:(?:{_LAST}|the|an?)\s+)?|(?:{_LAST})\s+"
_POSTS = r"(?:posts?|messages?|news|пост(?:а|ов|ы)?|сообщени[йяе]|новост(?:ь|и|ей))"
_DAYS = {
    r"today|сегодня|сегодняшн\w+\s+д(?:ень|ня)": 0,
    r"yesterday|вчера|вчерашн\w+\s+д(?:ень|ня)": 1,
    r"(?:the\s+)?day\s+before\s+yesterday|позавчера": 2,
}
_DAY = "|".join(_DAYS)
_WEEKDAYS = {
    r"monday|понедельник[ау]?": 0,
    r"tuesday|вторник[ау]?": 1,
    r"wednesday|сред[ыу]": 2,
    r"thursday|четверга?": 3,
    r"friday|пятниц[аыу]": 4,
    r"saturday|суббот[аыу]": 5,
    r"sunday|воскресень[ея]": 6,
}
_WEEKDAY = "|".join(_WEEKDAYS)
_AT = r"(?:\s+(?:at\s+|в\s+|с\s+)?"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?"
    r"(?:\s*(?P<half>am|pm|a\.m\.|p\.m\.|утра|вечера|часов|часа|час|ч|o['’]clock))?"
)
_SINCE = r"(?:since|from|after|с|со|после)"
_ON = r"(?:on|за)"
_ABOUT = (
    r"(?:what(?:['’]s|\s+is|\s+was|\s+were|\s+has\s+been|\s+did\s+they)?\s+(?:new|said|say|written|known)\s+(?:about|on|of)"
    r"|что\s+(?:нового|сказали|говорят|пишут|писали|известно|слышно|было)\s+(?:об?|обо|про|по)"
    r"|(?:the\s+)?news\s+(?:about|on|of)|новости\s+(?:об?|обо|про|по)|about|re|об?|обо|про|насч[её]т)"
)


def _span(found: re.Match[str]) -> Meaning | None:
    number, unit = int(found["number"]), _of(_UNITS, found["unit"])
    # Not by multiplying first: the product may be longer than a timedelta can be.
    return {"period": min(unit * min(number, _LONGEST // unit + 1), _LONGEST)} if number else None


def _broken_span(found: re.Match[str]) -> Meaning | None:
    """Read "1.5h", "1,5 часа"."""
    span = _of(_UNITS, found["unit"]) * float(found["number"].replace(",", "."))
    return {"period": min(span, _LONGEST)} if span else None


def _named_span(found: re.Match[str]) -> Meaning:
    named = re.sub("неделя", "неделю", found["named"], flags=re.IGNORECASE)
    return {"period": _of(_SPAN, named)}


def _count(found: re.Match[str]) -> Meaning | None:
    number = int(found["number"])
    return {"count": number} if number else None


def _day(found: re.Match[str]) -> Meaning:
    return {"days_ago": _of(_DAYS, found["day"])}


def _weekday(found: re.Match[str]) -> Meaning:
    return {"weekday": _of(_WEEKDAYS, found["weekday"])}


def _date(found: re.Match[str]) -> Meaning | None:
    day = read_day(found["date"])
    return {"day": day} if day else None


def _since(read: Callable[[re.Match[str]], Meaning | None]) -> Callable[[re.Match[str]], Meaning | None]:
    """Make a reader of a day, perhaps with a time of it, from which on posts are asked for."""

    def read_since(found: re.Match[str]) -> Meaning | None:
        day = read(found)
        clock = _since_hour(found) if found["hour"] else {"since": None}
        return day and clock and {**day, **clock, "on": True}

    return read_since


def _since_clock(found: re.Match[str]) -> Meaning | None:
    """Read a time of the day; an hour alone is none: "с 9 друзьями"."""
    return _since_hour(found) if found["minute"] or found["half"] else None


def _since_hour(found: re.Match[str]) -> Meaning | None:
    hour, half = int(found["hour"]), (found["half"] or "").casefold().replace(".", "")
    if half in {"am", "pm", "утра", "вечера"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in {"pm", "вечера"} else 0)
    return {"since": time(hour, int(found["minute"] or 0))}


def _source(found: re.Match[str]) -> Meaning:
    return {"source": " ".join(found["name"].casefold().split())}


def _of(table: Mapping[str, Any], words: str) -> Any:
    return next(value for pattern, value in table.items() if re.fullmatch(pattern, words, re.IGNORECASE))


def _unclear(found: re.Match[str]) -> Meaning:
    return {"unclear": (found[0].strip(),)}


@dataclass(frozen=True, slots=True)
class _Rule:
    """What some words mean.

    Attributes:
        pattern: of the words.
        meaning: reads them; None if they mean nothing after all.
        first: holds only before the first word that is looked for: COVID 19 is no request for 19 posts.
        alone: holds only if nothing follows.

    """

    pattern: str
    meaning: Callable[[re.Match[str]], Meaning | None]
    first: bool = False
    alone: bool = False


_RULES = (
    _Rule(
        rf"(?:{_OVER})?(?P<number>\d{{1,4}}[.,]\d{{1,2}})(?:\s+(?!{_LETTER}\b))?(?P<unit>{_LONG_UNIT})(?:\s+назад|\s+ago)?",
        _broken_span,
    ),
    _Rule(rf"(?:{_OVER})?(?P<number>\d{{1,9}})\d*(?:\s+(?!{_LETTER}\b))?(?P<unit>{_UNIT})(?:\s+назад|\s+ago)?", _span),
    _Rule(rf"(?:{_OVER})?(?P<number>\d{{1,9}})\d*\s+(?P<unit>{_LETTER})", _span, first=True),
    _Rule(rf"(?:{_OVER})(?P<named>{_NAMED})", _named_span),
    _Rule(rf"(?P<named>{_WHOLE})", _named_span, alone=True),
    _Rule(rf"(?:(?:за|из)\s+)?(?:{_LAST})\s+(?P<number>\d{{1,9}})\d*(?:\s+{_POSTS})?", _count),
    _Rule(rf"(?P<number>\d{{1,9}})\d*\s+(?:(?:{_LAST})(?:\s+{_POSTS})?|{_POSTS})", _count),
    _Rule(rf"(?:{_LAST})\s+(?:post|message|пост|сообщение)", lambda _: {"count": 1}),
    _Rule(rf"{_SINCE}\s+(?P<day>{_DAY}){_AT}{_CLOCK})?", _since(_day)),
    _Rule(rf"{_SINCE}\s+(?:last\s+)?(?P<weekday>{_WEEKDAY}){_AT}{_CLOCK})?", _since(_weekday)),
    _Rule(rf"{_SINCE}\s+(?P<date>{DATE}){_AT}{_CLOCK})?", _since(_date)),
    _Rule(rf"(?P<date>{FULL_DATE})", _date),
    _Rule(rf"{_ON}\s+(?P<date>{DATE})", _date),
    _Rule(rf"(?:(?:for|of|от)\s+)?(?P<date>{DATE})", _date, first=True),
    _Rule(rf"(?:{_SINCE}|{_ON})\s+{DATE}|{FULL_DATE}", _unclear),
    _Rule(DATE, _unclear, first=True),
    _Rule(rf"(?:on|last|за|во?)\s+(?P<weekday>{_WEEKDAY})", _weekday),
    _Rule(rf"(?P<weekday>{_WEEKDAY})", _weekday, first=True),
    _Rule(rf"{_SINCE}\s+{_CLOCK}", _since_clock),
    _Rule(r"(?:since|from|с)\s+(?P<hour>[01]?\d|2[0-3])(?P<minute>)(?P<half>)", _since_hour, alone=True),
    _Rule(rf"(?:(?:for|from|of|за)\s+)?(?P<day>{_DAY})", _day),
    _Rule(r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?P<half>)", _since_clock, first=True),
    _Rule(r"(?:(?:from|of|in|из|от|с)\s+)?@[\"“”„«]\s*(?P<name>[^\"“”„«»]*[^\s\"“”„«»])\s*[\"“”»]", _source),
    _Rule(r"(?:(?:from|of|in|из|от|с)\s+)?@(?P<name>\S*[^\s,;])", _source),
    _Rule(rf"{_SINCE}\s+\d+[:./-]\d\S*|@", _unclear),
    _Rule(rf"(?:{_OVER})?0+\s*(?:{_UNIT})|0+(?:\s+{_POSTS})?|\d+:\d\d\S*", _unclear, first=True),
    _Rule(rf"[-–—−]\d+(?:\s*(?:{_UNIT}))?", _unclear, first=True, alone=True),
    _Rule(rf"(?P<number>\d{{1,9}})\d*(?!\s+{MONTH}\b)", _count, first=True),
    _Rule(rf"{_ABOUT}(?=\s+\S)", lambda _: {}, first=True),
)
_COMPILED = tuple((rule, re.compile(rf"(?:{rule.pattern})(?=[\s,;]|[.?!]*$)[,;]?", re.IGNORECASE)) for rule in _RULES)


def read_said(text: str, start: int, *, is_first: bool) -> tuple[Meaning, int] | None:
    """Read what stands from ``start`` on; return its meaning and where it ends, or None if it is a word.

    ``is_first``: nothing that is looked for stands before it.
    """
    for rule, pattern in _COMPILED:
        if rule.first and not is_first:
            continue
        found = pattern.match(text, start)
        if found is None or (rule.alone and text[found.end() :].strip(" \t\n.?!")):
            continue
        if (meaning := rule.meaning(found)) is not None:
            return meaning, found.end()
    return None
