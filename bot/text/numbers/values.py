"""Read the value that stands at a token: in digits, in words, or in both, like 4.5 million."""

from collections.abc import Sequence

from bot.text.numbers.digits import is_digits, read_digits
from bot.text.numbers.magnitudes import LETTERS, MONEY_LETTERS, is_magnitude, multiplied, with_half
from bot.text.numbers.passage import Value
from bot.text.numbers.spelled import read_spelled
from bot.text.numbers.words import read_word
from bot.text.words.tokens import Token

_LONGEST = 18
_GOING_ON = ("az", "ja", "kk", "ky", "tr", "uz", "zh")


def read_value(tokens: Sequence[Token], first: int, lang: str, *, money: bool = False) -> Value | None:
    """Read the value that begins at a token; after a sign of ``money`` "5m" is five million."""
    text = tokens[first].text
    if is_digits(text):
        return _read_digits(tokens, first, lang, money=money) if len(text) <= _LONGEST else None
    return read_spelled(tokens, first, lang) if text[0].isalpha() or read_word(text, lang) else None


def _read_digits(tokens: Sequence[Token], first: int, lang: str, *, money: bool) -> Value:
    value, index = _fraction(tokens, first) or (read_digits(tokens[first].text, lang), first + 1)
    if index == first + 1 and value < 100 and (fraction := _fraction(tokens, index)):
        value, index = value + fraction[0], fraction[1]  # 2 1/2
    value, index = with_half(value, tokens, index, lang)
    value, index = multiplied(value, tokens, index, lang, MONEY_LETTERS if money else LETTERS)
    value, index = with_half(value, tokens, index, lang)
    while is_magnitude(tokens, index - 1, lang) and index < len(tokens) and is_digits(tokens[index].text):
        more, end = multiplied(read_digits(tokens[index].text, lang), tokens, index + 1, lang)
        # "28 bin 75 lira", "4万8000人": in some languages a part without a magnitude goes on
        goes_on = lang in _GOING_ON and more < _last_magnitude(tokens, index, lang)
        if (end == index + 1 and not goes_on) or more >= value:
            break
        value, index = value + more, end  # 3 млн 700 тыс.
    return Value(value, first, index, words=False)


def _last_magnitude(tokens: Sequence[Token], index: int, lang: str) -> float:
    word = read_word(tokens[index - 1].text, lang)
    return word.value if word else 0.0


def _fraction(tokens: Sequence[Token], first: int) -> tuple[float, int] | None:
    """Read 1/3; a slash between greater digits is that of a date or a number of something."""
    parts = tokens[first : first + 3]
    if len(parts) < 3 or parts[1].text != "/" or parts[2].start != parts[0].end + 1:
        return None
    above, below = parts[0].text, parts[2].text
    if not (above.isdecimal() and below.isdecimal() and 0 < int(above[:3]) < int(below[:3]) <= 10):
        return None
    return int(above) / int(below), first + 3
