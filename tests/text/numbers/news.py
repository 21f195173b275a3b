"""Read the tables of news sentences, tests/data/numbers/news_*.txt."""

import re
from dataclasses import dataclass
from pathlib import Path

from bot.posts import Number

_FOLDER = Path(__file__).parents[2] / "data" / "numbers"
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Expected:
    """A number that a sentence holds."""

    span: str
    value: float | tuple[float, float]
    unit: str
    qualifier: str
    about: frozenset[str]

    def is_found_as(self, number: Number) -> bool:
        """Tell whether a number is this one: span, value, unit and qualifier."""
        right = self.unit == "-" or self.unit.split()[-1] == str(number.unit).split()[-1]
        same = number.span.text == self.span and _close(number.value, self.value)
        return same and right and number.qualifier.value == self.qualifier

    def is_about(self, number: Number) -> bool:
        """Tell whether half of the words of the shorter clause are in both."""
        words = _words(number.about.text) if number.about else frozenset()
        return bool(words) and len(words & self.about) >= _ALIKE * min(len(words), len(self.about))


def read_news(lang: str) -> list[tuple[str, list[Expected]]]:
    """Return the sentences of a language, with the numbers that each of them holds."""
    news: list[tuple[str, list[Expected]]] = []
    for row in (_FOLDER / f"news_{lang}.txt").read_text(encoding="utf-8").splitlines():
        if row.startswith(" "):
            span, value, unit, qualifier, about = row.strip().split(" | ")
            news[-1][1].append(Expected(span, _value(value), unit, qualifier, _words(about)))
        elif row and not row.startswith("#"):
            news.append((row, []))
    return news


def _value(text: str) -> float | tuple[float, float]:
    low, _, high = text.partition("..")
    return (float(low), float(high)) if high else float(low)


def _close(value: float | tuple[float, float] | None, other: float | tuple[float, float]) -> bool:
    if isinstance(value, float) and isinstance(other, float):
        return abs(value - other) <= 0.001 * abs(other)
    return value == other


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"\w+", text))
