"""Read values written in words: "two hundred and fifty thousand", "двадцать пять", "два-три"."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.text.numbers.magnitudes import ABBREVIATIONS, is_too_great, multiplied, times, with_half
from bot.text.numbers.passage import Value
from bot.text.numbers.shares import read_ratio, read_share
from bot.text.numbers.words import Role, Word, read_word
from bot.text.words.tokens import Token

# Behind these a plural form is a genitive in the singular: "свыше тысячи", "около сотни".
_BEFORE_GENITIVE = ("около", "свыше", "более", "больше", "менее", "меньше", "порядка", "до", "почти")
_GENITIVES = ("тысячи", "сотни")
_SEVERAL = ("several", "few", "many", "some", "couple", "несколько", "нескольких", "нескольким", "пара", "пару")


def read_spelled(tokens: Sequence[Token], first: int, lang: str) -> Value | None:
    """Read the value whose words begin at a token; its amount is None if it is vague."""
    if share := read_ratio(tokens, first, lang):
        return share
    word = read_word(tokens[first].text, lang)
    before = tokens[first - 1].text.lower() if first else ""
    if word is None or word.role is Role.CARDINAL:
        return _add_up(tokens, first, lang)
    if word.role is Role.DENOMINATOR:
        return read_share(tokens, first, word, lang)
    if word.role is Role.VAGUE or before in _SEVERAL:
        single = before in _BEFORE_GENITIVE and tokens[first].text.lower() in _GENITIVES
        return Value(word.value if single else None, first - (before in _SEVERAL), first + 1, words=True)
    if word.value >= 1000 and tokens[first].text.lower() in ABBREVIATIONS:
        return None
    return _add_up(tokens, first, lang)


def _add_up(tokens: Sequence[Token], first: int, lang: str) -> Value | None:
    """Add up words: "two hundred and fifty thousand" is (2 * 100 + 50) * 1000."""
    pair = _pair(tokens[first].text, lang)
    if pair:
        low, high = pair
        scale, last = multiplied(1.0, tokens, first + 1, lang)
        return Value((times(low, scale), times(high, scale)), first, last, words=True)
    done = _Sum()
    index = last = first
    while index < len(tokens):
        found = [read_word(piece, lang) for piece in tokens[index].text.split("-") if piece]
        if tokens[index].text.lower() == "and" and last == index > first and done.part >= 100:
            index += 1
            continue
        for word in found or [None]:
            more = word and _plus(done, word)
            if not more:
                return _ended(done.total + done.part, tokens, first, last, lang)
            done = more
        index += 1
        last = index
    return _ended(done.total + done.part, tokens, first, last, lang)


@dataclass(frozen=True, slots=True)
class _Sum:
    """What was added up: whole thousands, and the part that a magnitude may yet multiply."""

    total: float = 0.0
    part: float = 0.0


def _plus(done: _Sum, word: Word) -> _Sum | None:
    """Add a word to a sum; None if it does not go on with it."""
    if word.role is Role.DENOMINATOR:
        return _Sum(0.0, done.part / word.value) if 1 <= done.part < word.value and not done.total else None
    if word.role is Role.CARDINAL:
        return _Sum(done.total, done.part + word.value) if _may_add(done.part, word.value) else None
    if not done.part and 0 < done.total < word.value:  # tres mil millones
        done = _Sum(0.0, done.total)
    if is_too_great(done.part, word.value):
        return None
    product = times(done.part or 1, word.value)
    return _Sum(done.total, product) if word.value < 1000 else _Sum(done.total + product)


def _may_add(part: float, value: float) -> bool:
    """Twenty takes five, a hundred takes twenty; five and ten take nothing."""
    return not part or (part % 100 == 0 and value < 100) or (part % 10 == 0 and part % 100 != 10 and value < 10)


def _pair(text: str, lang: str) -> tuple[float, float] | None:
    """Read two-three, пять-семь: rising words of one sort."""
    words = [read_word(piece, lang) for piece in text.split("-")] if "-" in text else []
    if len(words) != 2 or words[0] is None or words[1] is None:
        return None
    low, high = words[0], words[1]
    if low.role is not Role.CARDINAL or high.role is not Role.CARDINAL or not low.value < high.value:
        return None
    return low.value, high.value


def _ended(value: float, tokens: Sequence[Token], first: int, last: int, lang: str) -> Value | None:
    if last == first:
        return None
    value, last = with_half(value, tokens, last, lang)
    value, last = multiplied(value, tokens, last, lang)
    return Value(value, first, last, words=True)
