"""Read numbers of two sides: ranges, scores, changes from one value to another, and parts of a whole."""

import math
import re
from dataclasses import dataclass
from functools import cache

from bot.posts import NumberKind
from bot.text.numbers.currencies import money_before
from bot.text.numbers.digits import is_digits
from bot.text.numbers.magnitudes import times
from bot.text.numbers.passage import Amount, Passage, Value
from bot.text.numbers.scores import DASHES, is_score
from bot.text.numbers.tables import UNSPACED, alternatives, cue_pattern, cue_words, own_pattern, own_rows
from bot.text.numbers.units import Unit, unit_after
from bot.text.numbers.values import read_value
from bot.text.numbers.words import read_word

_SIGNS = r"-|–|—|‑|…|\.\.\.|\bto\b|\band\b|\bor\b|\bдо\b|\bи\b|\bили\b|:"
_OF = re.compile(
    r"\s+(?:out of|of|из)\s+(?:the |its |their |his |her |our |those |these |all )?(?:[\w-]+['’]s )?", re.IGNORECASE
)
# Two numbers with one unit: "from 34 to 51 million roubles", "120 and 122 roubles".
_SHARING = ("to", "до", "and", "и", "or", "или")
# What they write together with the number behind it: "بين 4 و5".
_PREFIXING = ("ar", "he")
_CODE = re.compile("[A-Z]{3}")
_CURRENCIES = ("USD", "EUR", "GBP", "RUB", "$", "€", "£", "US", "₽")


@cache
def _change(lang: str) -> re.Pattern[str]:
    """Return what tells that something changes from one value to another: these are two numbers."""
    return re.compile(rf"\b{cue_pattern('change', lang)}", re.IGNORECASE)


@cache
def _joint(lang: str) -> re.Pattern[str]:
    """Return what may stand between the sides of a range."""
    own = cue_words("range joint", lang) | cue_words("range to", lang)
    edge = "" if lang in UNSPACED else r"\b"
    ends = "" if lang in _PREFIXING else edge
    words = "".join(f"|{edge}{re.escape(word)}{ends}" for word in sorted(own))
    return re.compile(rf"\s*({_SIGNS}{words})\s*", re.IGNORECASE)


@cache
def _opens(lang: str) -> re.Pattern[str]:
    """Return what opens a range."""
    own = "".join(f"|{word}" for word in sorted(cue_words("range opening", lang)))
    return re.compile(rf"\b(?:from|between|от|с|со|между{own})\s+(?:US|USD|EUR)?[$€£₽¥₴]?\s*$", re.IGNORECASE)


