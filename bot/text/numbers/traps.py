"""Tell digits that count something from dates, times, names, references and lists."""

import re
from collections.abc import Sequence

from bot.text.numbers.values import Value
from bot.text.tokens import Token

_MONTH = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"январ[яьюе]\w*|феврал[яьюе]\w*|март[ауе]?|апрел[яьюе]\w*|ма[йяюе]|июн[яьюе]\w*|июл[яьюе]\w*|август[ауе]?|сентябр[яьюе]\w*|октябр[яьюе]\w*|"
    r"ноябр[яьюе]\w*|декабр[яьюе]\w*)$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:№|#|@|no|nos|number|article|section|chapter|paragraph|page|room|channel|flight|route|type|version|highway|interstate|apollo|"
    r"level|phase|volume|vol|figure|resolution|rule|line|gate|pier|boulevard|category|group|grade|windows|"
    r"ст|статья|статьи|статье|статью|статьей|п|пункт|пункта|часть|части|ч|дом|д|ул|улица|корпус|кв|школа|школы|школе|гимназия|лицей|рейс|рейса|"
    r"маршрут|трасса|трассы|трассе|версия|номер|глава|том|стр|этап|группа|группы|лот|уровня)$",
    re.IGNORECASE,
)
_CLOCK_AFTER = re.compile(r"\s*(?:a\.?m\b|p\.?m\b|o['’]clock|gmt|utc|est\b|edt|local time|мск|по мск|утра|вечера|ночи|дня(?=\W*$)|hours local)", re.IGNORECASE)
_YEAR_AFTER = re.compile(r"\s*(?:['’]?s\b|г\b|гг\b|год(?:а|у|ом|ов|ах|ы|е)?\b|-(?:го|м|х|й|е|ми)\b)", re.IGNORECASE)
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b|[-‑](?:й|го|му|м|ми|я|ю|е|х|ая|ое|ой|ый|ую|ые|ых)\b", re.IGNORECASE)
_AGO = re.compile(r"\s*(?:ago|earlier|later|назад|спустя)\b", re.IGNORECASE)
_HOUR_OF = re.compile(r"\s*(?:утра|вечера|ночи|дня|in the (?:morning|evening|afternoon)|at night)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")


def is_trap(text: str, tokens: Sequence[Token], value: Value, line_start: int, *, has_unit: bool) -> bool:
    """Tell whether digits are a date, a clock time, a year, an ordinal, a reference, a name, or the number of a list item."""
    first, last = tokens[value.first], tokens[value.last - 1]
    start, end = first.start, last.end
    before = tokens[value.first - 1] if value.first else None
    after = tokens[value.last] if value.last < len(tokens) else None
    return (
        _is_list_number(tokens, value, line_start)
        or _is_date(tokens, value)
        or bool(_CLOCK_AFTER.match(text, end))
        or bool(_ORDINAL_AFTER.match(text, end))
        or _touches_a_word(text, start, end, has_unit=has_unit)
        or (before is not None and bool(_REFERENCE.match(_before_dot(tokens, value.first))))
        or _is_year(text, tokens, value, has_unit=has_unit)
        or (after is not None and after.text == ":" and tokens[value.last + 1 : value.last + 2] != [] and tokens[value.last + 1].start == after.end and tokens[value.last + 1].text[0].isdigit())
        or (before is not None and before.text in (":", "/") and before.end == start and before.start > line_start and text[before.start - 1].isdigit())
        or (after is not None and after.text == "/" and after.start == end)
        or _is_in_a_name(tokens, value, has_unit=has_unit)
    )


def is_hour(text: str, end: int) -> bool:
    """Tell whether a span of time is an hour of the day: 8 часов утра."""
    return bool(_HOUR_OF.match(text, end))


def is_ago(text: str, end: int) -> bool:
    """Tell whether a span of time only says when: two years ago."""
    return bool(_AGO.match(text, end))


def _before_dot(tokens: Sequence[Token], index: int) -> str:
    at = index - 1
    if tokens[at].text == "." and at:
        at -= 1
    return tokens[at].text


def _is_list_number(tokens: Sequence[Token], value: Value, line_start: int) -> bool:
    if value.first or tokens[0].start != line_start or value.last >= len(tokens):
        return False
    return tokens[value.last].text in (".", ")") and value.value < 100 and value.last + 1 < len(tokens)


def _is_date(tokens: Sequence[Token], value: Value) -> bool:
    neighbours = [tokens[at].text for at in (value.first - 1, value.last) if 0 <= at < len(tokens)]
    if value.value <= 31 and any(_MONTH.match(word) for word in neighbours):
        return True
    if value.last + 1 < len(tokens) and tokens[value.last].text in ("-", "–", "—", "and", "и", "или", "or", "to", ",") and value.value <= 31:
        following = [token.text for token in tokens[value.last + 1 : value.last + 3]]
        if following[0].isdigit() and len(following) > 1 and _MONTH.match(following[1]):
            return True
    if value.first > 2 and tokens[value.first - 1].text in ("-", "–", "and", "or", ",") and value.value <= 31:
        return bool(tokens[value.first - 2].text.isdigit() and _MONTH.match(tokens[value.first - 3].text))
    return False


def _is_year(text: str, tokens: Sequence[Token], value: Value, *, has_unit: bool) -> bool:
    token = tokens[value.first]
    if value.last != value.first + 1 or not token.text.isdigit() or len(token.text) != 4 or not 1500 <= value.value <= 2100:
        return False
    if _YEAR_AFTER.match(text, token.end):
        return True
    return value.value >= 1900 or not has_unit


def _touches_a_word(text: str, start: int, end: int, *, has_unit: bool) -> bool:
    """A320, 3G, Covid-19, +7 900 ..., user_42."""
    left = text[start - 1 : start] if start else ""
    if left and (left.isalpha() or left in "_#№@+=/\\"):
        return True
    if left in ("-", "‑") and start > 1 and text[start - 2].isalpha():
        return True
    # 850i is a name, 90nm a measure: what touches on the right must be a unit.
    return text[end : end + 1] == "_" or (text[end : end + 1].isalpha() and not has_unit)


def _is_in_a_name(tokens: Sequence[Token], value: Value, *, has_unit: bool) -> bool:
    """S&P 500, Boeing 787, Windows 11: a capital before, and no counted thing after."""
    if has_unit or not value.first:
        return False
    before = tokens[value.first - 1].text
    return before[0].isalpha() and before[0].isupper() and (value.first > 1 or any(char.isupper() for char in before[1:]))


def is_clock(token: Token) -> bool:
    """Tell whether a token is written like a time of day: 18.30."""
    return bool(_CLOCK.fullmatch(token.text)) and int(token.text[:2].strip(".:")) < 24 and int(token.text[-2:]) < 60
