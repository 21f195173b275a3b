"""Find the numbers of a document."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.posts import Number, NumberKind, Qualifier
from bot.text.document import Document, Line
from bot.text.numbers.about import about
from bot.text.numbers.qualifiers import read_qualifier
from bot.text.numbers.traps import is_ago, is_hour, is_trap
from bot.text.numbers.units import Unit, counted_noun, money_before, unit_after
from bot.text.numbers.values import Value, read_digits, read_value, read_word
from bot.text.tokens import Token

_RANGE = re.compile(r"\s*(?:-|–|—|to|and|до|и)\s*", re.IGNORECASE)
_OPENS_RANGE = re.compile(r"(?:from|between|от|с)\s+$", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"(?:\baged?|\bat the age of|в возрасте)\s+$", re.IGNORECASE)
_AGE_BETWEEN = re.compile(r"[^\W\d_]\s*[,(]\s*$")
_AGE_WORD = re.compile(r"(\d{1,3})[-‑](?:years?[-‑]old|лет\w+)$", re.IGNORECASE)
_COMPOUND = re.compile(r"(\d[\d.,]*|[^\W\d_]+)[-‑]([^\W\d_].*)$")
_TIMES = {"twice": 2.0, "thrice": 3.0, "вдвое": 2.0, "втрое": 3.0, "вчетверо": 4.0}
_RU_AGE = re.compile(r"(двух|трех|трёх|четырех|четырёх|пяти|шести|семи|восьми|девяти|десяти)лет\w+$", re.IGNORECASE)
_RU_STEMS = {"двух": 2, "трех": 3, "трёх": 3, "четырех": 4, "четырёх": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9, "десяти": 10}  # fmt: skip
_PAIR = re.compile(r"\s*[-–—:]\s*")
_PAIR_AFTER = re.compile(r"\s*(?:vote|win|victory|defeat|lead|loss|в пользу|голосов)", re.IGNORECASE)
_PAIR_BEFORE = re.compile(r"(?:won|win|beat|lost|defeated|voted|score of|счетом|счётом|счет|счёт|by|vote)\s*$", re.IGNORECASE)
# "the two Koreas" tells of two known ones, it does not count.
_ANAPHOR = re.compile(r"\b(?:the|these|those|both|its|their|эти|этих|оба|обе)\s+$", re.IGNORECASE)
# "one" and "один" count only where what they count is worth counting.
_ONE_OF = re.compile(
    r"(?:person|man|woman|child|death|soldier|officer|civilian|boy|girl|worker|victim|term|song|policeman|"
    r"человек|мужчина|женщин|ребен|ребён|военн|солдат|мирн|пострадавш|погибш|девоч|мальчик|подрост)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A number in the cleaned text; ``noun_end`` is where its span ends."""

    start: int
    end: int
    value: float | tuple[float, float]
    unit: str | None
    qualifier: Qualifier
    kind: NumberKind


def find_numbers(document: Document) -> tuple[Number, ...]:
    """Return the numbers of a post, best first; scores run from 0 to 1."""
    numbers = []
    for line in document.lines:
        if not any(_may_count(token.text) for token in line.tokens):
            continue
        found = list(_find_in_line(document, line))
        for one in found:
            clause = about(document, line, one.start, one.end)
            numbers.append(
                Number(
                    document.span(one.start, one.end),
                    one.value,
                    one.unit,
                    one.qualifier,
                    one.kind,
                    clause and document.span(*clause),
                    _score(document, line, one),
                )
            )
    return tuple(sorted(numbers, key=lambda number: (-number.score, number.span.start)))


def _may_count(word: str) -> bool:
    return word[0].isdigit() or (word[0].isalpha() and (read_word(word) is not None or "-" in word or word.lower() in _TIMES or "лет" in word))


def _find_in_line(document: Document, line: Line) -> Iterator[Found]:
    index, last = 0, None
    tokens = line.tokens
    while index < len(tokens):
        found, after = _read(document, line, index, last)
        if found:
            yield found
            last = found
        index = max(after, index + 1)


def _read(document: Document, line: Line, index: int, last: Found | None) -> tuple[Found | None, int]:
    """Read the number that begins at a token; return it, and the index after it."""
    text, tokens = document.text, line.tokens
    token = tokens[index]
    if special := _read_word_number(text, line, token):
        return special, index + 1
    if not (token.text[0].isdigit() or (token.text[0].isalpha() and read_word(token.text.partition("-")[0]))):
        return None, index + 1
    value = read_value(tokens, index, document.lang)
    if value is None or (value.words and value.value == 0):
        return None, index + 1
    return _complete(document, line, value, last)


def _read_word_number(text: str, line: Line, token: Token) -> Found | None:
    """Read numbers that are one word with what they count: 60-летний, six-week, twice."""
    low = token.text.lower()
    if low in _TIMES:
        return Found(token.start, token.end, _TIMES[low], "times" if low.isascii() else "раза", Qualifier.EXACT, NumberKind.COUNT)
    if match := _AGE_WORD.fullmatch(low):
        return Found(token.start, token.end, float(match[1]), "years" if low.isascii() else "лет", Qualifier.EXACT, NumberKind.AGE)
    if match := _RU_AGE.fullmatch(low):
        return Found(token.start, token.end, float(_RU_STEMS[match[1]]), "лет", Qualifier.EXACT, NumberKind.AGE)
    if match := _COMPOUND.fullmatch(token.text):
        return _compound(token, match)
    return None


