"""Tell dates, years and times of day from numbers that count."""

import re
from functools import cache

from bot.text.numbers.passage import Passage, Value
from bot.text.numbers.tables import cue_pattern

_JOINTS = ("-", "–", "—", "and", "и", "или", "or", "to", ",", "по", "на", "с", "до", "/")
# "к 8 часам", "до 17 часов дня"; in the morning
_HOUR_OF = re.compile(
    r"\s*(?:утра|вечера|ночи|дня|по (?:мск|москов|местн)|in the (?:morning|evening|afternoon)|at night)\b",
    re.IGNORECASE,
)
_HOUR_BEFORE = re.compile(r"(?:^|\s)(?:в|к|с)\s+$", re.IGNORECASE)
_COLON_AFTER, _COLON_BEFORE = re.compile(r":\d"), re.compile(r"\d:$")
_HOUR = re.compile(r"час(?:а|ов|ам|у)$", re.IGNORECASE)
_YEAR_AFTER = re.compile(r"\s*(?:['’]?s\b|гг?\b|год(?:а|у|ом|ов|ах|ы|е)?\b|-(?:го|м|х|й|е|ми)\b)", re.IGNORECASE)
_YEAR_WORD = re.compile(r"\s*год(?:а|у|ом|е)?\b", re.IGNORECASE)
_CENTURY = re.compile(r"\s*век(?:а|е|у|ом)?\b", re.IGNORECASE)
_YEARS_AFTER = re.compile(r"\s*[-–—]\s*(?:19|20)\d\d\s*(?:гг?\b|год|season|[.,;)]|$)", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"\b(?:the|in|since|from|by|of|during|until|till|before|after|early|late|mid|for)\s+$", re.IGNORECASE
)
_AGO = re.compile(r"\s*(?:ago|from now|earlier|later|назад|спустя|тому назад)\b", re.IGNORECASE)
_OFFSET_BEFORE = re.compile(r"\b(?:через|спустя|каждые|every)\s+$", re.IGNORECASE)
_NUMERIC_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])(?:\.(?:\d\d|(?:19|20)\d\d))?$")
_DAY_AND_MONTH = re.compile(r"(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])")
_SLAVIC = ("ru", "uk", "be")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d$")


# What may stand between a day and its month: "3. Mai", "3 de mayo".
_DAY_JOINTS = (".", "de")


@cache
def _month(lang: str) -> re.Pattern[str]:
    return re.compile(rf"{cue_pattern('month', lang)}$", re.IGNORECASE)


