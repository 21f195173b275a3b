"""Read digits with the separators of both traditions."""

import re

from bot.text.numbers.tables import own_rows

_DIGITS = re.compile(r"\d+(?:[.,]\d+| \d{3})*")
_SEPARATOR = re.compile("[.,]")
# A comma or dot before zeros in threes groups in any tradition: nobody writes the zeros of a decimal fraction.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]000)+")


def is_digits(text: str) -> bool:
    """Tell whether a token is written in digits and nothing else."""
    return bool(_DIGITS.fullmatch(text))


def _groups(separator: str, lang: str) -> bool:
    return separator in own_rows(lang, "grouping")


def read_digits(text: str, lang: str) -> float:
    """Return the value of digits with separators.

    A comma before exactly three digits groups thousands in English, a dot does so in German, Spanish and others whose
    tables say it; else it is the decimal mark. Several of one separator always group, and of both the last is the
    decimal mark.
    """
    text = text.replace(" ", "")
    commas, dots = text.count(","), text.count(".")
    if commas and dots:
        mark = max(text.rfind("."), text.rfind(","))
        return float(f"{_SEPARATOR.sub('', text[:mark])}.{text[mark + 1 :]}")
    if commas:
        english = _groups(",", lang) and re.fullmatch(r"\d{1,3},\d{3}", text)
        grouping = "," if commas > 1 or english or _GROUPED.fullmatch(text) else "."
    else:
        thousands = _groups(".", lang) and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text)
        grouping = "." if dots > 1 or thousands or (lang != "en" and _GROUPED.fullmatch(text)) else ","
    return float(text.replace(grouping, "").replace(",", "."))
