"""Read values: digits with the separators of both traditions, number words, fractions, mixtures like 4.5 million."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.text.numbers.passage import Amount
from bot.text.numbers.words import Role, Word, read_word
from bot.text.tokens import Token

_DIGITS = re.compile(r"\d+(?:[.,]\d+| \d{3})*")
# A comma or dot before zeros in threes groups in any tradition: nobody writes the zeros of a decimal fraction.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]000)+")
_LONGEST = 18
_LETTERS = {"k": 1e3, "к": 1e3, "M": 1e6, "B": 1e9}
_MONEY_LETTERS = {**_LETTERS, "m": 1e6, "b": 1e9, "t": 1e12, "T": 1e12}
_ABBREVIATIONS = ("тыс", "млн", "млрд", "трлн")
_SEVERAL = ("several", "few", "many", "some", "couple", "несколько", "нескольких", "нескольким", "пара", "пару")
_QUALIFYING = ("than", "nearly", "almost", "over", "about", "around", "roughly")
_HALVES_A_THING = ("of", "the", "a", "an", "its", "his", "their", "our", "all")


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at tokens ``first`` to ``last`` (exclusive); ``words`` if it has no digit.

    ``amount`` is a pair for "two-three", None for a vague "thousands".
    """

    amount: Amount
    first: int
    last: int
    words: bool

    @property
    def plain(self) -> float:
        """The single value, or the first of a pair; 0 if it is vague."""
        return self.amount[0] if isinstance(self.amount, tuple) else self.amount or 0.0


def is_digits(text: str) -> bool:
    """Tell whether a token is written in digits and nothing else."""
    return bool(_DIGITS.fullmatch(text))


def read_digits(text: str, lang: str) -> float:
    """Return the value of digits with separators.

    A comma before exactly three digits groups thousands in English and is the decimal mark elsewhere; several of one
    separator always group.
    """
    text = text.replace(" ", "")
    commas, dots = text.count(","), text.count(".")
    if commas and dots:
        grouping = "," if text.rfind(".") > text.rfind(",") else "."
    elif commas:
        english = lang == "en" and re.fullmatch(r"\d{1,3},\d{3}", text)
        grouping = "," if commas > 1 or english or _GROUPED.fullmatch(text) else "."
    else:
        grouping = "." if dots > 1 or (lang != "en" and _GROUPED.fullmatch(text)) else ","
    return float(text.replace(grouping, "").replace(",", "."))


def read_value(tokens: Sequence[Token], first: int, lang: str, *, money: bool = False) -> Value | None:
    """Read the value that begins at a token; after a sign of ``money`` "5m" is five million."""
    text = tokens[first].text
    if is_digits(text):
        return _read_digits(tokens, first, lang, money=money) if len(text) <= _LONGEST else None
    return _read_words(tokens, first) if text[0].isalpha() or read_word(text) else None


def _read_digits(tokens: Sequence[Token], first: int, lang: str, *, money: bool) -> Value:
    value, index = _fraction(tokens, first) or (read_digits(tokens[first].text, lang), first + 1)
    if index == first + 1 and value < 100 and (fraction := _fraction(tokens, index)):
        value, index = value + fraction[0], fraction[1]  # 2 1/2
    value, index = _and_a_half(value, tokens, index)
    value, index = _multiplied(value, tokens, index, _MONEY_LETTERS if money else _LETTERS)
    while _is_magnitude(tokens, index - 1) and index < len(tokens) and is_digits(tokens[index].text):
        more, end = _multiplied(read_digits(tokens[index].text, lang), tokens, index + 1, {})
        if end == index + 1 or more >= value:
            break
        value, index = value + more, end  # 3 млн 700 тыс.
    return Value(value, first, index, words=False)


def _fraction(tokens: Sequence[Token], first: int) -> tuple[float, int] | None:
    """Read 1/3; a slash between greater digits is that of a date or a number of something."""
    parts = tokens[first : first + 3]
    if len(parts) < 3 or parts[1].text != "/" or parts[2].start != parts[0].end + 1:
        return None
    above, below = parts[0].text, parts[2].text
    if not (above.isdecimal() and below.isdecimal() and 0 < int(above[:3]) < int(below[:3]) <= 10):
        return None
    return int(above) / int(below), first + 3


def _and_a_half(value: float, tokens: Sequence[Token], index: int) -> tuple[float, int]:
    words = [token.text.lower() for token in tokens[index : index + 3]]
    if words == ["and", "a", "half"]:
        return value + 0.5, index + 3
    if words[:2] == ["с", "половиной"]:
        return value + 0.5, index + 2
    if words[:1] == ["½"]:
        return value + 0.5, index + 1
    return value, index


