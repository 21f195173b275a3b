"""Score the numbers of posts: found, with the right unit, qualifier and clause.

A number is found if it overlaps an annotated span and has its value, up to half a percent. Unit, qualifier and clause
are asked of the found ones.
"""

from collections.abc import Iterable, Sequence

from bot.posts import Number
from tests.quality.gold import GoldNumber, Value
from tests.quality.matching import f1, plain, ratio, words

_TOLERANCE = 0.005
_CLAUSE_OVERLAP = 0.5
# A stem: all but the last two letters, and no fewer than four.
_ENDING, _SHORTEST_STEM = 2, 4
# Spellings of one unit.
_SPELLINGS = (
    ("%", "percent", "per cent", "percentage points", "процент", "процента", "процентов"),
    ("usd", "$", "us$", "dollar", "dollars", "доллар", "доллара", "долларов"),
    ("eur", "€", "euro", "euros", "евро"),
    ("rub", "₽", "руб", "рубль", "рубля", "рублей"),
    ("gbp", "£", "pound", "pounds"),
)
_UNITS = {spelling: spellings[0] for spellings in _SPELLINGS for spelling in spellings}


def score_numbers(posts: Iterable[tuple[Sequence[GoldNumber], Sequence[Number]]]) -> dict[str, float]:
    """Return the figures over all posts."""
    given = annotated = 0
    found: list[tuple[GoldNumber, Number]] = []
    for gold, numbers in posts:
        found += match_numbers(gold, numbers)
        given += len(numbers)
        annotated += len(gold)
    precision, recall = ratio(len(found), given), ratio(len(found), annotated)
    return {
        "numbers_f1": f1(precision, recall),
        "numbers_precision": precision,
        "numbers_recall": recall,
        "unit_accuracy": ratio(sum(same_unit(mine.unit or "", true.unit) for true, mine in found), len(found)),
        "qualifier_accuracy": ratio(sum(mine.qualifier == true.qualifier for true, mine in found), len(found)),
        "about_accuracy": ratio(sum(_same_clause(mine, true) for true, mine in found), len(found)),
    }


def match_numbers(gold: Sequence[GoldNumber], numbers: Sequence[Number]) -> list[tuple[GoldNumber, Number]]:
    """Pair numbers with the annotated ones that they are, each once."""
    pairs: dict[int, tuple[GoldNumber, Number]] = {}
    for mine in numbers:
        for place, true in enumerate(gold):
            overlaps = mine.span.start < true.end and true.start < mine.span.end
            if place not in pairs and overlaps and same_value(mine.value, true.value):
                pairs[place] = true, mine
                break
    return list(pairs.values())


def same_value(one: Value, other: Value) -> bool:
    """Tell whether two values, or both ends of two ranges, differ by no more than half a percent."""
    if one is None or other is None:
        return one is other
    ends, others = (value if isinstance(value, tuple) else (value,) for value in (one, other))
    return len(ends) == len(others) and all(
        abs(end - other) <= _TOLERANCE * max(abs(end), abs(other)) for end, other in zip(ends, others, strict=True)
    )


def same_unit(one: str, other: str) -> bool:
    """Tell whether two units are spellings of one, or share the stem of a word."""
    return _unit(one) == _unit(other) or bool(_stems(one) & _stems(other))


def _unit(text: str) -> str:
    spelling = plain(text)
    return _UNITS.get(spelling, spelling)


def _stems(text: str) -> set[str]:
    return {word[: max(_SHORTEST_STEM, len(word) - _ENDING)] for word in words(_unit(text))}


def _same_clause(mine: Number, true: GoldNumber) -> bool:
    """Tell whether the clauses share half of the words of the shorter one."""
    if mine.about is None:
        return False
    ours, theirs = set(words(mine.about.text)), set(words(true.what))
    return len(ours & theirs) >= _CLAUSE_OVERLAP * max(1, min(len(ours), len(theirs)))
