"""Merge the numbers of several posts."""

from collections.abc import Sequence

from bot.posts import Number
from bot.text.tokens import stem


def same_unit(one: Number, other: Number) -> bool:
    """Tell whether two numbers measure in the same unit, or in words of one stem."""
    if one.kind != other.kind or (one.unit is None) != (other.unit is None):
        return False
    return one.unit is None or other.unit is None or _unit_key(one.unit) == _unit_key(other.unit)


def _unit_key(unit: str) -> str:
    word = unit.split()[-1]
    return stem(word, "en" if word.isascii() else "ru")


def merge_numbers(groups: Sequence[Sequence[Number]]) -> tuple[Number, ...]:
    """Keep one number of those with the same value and unit, the one that says more; best first.

    Each inner sequence holds the numbers of one post.
    """
    kept: list[Number] = []
    for number in (number for group in groups for number in group):
        twin = next((at for at, other in enumerate(kept) if other.value == number.value and same_unit(other, number)), None)
        if twin is None:
            kept.append(number)
        elif _says(number) > _says(kept[twin]):
            kept[twin] = number
    return tuple(sorted(kept, key=lambda number: -number.score))


def _says(number: Number) -> tuple[bool, float]:
    return number.about is not None, number.score
