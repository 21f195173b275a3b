"""Read what is written right before or after a value: currencies, percents, measures and spans of time."""

import re
from dataclasses import dataclass
from functools import cache

from bot.posts import NumberKind
from bot.text.numbers.passage import Passage
from bot.text.numbers.tables import alternatives, cue_pattern, rows

_KINDS = (NumberKind.PERCENT, NumberKind.DURATION, NumberKind.MEASURE)
_GAP = re.compile(r"[ *_]*")
_TIMES = re.compile(r"(?:times|fold|раза?|x|х|×)(?!\w)", re.IGNORECASE)
# Letters that are units only where they touch the digits, and only in small letters.
_TIGHT = ("m", "x", "х", "×", "м", "г", "т", "л")
_WEIGHS = re.compile(r"\b(?:weigh|lost|gained|heavy|kg|kilo)", re.IGNORECASE)
_SCALE = re.compile(r"\b(magnitude|магнитуд\w+)(?: of| в)? +$", re.IGNORECASE)
_RATE = re.compile(rf"{cue_pattern('rate')}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a value measures: its end in the text, the unit, and the kind of number it makes."""

    end: int
    name: str
    kind: NumberKind


@cache
def _currencies() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    """Return codes by sign, the signs before a value, the signs and words behind it, and the codes in their order."""
    signs: dict[str, str] = {}
    words: list[tuple[str, str]] = []
    for code, marks, names in ([part.strip() for part in row.split("|", 2)] for row in rows("currencies")):
        signs |= dict.fromkeys(marks.split(), code) | {code.lower(): code}
        words += [(name, code) for name in names.split(", ")]
    before = alternatives([rf"(?<!\w){re.escape(sign)}" if sign[0].isalpha() else re.escape(sign) for sign in signs])
    words.sort(key=lambda pair: -len(pair[0]))
    after = "|".join(f"({name})" for name, _ in words)
    marks = alternatives([re.escape(sign) for sign in signs if not sign[-1].isalpha()])
    codes = "|".join(code for code in signs.values())
    return (
        signs,
        re.compile(rf"({before})[ *_]*$", re.IGNORECASE),
        re.compile(rf"(?:(?P<sign>{marks})(?!\d)|(?P<code>(?-i:{codes}))(?!\w)|(?:{after})(?!\w))", re.IGNORECASE),
        tuple(code for _, code in words),
    )


@cache
def _units() -> re.Pattern[str]:
    patterns: dict[str, list[str]] = {kind.value: [] for kind in _KINDS}
    for row in rows("units"):
        kind, _, names = row.partition(" ")
        patterns[kind] += names.split(", ")
    kinds = "|".join(f"(?P<{kind}>{alternatives(names)})" for kind, names in patterns.items())
    return re.compile(rf"(?:{kinds})(?!\w)", re.IGNORECASE)


def money_before(passage: Passage, start: int) -> tuple[str, int] | None:
    """Return the currency right before a value, and where it begins."""
    signs, before, _, _ = _currencies()
    match = before.search(passage.before(start, 8))
    if not match:
        return None
    sign = match[1]
    if sign.isalpha() and not sign.isupper() and sign.lower() != "rs":
        return None
    return signs[sign.lower()], start - min(8, start - passage.start) + match.start()


def unit_after(passage: Passage, end: int, value: float = 0.0) -> Unit | None:
    """Return the currency, percent, measure or span of time right after a value."""
    text = passage.text
    gap = _GAP.match(text, end, passage.end)
    begin = gap.end() if gap else end
    if begin == end and text[begin : begin + 1] in ("-", "‑"):
        begin += 1
    if begin >= passage.end:
        return None
    return _money(text, begin, passage.end) or _measure(text, begin, passage.end, value, tight=begin == end)


def measure_before(passage: Passage, start: int) -> tuple[str, int] | None:
    """Return the scale right before a value, and where it begins: magnitude 7.0, магнитудой 5,6."""
    before = passage.before(start, 24)
    match = _SCALE.search(before)
    return (match[1], start - len(before) + match.start()) if match else None


def rate_end(passage: Passage, end: int) -> int:
    """Return where the words end that make a rate of a number: "a month", "в сутки"; ``end`` if there are none."""
    match = _RATE.match(passage.text, end, passage.end)
    return match.end() if match else end


def _money(text: str, begin: int, end: int) -> Unit | None:
    signs, _, after, codes = _currencies()
    match = after.match(text, begin, end)
    if not match:
        return None
    if match["sign"]:
        return Unit(match.end(), signs[match["sign"].lower()], NumberKind.MONEY)
    if match["code"]:
        return Unit(match.end(), match["code"], NumberKind.MONEY)
    code = codes[int(match.lastindex or 3) - 3]  # the first two groups are the sign and the code
    if code == "GBP" and _WEIGHS.search(text, max(0, begin - 60), begin):
        return None
    return Unit(match.end(), code, NumberKind.MONEY)


def _measure(text: str, begin: int, end: int, value: float, *, tight: bool) -> Unit | None:
    match = _units().match(text, begin, end)
    if match and match[0] in _TIGHT and not tight and match[0].isascii():
        match = None
    if match and match[0].lower() in ("г", "т", "л", "м") and text[match.end() : match.end() + 1] == "." and value > 31:
        # 2024 г., 500 т. р.
        match = None
    if match:
        kind = NumberKind(str(match.lastgroup))
        return Unit(match.end(), "%" if kind is NumberKind.PERCENT else match[0], kind)
    if (match := _TIMES.match(text, begin, end)) and (tight or match[0] not in _TIGHT):
        return Unit(match.end(), match[0], NumberKind.COUNT)
    return None