@cache
def _vote(lang: str) -> re.Pattern[str] | None:
    """Return what stands between the sides of a vote, in a group the word for votes; None if the language has none."""
    joints = own_rows(lang, "vote joint")
    if not joints:
        return None
    joint = alternatives(joints[0].split(", "))
    votes = alternatives(own_rows(lang, "votes")[0].split(", ")) if own_rows(lang, "votes") else "(?!)"
    blank = r"\s*" if lang in UNSPACED else r"\s+"
    return re.compile(
        rf"(?:{blank}(?P<before>{votes}))?{blank}{joint}{blank}(?P<other>\d+)(?:{blank}(?P<after>{votes}))?(?!\w*\d)",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a number reaches: its amount, and the index after its last token.

    Attributes:
        score: the amount is a score or a vote, no range.
        unit: that of the value which this one changes to, "с 34 до 51 млн рублей".

    """

    amount: Amount
    last: int
    score: bool = False
    unit: Unit | None = None


def read_extent(passage: Passage, value: Value) -> Extent:
    """Return the whole of a number that begins with a value: the value, a range, or a score."""
    return _second(passage, value) or Extent(value.amount, value.last)


def opening(passage: Passage, start: int) -> int:
    """Return where the word begins that opens a range (from, between, от), or ``start``."""
    before = passage.before(start)
    match = _opens(passage.lang).search(before)
    return start - len(before) + match.start() if match else start


def whole(passage: Passage, end: int) -> int | None:
    """Return where the noun of a part and its whole begins: "325 of 325 precincts", "two of its subsidiaries"."""
    match = _OF.match(passage.text, end, passage.end)
    index = passage.index_at(match.end()) if match else len(passage.tokens)
    if match is None or index >= len(passage.tokens):
        return None
    value = read_value(passage.tokens, index, passage.lang)
    return passage.tokens[value.last - 1].end if value else match.end()


def _second(passage: Passage, value: Value) -> Extent | None:
    if value.amount is None or isinstance(value.amount, tuple):
        return None
    start, end = passage.tokens[value.first].start, passage.tokens[value.last - 1].end
    if vote := _read_vote(passage, value, end):
        return vote
    unit = unit_after(passage, end)
    joint = _joint(passage.lang).match(passage.text, unit.end if unit else end, passage.end)
    other = _other_side(passage, joint.end()) if joint else None
    if joint is None or other is None:
        return None
    sign = joint[1].lower()
    own, others = _unit_of(passage, start, end), _unit_of(passage, *_bounds(passage, other))
    # "5 euros a 20 niños" are no range of euros
    if _differ(own, others) or (unit and not others and sign in cue_words("range to", passage.lang)):
        return None
    return _joined(passage, value, other, sign, start)


def _other_side(passage: Passage, start: int) -> Value | None:
    """Return the value that begins behind the joint of a range; None if there is none, or it is a date's."""
    tokens, index = passage.tokens, passage.index_at(start)
    while index < len(tokens) and tokens[index].text in (*_CURRENCIES, "+"):
        index += 1
    if index >= len(tokens) or not (is_digits(tokens[index].text) or read_word(tokens[index].text, passage.lang)):
        return None
    other = read_value(tokens, index, passage.lang)
    if other is None or not isinstance(other.amount, float):
        return None
    ordinal = own_pattern("ordinal", passage.lang) if passage.lang in UNSPACED else None
    is_date = ordinal and ordinal.match(passage.text, tokens[other.last - 1].end, passage.end)  # 4〜9月期
    return None if is_date else other


def _bounds(passage: Passage, value: Value) -> tuple[int, int]:
    return passage.tokens[value.first].start, passage.tokens[value.last - 1].end


def _read_vote(passage: Passage, value: Value, end: int) -> Extent | None:
    """Read "112 zu 74 Stimmen", "247 voix contre 232"; None where nothing says that it is a vote."""
    pattern = _vote(passage.lang)
    match = pattern.match(passage.text, end, passage.end) if pattern and not value.words else None
    if match is None or not (match["before"] or match["after"] or passage.lang in UNSPACED):
        return None
    last = passage.index_at(match.end("other"))
    return Extent((value.plain, float(match["other"])), last, score=True)


def _unit_of(passage: Passage, start: int, end: int) -> str | None:
    if money := money_before(passage, start):
        return money[0]
    unit = unit_after(passage, end)
    return unit.name if unit else None


def _differ(unit: str | None, other: str | None) -> bool:
    """Tell whether two sides are of different units: "5% to $3 million"; the first may leave out that of the second."""
    if unit is None or other is None:
        return unit is not None and not _CODE.fullmatch(unit)
    return unit[:3].lower() != other[:3].lower()


def _joined(passage: Passage, value: Value, other: Value, sign: str, start: int) -> Extent | None:
    low, high = value.plain, other.plain
    if is_score(passage, value, other, sign):
        return Extent((low, high), other.last, score=True)
    if sign == ":":
        return None
    scaled = _scaled(low, high, value, other)
    if low < high <= scaled:
        scaled = low  # "с 800 до 5 тысяч"
    unit = unit_after(passage, passage.tokens[other.last - 1].end) if sign in _SHARING else None
    falls = scaled >= high and sign in ("to", "до")  # "с 25 до 18 лет"
    if falls or not _may_be_range(passage, low, high, sign, start):
        years = 1500 <= low <= 2100 and unit and unit.kind is NumberKind.DURATION
        return Extent(scaled, value.last, unit=unit) if unit and not years else None
    return Extent((scaled, high), other.last) if scaled < high else None


def _may_be_range(passage: Passage, low: float, high: float, sign: str, start: int) -> bool:
    if sign in DASHES:
        return True
    match = _opens(passage.lang).search(passage.before(start))
    opened = match[0].split()[0].lower() if match else ""
    changes = sign in cue_words("range to", passage.lang) or opened in ("from", "с", "со")
    if changes and _change(passage.lang).search(passage.before(start, 70)):
        return False
    if sign in cue_words("range joint", passage.lang):
        return match is not None
    if sign in ("and", "и"):
        return opened in ("between", "между")
    if sign in ("or", "или"):
        return low < high <= low + 5
    return changes or bool(opened) or (sign == "to" and low < high)


def _scaled(low: float, high: float, value: Value, other: Value) -> float:
    """In "30 to 35 trillion" the magnitude is of both."""
    shared = other.words is value.words and other.last - other.first > value.last - value.first
    if not shared or low >= 1000 or high < 1000:
        return low
    return times(low, 10.0 ** (3 * (int(math.log10(high)) // 3)))