def _multiplied(value: float, tokens: Sequence[Token], index: int, letters: dict[str, float]) -> tuple[float, int]:
    """Multiply by the magnitudes that follow: million, млн, a letter joined to the digits."""
    if index < len(tokens) and tokens[index].start == tokens[index - 1].end and tokens[index].text in letters:
        return value * letters[tokens[index].text], index + 1
    while index < len(tokens):
        word = read_word(tokens[index].text)
        if not word or not word.multiplies:
            break
        value *= word.value
        if [token.text.lower() for token in tokens[index + 1 : index + 4]] == ["and", "a", "half"]:
            return value + word.value / 2, index + 4
        index += 1
        if index + 1 < len(tokens) and tokens[index].text == "." and tokens[index - 1].text.lower() in _ABBREVIATIONS:
            index += 1
    return value, index


def _is_magnitude(tokens: Sequence[Token], index: int) -> bool:
    word = read_word(tokens[index - 1].text if tokens[index].text == "." else tokens[index].text)
    return bool(word and word.multiplies)


def _read_words(tokens: Sequence[Token], first: int) -> Value | None:
    if share := _one_in(tokens, first):
        return share
    word = read_word(tokens[first].text)
    before = tokens[first - 1].text.lower() if first else ""
    if word is None or word.role is Role.CARDINAL:
        return _add_up(tokens, first)
    if word.role is Role.DENOMINATOR:
        return _share(tokens, first, word, before)
    if word.role is Role.VAGUE or before in _SEVERAL:
        return Value(None, first - (before in _SEVERAL), first + 1, words=True)
    if word.value >= 1000 and tokens[first].text.lower() in (*_ABBREVIATIONS, "mln", "bln", "bn", "trn"):
        return None
    return _add_up(tokens, first)


def _one_in(tokens: Sequence[Token], first: int) -> Value | None:
    """Read "one in five"."""
    words = [token.text.lower() for token in tokens[first : first + 3]]
    if len(words) < 3 or words[:2] != ["one", "in"]:
        return None
    word = read_word(words[2])
    below = word.value if word and word.role is Role.CARDINAL else float(words[2]) if words[2].isdecimal() else 0.0
    return Value(1 / below, first, first + 3, words=True) if 1 < below <= 1000 else None


def _share(tokens: Sequence[Token], first: int, word: Word, before: str) -> Value | None:
    """Read a third, половина, half a million, четверть миллиона."""
    after = [token.text.lower() for token in tokens[first + 1 : first + 4]]
    skipped = 2 if after[:2] == ["of", "a"] else int(after[:1] == ["a"])
    magnitude = read_word(after[skipped]) if len(after) > skipped else None
    if magnitude and magnitude.role is Role.MAGNITUDE:
        begin = first - (before == "a")
        return Value(magnitude.value / word.value, begin, first + skipped + 2, words=True)
    name = tokens[first].text.lower()
    if name.isascii():
        alone = name == "half" and after[:1] and (after[0] in _HALVES_A_THING or before in _QUALIFYING)
        alone = alone and before not in ("first", "second")
        if not alone and not (before == "a" and after[:1] == ["of"] and not name.endswith("s")):
            return None
        return Value(1 / word.value, first - (before == "a"), first + 1, words=True)
    # An ordinal before it, or none of it behind: the second half of a match, the third quarter, на четверть.
    if word.value in (5, 10) or before.endswith(("ой", "ей", "ая", "ую", "ый", "ья", "ью")):
        return None
    return Value(1 / word.value, first, first + 1, words=True)


def _add_up(tokens: Sequence[Token], first: int) -> Value | None:
    """Add up words: "two hundred and fifty thousand" is (2 * 100 + 50) * 1000."""
    pair = _pair(tokens[first].text)
    if pair:
        low, high = pair
        scale, last = _multiplied(1.0, tokens, first + 1, {})
        return Value((low * scale, high * scale), first, last, words=True)
    done = _Sum()
    index = last = first
    while index < len(tokens):
        found = [read_word(piece) for piece in tokens[index].text.split("-") if piece]
        if tokens[index].text.lower() == "and" and last == index > first and done.part >= 100:
            index += 1
            continue
        for word in found or [None]:
            more = word and _plus(done, word)
            if not more:
                return _ended(done.total + done.part, tokens, first, last)
            done = more
        index += 1
        last = index
    return _ended(done.total + done.part, tokens, first, last)


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
    product = (done.part or 1) * word.value
    return _Sum(done.total, product) if word.value < 1000 else _Sum(done.total + product)


def _may_add(part: float, value: float) -> bool:
    """Twenty takes five, a hundred takes twenty; five and ten take nothing."""
    return not part or (part % 100 == 0 and value < 100) or (part % 10 == 0 and part % 100 != 10 and value < 10)


def _pair(text: str) -> tuple[float, float] | None:
    """Read two-three, пять-семь: rising words of one sort."""
    words = [read_word(piece) for piece in text.split("-")] if "-" in text else []
    if len(words) != 2 or words[0] is None or words[1] is None:
        return None
    low, high = words[0], words[1]
    if low.role is not Role.CARDINAL or high.role is not Role.CARDINAL or not low.value < high.value:
        return None
    return low.value, high.value


def _ended(value: float, tokens: Sequence[Token], first: int, last: int) -> Value | None:
    if last == first:
        return None
    value, last = _and_a_half(value, tokens, last)
    value, last = _multiplied(value, tokens, last, {})
    return Value(value, first, last, words=True)
