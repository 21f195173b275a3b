"""Read values: digits with the separators of both traditions, number words, and mixtures such as 4.5 million."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.text.morphology import lemma
from bot.text.tokens import Token

_DIGITS = re.compile(r"\d+(?:[.,]\d+|[   ]\d{3})*")
_SPACES = re.compile(r"[   ]")


@dataclass(frozen=True, slots=True)
class Value:
    """A value that stands at tokens ``first`` to ``last`` (exclusive) of a line; ``words`` if it has no digit."""

    value: float
    first: int
    last: int
    words: bool


@cache
def _table(lang: str) -> dict[str, tuple[float, bool]]:
    """Word to (value, whether it is a magnitude)."""
    lines = (files("bot.text") / "data" / f"numbers_{lang}.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if not line.startswith("#"))
    return {word: (float(value.lstrip("*")), value.startswith("*")) for word, value in pairs}


def read_word(word: str) -> tuple[float, bool] | None:
    """Return (value, is a magnitude) of an English or Russian number word, in any case or number."""
    low = word.lower()
    if "а" <= low[0] <= "я" or low[0] == "ё":
        return _table("ru").get(low) or _table("ru").get(lemma(low))
    found = _table("en").get(low)
    return found or (_table("en").get(low.removesuffix("s")) if low.endswith("s") and len(low) > 5 else None)


def read_digits(text: str, lang: str) -> float:
    """Return the value of digits with separators.

    A comma before exactly three digits groups thousands in English and is the decimal mark in Russian; several of one
    separator always group.
    """
    text = _SPACES.sub("", text)
    commas, dots = text.count(","), text.count(".")
    if commas and dots:
        grouping = "," if text.rfind(".") > text.rfind(",") else "."
    elif commas:
        grouping = "," if commas > 1 or (lang != "ru" and re.fullmatch(r"\d{1,3},\d{3}", text)) else "."
    else:
        grouping = "." if dots > 1 else ","
    return float(text.replace(grouping, "").replace(",", "."))


def read_value(tokens: Sequence[Token], first: int, lang: str) -> Value | None:
    """Read the value that begins at a token, with the magnitudes after it ("3 млн 700 тыс")."""
    if _DIGITS.fullmatch(tokens[first].text):
        if len(tokens[first].text) > 18:
            return None
        value, last = _magnitudes(read_digits(tokens[first].text, lang), tokens, first + 1)
        while last > first + 1 and last < len(tokens) and _DIGITS.fullmatch(tokens[last].text):
            more, end = _magnitudes(read_digits(tokens[last].text, lang), tokens, last + 1)
            if end == last + 1 or more >= value:
                break
            value, last = value + more, end
        return Value(value, first, last, words=False)
    return _read_words(tokens, first)


def _magnitudes(value: float, tokens: Sequence[Token], index: int) -> tuple[float, int]:
    while index < len(tokens):
        word = read_word(tokens[index].text) if tokens[index].text[0].isalpha() else None
        attached = tokens[index].start == tokens[index - 1].end
        if attached and tokens[index].text in ("k", "K", "m", "M"):
            word = (1e3 if tokens[index].text in "kK" else 1e6, True)
        if not word or not word[1]:
            break
        value *= word[0]
        index += 1
        if index < len(tokens) and tokens[index].text == "." and tokens[index - 1].text.lower() in ("тыс", "млн", "млрд"):
            index += 1
    return value, index


def _read_words(tokens: Sequence[Token], first: int) -> Value | None:
    """Add up words: "two hundred and fifty thousand" is (2*100 + 50) * 1000."""
    total = part = 0.0
    index, last = first, first
    while index < len(tokens):
        text = tokens[index].text
        pieces = text.split("-") if "-" in text else [text]
        found = [read_word(piece) if piece and piece[0].isalpha() else None for piece in pieces]
        if any(piece is None for piece in found):
            if text.lower() == "and" and last == index and part >= 100 and index > first:
                index += 1
                continue
            break
        for value, magnitude in filter(None, found):
            if not magnitude:
                if part and (part % 10 or (value >= 10 and part % 100) or (value >= 100 and part % 1000)):
                    return _ended(total + part, first, last)
                part += value
            elif value < 1000:
                part = (part or 1) * value
            else:
                total, part = total + (part or 1) * value, 0.0
        index += 1
        last = index
    return _ended(total + part, first, last)


def _ended(value: float, first: int, last: int) -> Value | None:
    return Value(value, first, last, words=True) if last > first else None