def _compound(token: Token, match: re.Match[str]) -> Found | None:
    value = read_digits(match[1].rstrip(".,"), "en") if match[1][0].isdigit() else (read_word(match[1]) or (0.0, False))[0]
    unit = match[2]
    if not value or len(unit) < 3 or (read_word(unit.partition("-")[0]) is not None) or not unit.isascii():
        return None
    if unit.lower() in ("year-old", "years-old", "year-olds"):
        return Found(token.start, token.end, value, "years", Qualifier.EXACT, NumberKind.AGE)
    measure = unit_after(unit, 0, len(unit))
    return Found(token.start, token.end, value, unit, Qualifier.EXACT, measure.kind if measure else NumberKind.COUNT)


def _complete(document: Document, line: Line, value: Value, last: Found | None) -> tuple[Found | None, int]:
    """Find unit, range and qualifier of a value."""
    text, tokens = document.text, line.tokens
    start, end = tokens[value.first].start, tokens[value.last - 1].end
    nothing = (None, value.last)
    amount: float | tuple[float, float] = value.value
    money = money_before(text, line.start, start)
    unit = unit_after(text, end, line.end)
    after = value.last
    second = _second(document, line, value)
    if second:
        low, high, after = second
        end = tokens[after - 1].end
        unit = unit_after(text, end, line.end) or unit
        amount = (low, high)
    noun = None if money or unit else counted_noun(tokens, after, document.lang)
    if not value.words and is_trap(text, tokens, value, line.start, has_unit=bool(money or unit)):
        return nothing
    if unit and unit.kind is NumberKind.DURATION and (is_ago(text, unit.end) or is_hour(text, unit.end)):
        return nothing
    if value.words and noun and _ANAPHOR.search(text, line.start, start):
        return nothing
    age = not unit and not money and (_AGE_BEFORE.search(text, line.start, start) or (text[end : end + 1] in (",", ")") and 0 < value.value < 110 and not value.words and _AGE_BETWEEN.search(text, line.start, start) and value.value == int(value.value) and not noun))
    if age:
        before = _AGE_BEFORE.search(text, line.start, start)
        return Found(before.start() if before else start, end, amount, "years" if document.lang != "ru" else "лет", Qualifier.EXACT, NumberKind.AGE), after
    kind, name = NumberKind.COUNT, None
    if money:
        kind, name, start = NumberKind.MONEY, money[0], money[1]
    elif unit:
        kind, name, end = unit.kind, unit.unit, unit.end
    elif noun:
        noun_last, name = noun
        end = tokens[noun_last - 1].end
    qualifier, start = read_qualifier(text, line.start, start)
    if name is None:
        inherited = last is not None and last.kind is NumberKind.COUNT and start - last.end < 60 and last.unit
        separated = not value.words and not tokens[value.first].text.isdigit()
        if not (qualifier is not Qualifier.EXACT or inherited or separated) or (value.words and not inherited):
            return nothing
        if inherited:
            name = last.unit if last else None
    if value.words and value.value == 1 and value.last == value.first + 1 and not (noun and _ONE_OF.match(noun[1])):
        return nothing
    if isinstance(amount, tuple) and qualifier is Qualifier.EXACT:
        qualifier = Qualifier.RANGE if amount[0] < amount[1] else Qualifier.EXACT
        if opening := _OPENS_RANGE.search(text, line.start, start):
            start = opening.start() if text[opening.start() - 1 : opening.start()] in (" ", "") else start
    return Found(start, end, amount, name, qualifier, kind), max(after, next((i for i, t in enumerate(tokens) if t.start >= end), len(tokens)))


def _second(document: Document, line: Line, value: Value) -> tuple[float, float, int] | None:
    """Read the other end of a range, or the other side of a score; return both values and the index after them."""
    text, tokens = document.text, line.tokens
    end = tokens[value.last - 1].end
    unit = unit_after(text, end, line.end)
    at = unit.end if unit else end
    joint = _RANGE.match(text, at, line.end)
    if not joint:
        return None
    begin = joint.end()
    index = next((i for i, token in enumerate(tokens) if token.start >= begin), len(tokens))
    if index < len(tokens) and tokens[index].text in ("USD", "EUR", "$", "€", "£", "US"):
        index += 1
    if index >= len(tokens) or not (tokens[index].text[0].isdigit() or read_word(tokens[index].text)):
        return None
    other = read_value(tokens, index, document.lang)
    if other is None:
        return None
    sign = joint[0].strip().lower()
    start = tokens[value.first].start
    low, high = value.value, other.value
    if sign in ("and", "и", "to", "до") and not _OPENS_RANGE.search(text, line.start, start) and not (sign == "to" and low < high):
        return None
    if sign in ("-", "–", "—") and (_PAIR_AFTER.match(text, tokens[other.last - 1].end) or _PAIR_BEFORE.search(text, line.start, start)):
        return low, high, other.last
    if low >= high:
        return None
    # "30 to 35 trillion": the magnitude is of both.
    scale = 10 ** (3 * (int(math.log10(high)) // 3)) if other.last > index + 1 and not other.words else 1
    if scale > 1 and low < 1000 and value.last == value.first + 1:
        low *= scale
    return low, high, other.last


def _score(document: Document, line: Line, found: Found) -> float:
    """Say how much a reader of a two-line digest wants a number: early, large, of people or money, not an age."""
    position = document.lines.index(line)
    score = {NumberKind.COUNT: 0.55, NumberKind.MONEY: 0.6, NumberKind.PERCENT: 0.55, NumberKind.MEASURE: 0.45, NumberKind.DURATION: 0.35, NumberKind.AGE: 0.1}[found.kind]
    score += 0.25 / (1 + position)
    value = found.value if isinstance(found.value, float) else max(found.value)
    score += 0.03 * min(5.0, math.log10(max(1.0, value)))
    return round(min(score, 1.0), 4)
