"""Multiply values by the magnitudes behind them: million, тыс., the k of 5k; add the half of "two and a half"."""

from collections.abc import Sequence

from bot.text.numbers.words import read_word
from bot.text.words.tokens import Token

# A product of magnitudes that is greater says nothing in news, and overflows when one is repeated for ever.
_GREATEST = 1e18
_LEAST_MAGNITUDE = 1000
# Letters that multiply where they touch the digits; the small ones mean metres and bits unless it is money.
LETTERS = {"k": 1e3, "K": 1e3, "к": 1e3, "M": 1e6, "B": 1e9}
MONEY_LETTERS = {**LETTERS, "m": 1e6, "b": 1e9, "t": 1e12, "T": 1e12}
_FRACTIONS = "¼⅓½⅔¾"
ABBREVIATIONS = (
    "тыс",
    "млн",
    "млрд",
    "трлн",
    "mln",
    "bln",
    "bn",
    "trn",
    "tsd",
    "mio",
    "mrd",
    "mld",
    "хил",
    "tys",
    "тис",
)


def multiplied(
    value: float, tokens: Sequence[Token], index: int, lang: str, letters: dict[str, float] | None = None
) -> tuple[float, int]:
    """Return a value times the magnitudes that stand from a token on, and the index after them."""
    touching = letters and index < len(tokens) and tokens[index].start == tokens[index - 1].end
    if letters and touching and tokens[index].text in letters:
        return times(value, letters[tokens[index].text]), index + 1
    while index < len(tokens):
        word = read_word(tokens[index].text, lang)
        if not word or not word.multiplies or is_too_great(value, word.value):
            break
        value = times(value, word.value)
        index += 1
        if index + 1 < len(tokens) and tokens[index].text == "." and _is_abbreviated(tokens[index - 1]):
            index += 1
    return value, index


def _is_abbreviated(token: Token) -> bool:
    return token.text.lower() in ABBREVIATIONS


def is_too_great(value: float, magnitude: float) -> bool:
    """Tell whether a value that was multiplied before can't be multiplied once more: "two undecillion" can."""
    return value >= _LEAST_MAGNITUDE and value * magnitude > _GREATEST


def times(value: float, magnitude: float) -> float:
    """Multiply without the noise of binary fractions: 4.1 million is 4,100,000."""
    return float(f"{value * magnitude:.12g}")


def with_half(value: float, tokens: Sequence[Token], index: int, lang: str) -> tuple[float, int]:
    """Return a value with the half or the sign of a fraction behind it, and the index after it.

    The half of "a million and a half" is half a million.
    """
    words = words_at(tokens, index, 3)
    magnitude = read_word(tokens[index - 1].text, lang)
    half = magnitude.value / 2 if magnitude and magnitude.multiplies and magnitude.value >= 1000 else 0.5
    for spelled in (["and", "a", "half"], ["с", "половиной"]):
        if words[: len(spelled)] == spelled:
            return value + half, index + len(spelled)
    sign = read_word(words[0], "en") if words and words[0] in _FRACTIONS else None
    return (value + sign.value, index + 1) if sign else (value, index)


def is_magnitude(tokens: Sequence[Token], index: int, lang: str) -> bool:
    """Tell whether a token, or the one before its dot, is a magnitude."""
    word = read_word(tokens[index - 1].text if tokens[index].text == "." else tokens[index].text, lang)
    return bool(word and word.multiplies)


def words_at(tokens: Sequence[Token], index: int, count: int) -> list[str]:
    """Return some tokens in lower case."""
    return [token.text.lower() for token in tokens[index : index + count]]
