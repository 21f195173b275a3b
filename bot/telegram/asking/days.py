"""A day of the calendar as people write it, in English and Russian: "30.11", "2026-11-30", "30 ноября", "Nov 30, 2026".

The patterns hold no groups; what they match is read by `read_day`.
"""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    r"jan(?:uary)?|янв(?:ар[ья])?",
    r"feb(?:ruary)?|фев(?:рал[ья])?",
    r"mar(?:ch)?|мар(?:та?)?",
    r"apr(?:il)?|апр(?:ел[ья])?",
    r"may|ма[йя]",
    r"june?|июн[ья]?",
    r"july?|июл[ья]?",
    r"aug(?:ust)?|авг(?:уста?)?",
    r"sept?(?:ember)?|сент?(?:ябр[ья])?",
    r"oct(?:ober)?|окт(?:ябр[ья])?",
    r"nov(?:ember)?|ноя(?:б(?:р[ья])?)?",
    r"dec(?:ember)?|дек(?:абр[ья])?",
)
MONTH = rf"(?:{'|'.join(_MONTHS)})"
"""The name of a month."""

# No post came to any chat of Telegram before 2013: an earlier year is part of what somebody looks for.
_OF_CENTURY = r"(?:1[3-9]|[2-9]\d)"
_YEAR = rf"20{_OF_CENTURY}"
_OF_YEAR = rf"{_YEAR}(?:\s+г(?:ода|\.)?)?"
_NUMBER = r"\d{1,2}(?:-?(?:st|nd|rd|th|го|е))?"

FULL_DATE = rf"(?:\d{{1,2}}\.\d{{1,2}}\.{_OF_YEAR}|{_YEAR}-\d\d?-\d\d?)"
"""A day in figures with its whole year: posts hardly ever hold such words."""

# A month has two figures: "1.5" is a number. Days and months that no calendar has are prices and versions.
_AMOUNT = r"(?:%|percent|процент|тыс|млн|млрд|трлн|миллион|миллиард|thousand|[mbtr]+illion|dollar|доллар|euro|евро|руб)"
_FIGURES = rf"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])(?:\.{_OF_CENTURY})?(?!\s+{_AMOUNT})"
_NAMED = rf"(?:the\s+)?{_NUMBER}\s*(?:of\s+)?{MONTH}\.?(?:,?\s+{_OF_YEAR})?|{MONTH}\.?\s+{_NUMBER}(?:,?\s+{_YEAR})?"
DATE = rf"(?:{FULL_DATE}|{_FIGURES}|(?:{_NAMED})(?!,?\s+\d{{4}}\b))"
"""A day in any form."""

_PART = re.compile(r"\d+|[^\W\d_]+")
_LEAP_YEAR, _CENTURY = 2000, 2000


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar; without a year, the latest of its name that is not in the future."""

    month: int
    day: int
    year: int | None = None

    def as_of(self, today: date) -> date:
        """Return the day that somebody means who says it today."""
        if self.year:
            return date(self.year, self.month, self.day)
        # The years before and after a century may have 29 February 8 years apart.
        years = range(today.year, today.year - 9, -1)
        days = (found for year in years if (found := _date(year, self.month, self.day)))
        return next(found for found in days if found <= today)


def read_day(text: str) -> CalendarDay | None:
    """Read what `DATE` matched; None if no calendar has that day."""
    parts = _PART.findall(text)
    numbers = [int(part) for part in parts if part.isdecimal()]
    if named := next((month for part in parts if (month := _month(part))), None):
        numbers.insert(1, named)
    elif len(parts[0]) == len("2026"):
        numbers.reverse()
    day, month, *years = numbers
    year = years[0] % 100 + _CENTURY if years else None
    return CalendarDay(month, day, year) if _date(year or _LEAP_YEAR, month, day) else None


def _month(name: str) -> int | None:
    return next((month for month, names in enumerate(_MONTHS, 1) if re.fullmatch(names, name, re.IGNORECASE)), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
