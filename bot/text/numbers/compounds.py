"""Read a number that goes on in a smaller unit: "8 minutes 50 seconds", "5 лет и 6 месяцев", "6 feet 2 inches"."""

import re
from dataclasses import replace
from functools import cache

from bot.posts import NumberKind
from bot.text.numbers.passage import Figure, Passage
from bot.text.numbers.tables import alternatives, sections
from bot.text.numbers.units import unit_after
from bot.text.numbers.values import read_value

_JOINT = re.compile(r" (?:(?:and|и) )?")


def with_smaller(passage: Passage, figure: Figure) -> Figure:
    """Add to a number the part in a smaller unit right behind it, in the unit of the greater: 8 minutes 30 s is 8.5."""
    larger = _step(figure.unit) if figure.kind in (NumberKind.DURATION, NumberKind.MEASURE) else None
    joint = _JOINT.match(passage.text, figure.end, passage.end)
    if larger is None or joint is None or not isinstance(figure.value, float) or figure.value % 1:
        return figure
    index = passage.index_at(joint.end())
    value = read_value(passage.tokens, index, passage.lang) if index < len(passage.tokens) else None
    if value is None or not isinstance(value.amount, float) or passage.tokens[index].start != joint.end():
        return figure
    unit = unit_after(passage, passage.tokens[value.last - 1].end, value.amount)
    smaller = _step(unit.name) if unit else None
    if unit is None or smaller is None or larger[0] != smaller[0] or value.amount * smaller[1] >= larger[1]:
        return figure
    return replace(figure, end=unit.end, value=round(figure.value + value.amount * smaller[1] / larger[1], 6))


def _step(unit: str | None) -> tuple[str, float] | None:
    """Return what a unit measures, and its size; None if no smaller unit goes on with it, nor it with a larger."""
    name = (unit or "").lower()
    return next((step for pattern, step in _steps() if pattern.fullmatch(name)), None)


@cache
def _steps() -> list[tuple[re.Pattern[str], tuple[str, float]]]:
    steps = [row.split(" ", 2) for row in sections("forms")["steps"]]
    return [(re.compile(alternatives(names.split(", "))), (what, float(size))) for what, size, names in steps]