@cache
def _clock_after(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\s*{cue_pattern('clock', lang)}(?!\w)", re.IGNORECASE)


@cache
def _clock_before(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\b{cue_pattern('clock before', lang)}\s+$", re.IGNORECASE)


def is_date(passage: Passage, value: Value, *, counts: bool) -> bool:
    """Tell whether digits are the day of a month, or a date of digits; ``counts``: they have a unit or a noun."""
    if _is_of_digits(passage, value, counts=counts):
        return True
    if value.plain > 31 or value.plain % 1:
        return False
    joined = passage.word(value.last) in _DAY_JOINTS and _is_month(passage, value.last + 1)
    if _follows_a_month(passage, value) or _is_month(passage, value.last) or joined:
        return True
    if (
        passage.word(value.last) in _JOINTS
        and passage.word(value.last + 1).isdecimal()
        and _is_month(passage, value.last + 2)
    ):
        return True
    joint = passage.word(value.first - 1)
    if joint not in _JOINTS or (joint == "," and counts):  # "On January 2, 52 people"
        return False
    follows = passage.word(value.first - 2).isdecimal()
    return follows and (_is_month(passage, value.first - 3) or _is_month(passage, value.last))


def _is_of_digits(passage: Passage, value: Value, *, counts: bool) -> bool:
    text = passage.tokens[value.first].text
    if _DAY_AND_MONTH.fullmatch(text) and not counts and passage.lang in _SLAVIC:
        return True  # Their decimal mark is a comma.
    return bool(_NUMERIC_DATE.match(text)) and (text.count(".") == 2 or _names_a_day(passage, value))


def is_year(passage: Passage, value: Value, *, has_unit: bool, has_noun: bool) -> bool:
    """Tell whether digits are a year: "2024", "the 1990s", "2024-25"."""
    token = passage.tokens[value.first]
    if value.last != value.first + 1 or not token.text.isdecimal():
        return False
    if _closes_years(passage, value) or _is_century(passage, value):
        return True
    if len(token.text) != 4 or _YEAR_WORD.match(passage.text, token.end):
        return len(token.text) == 4
    if not 1500 <= value.plain <= 2100:
        return False
    said = _YEAR_AFTER.match(passage.text, token.end) or _YEARS_AFTER.match(passage.text, token.end)
    return bool(said) or not _may_count(passage, value, has_unit=has_unit, has_noun=has_noun)


def _may_count(passage: Passage, value: Value, *, has_unit: bool, has_noun: bool) -> bool:
    """Tell whether digits that could be a year count what follows: 2000 people, 1515 soldiers."""
    start = passage.tokens[value.first].start
    if has_noun and not (passage.lang == "en" and _YEAR_BEFORE.search(passage.before(start))):
        return not 1980 <= value.plain <= 2035 or value.plain % 100 == 0
    return has_unit


def _is_century(passage: Passage, value: Value) -> bool:
    """Tell "19 века", which is the 19th, from "19 веков", which are that many."""
    return bool(_CENTURY.match(passage.text, passage.tokens[value.first].end)) and not 2 <= value.plain % 10 <= 4


def is_clock(passage: Passage, value: Value, *, has_unit: bool) -> bool:
    """Tell whether digits are a time of day: 18:30, 7.45 p.m., 0333 GMT, в 8 часов утра."""
    token, end = passage.tokens[value.first], passage.tokens[value.last - 1].end
    if _clock_after(passage.lang).match(passage.text, end, passage.end):
        return True
    if _CLOCK.match(token.text) and not has_unit:
        return bool(
            _HOUR_OF.match(passage.text, end) or _clock_before(passage.lang).search(passage.before(token.start))
        )
    return bool(_COLON_AFTER.match(passage.text, end) or _COLON_BEFORE.search(passage.before(token.start, 2)))


def only_says_when(passage: Passage, start: int, unit: str, unit_end: int) -> bool:
    """Tell whether a span of time says when something was: two years ago, через шесть минут, в два часа ночи."""
    if _AGO.match(passage.text, unit_end) or _HOUR_OF.match(passage.text, unit_end):
        return True
    before = passage.before(start)
    if _OFFSET_BEFORE.search(before):
        return True
    return bool(_HOUR.match(unit) and _HOUR_BEFORE.search(before) and unit.lower() != "часа")


def names_a_month(word: str, lang: str) -> bool:
    """Tell whether a word is the name of a month."""
    return bool(_month(lang).match(word))


def _is_month(passage: Passage, index: int) -> bool:
    word = passage.word(index)
    if not word or not names_a_month(word, passage.lang):
        return False
    # "may" and "march" are months only where they are written like names
    return word not in ("may", "march", "mar") or passage.tokens[index].text[0].isupper()


def _follows_a_month(passage: Passage, value: Value) -> bool:
    """Tell whether a month stands before a day: "May 5", "Oct. 30", "August, 7, 1948"."""
    mark = passage.word(value.first - 1)
    with_year = passage.word(value.last) == "," and _YEAR.fullmatch(passage.word(value.last + 1))
    if mark == "." or (mark == "," and with_year):
        return _is_month(passage, value.first - 2)
    return _is_month(passage, value.first - 1)


def _names_a_day(passage: Passage, value: Value) -> bool:
    return bool(re.search(r"\b(?:до|от|с|по|на)\s+$", passage.before(passage.tokens[value.first].start))) and (
        len(passage.word(value.first)) == 5 and passage.word(value.last) in ("", ".", ",", ")", "по", "до")
    )


def _closes_years(passage: Passage, value: Value) -> bool:
    """Tell whether digits close a span of years: the 53 of 1950–53."""
    before = passage.word(value.first - 2)
    return (
        passage.word(value.first - 1) in ("-", "–", "—", "/")
        and before.isdecimal()
        and len(before) == 4
        and 1500 <= int(before) <= 2100
        and (len(passage.word(value.first)) == 2 or 1500 <= value.plain <= 2100)
    )
