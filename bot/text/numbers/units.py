"""Read what is written right before or after a value: currencies, percents, measures and spans of time."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from bot.posts import NumberKind
from bot.text.numbers.currencies import describes_a_noun, money_after
from bot.text.numbers.passage import Passage
from bot.text.numbers.tables import (
    UNSPACED,
    alternatives,
    cue_pattern,
    is_cyrillic,
    of_script,
    own_rows,
    rows,
    word_ends,
)

_GAP = re.compile(r"[ *_]*")
_TIMES = re.compile(r"(?:times|fold|раза?|x|х|×)(?!\w)", re.IGNORECASE)
# Letters that are units only where they touch the digits, or where no dot shortens another word to them.
_TIGHT = ("m", "x", "х", "×", "м", "г", "т", "л")
_SCALE = re.compile(r"\b(magnitude|магнитуд\w+)(?: of| в)? +$", re.IGNORECASE)
_RATE = re.compile(rf"{cue_pattern('rate')}(?!\w)(?! (?:ago|earlier|before|later|on)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a value measures: its end in the text, the unit, and the kind of number it makes."""

    end: int
    name: str
    kind: NumberKind


@cache
def units(lang: str, *, cyrillic: bool) -> re.Pattern[str]:
    """Return what finds a unit that begins with a Cyrillic letter, or with another character."""
    patterns: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows("units") + own_rows(lang, "units"):
        kind, _, names = row.partition(" ")
        patterns[kind] += names.split(", ")
    tried = {kind: of_script(names, cyrillic=cyrillic) for kind, names in patterns.items()}
    kinds = "|".join(f"(?P<{kind}>{alternatives(names)})" for kind, names in tried.items() if names)
    return re.compile(rf"(?:{kinds}){word_ends(lang)}", re.IGNORECASE)


@cache
def _before(lang: str) -> list[tuple[NumberKind, re.Pattern[str]]]:
    """Return what stands before values, by what they measure."""
    begins = "" if lang in UNSPACED else r"(?<!\w)"
    pairs = [row.partition(" ")[::2] for row in own_rows(lang, "before unit")]
    own = [
        (NumberKind(kind), re.compile(rf"{begins}({alternatives(names.split(', '))}) ?$", re.IGNORECASE))
        for kind, names in pairs
    ]
    return [*own, (NumberKind.MEASURE, _SCALE)]


def unit_after(passage: Passage, end: int, value: float = 0.0) -> Unit | None:
    """Return the currency, percent, measure or span of time right after a value."""
    text = passage.text
    gap = _GAP.match(text, end, passage.end)
    begin = gap.end() if gap else end
    if begin == end and text[begin : begin + 1] in ("-", "‑"):
        begin += 1
    if begin >= passage.end:
        return None
    if money := money_after(text, begin, passage.end, passage.lang):
        return Unit(money[1], money[0], NumberKind.MONEY)
    return _measure(passage, begin, value, tight=begin == end)


def unit_before(passage: Passage, start: int) -> tuple[Unit, int] | None:
    """Return the unit right before a value, and where it begins: magnitude 7.0, магнитудой 5,6, yüzde 4,5."""
    before = passage.before(start, 24)
    for kind, pattern in _before(passage.lang):
        if match := pattern.search(before):
            name = "%" if kind is NumberKind.PERCENT else match[1]
            return Unit(start, name, kind), start - len(before) + match.start()
    return None


def rate_end(passage: Passage, end: int) -> int:
    """Return where the words end that make a rate of a number: "a month", "в сутки"; ``end`` if there are none."""
    match = _RATE.match(passage.text, end, passage.end)
    return match.end() if match else end


def _measure(passage: Passage, begin: int, value: float, *, tight: bool) -> Unit | None:
    text, end, lang = passage.text, passage.end, passage.lang
    match = units(lang, cyrillic=is_cyrillic(text[begin : begin + 1])).match(text, begin, end)
    if match and not describes_a_noun(match[0]) and not _is_abbreviation(text, match, value, tight=tight):
        kind = NumberKind(str(match.lastgroup))
        return Unit(match.end(), "%" if kind is NumberKind.PERCENT else match[0], kind)
    match = _TIMES.match(text, begin, end)
    if match and (tight or match[0] not in _TIGHT):
        return Unit(match.end(), match[0], NumberKind.COUNT)
    return None


def _is_abbreviation(text: str, match: re.Match[str], value: float, *, tight: bool) -> bool:
    """Tell whether a single letter is no unit: the m of "5 m" in English, 2024 г., 500 т. р."""
    unit = match[0].lower()
    if match[0] in _TIGHT and match[0].isascii():
        return not tight
    return unit in _TIGHT and text[match.end() : match.end() + 1] == "." and value > 31
