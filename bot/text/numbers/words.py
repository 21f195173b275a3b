"""Number words of English and Russian, in all their forms."""

from dataclasses import dataclass
from enum import Enum
from functools import cache

from bot.text.numbers.tables import rows


class Role(Enum):
    """What a number word does to its neighbours."""

    CARDINAL = "adds"
    MAGNITUDE = "multiplies what stands before it"
    DENOMINATOR = "divides what stands before it"
    VAGUE = "says no value by itself, and multiplies what stands before it"


_ROLES = {"*": Role.MAGNITUDE, "/": Role.DENOMINATOR, "?": Role.VAGUE}


@dataclass(frozen=True, slots=True)
class Word:
    """A number word's value and role."""

    value: float
    role: Role

    @property
    def multiplies(self) -> bool:
        """Tell whether it can follow a number: "2 hundred", "5 тысяч"."""
        return self.role in (Role.MAGNITUDE, Role.VAGUE)


@cache
def _words() -> dict[str, Word]:
    words = {}
    for row in rows("en") + rows("ru"):
        value, *forms = row.split()
        word = Word(float(value.lstrip("*/?")), _ROLES.get(value[0], Role.CARDINAL))
        words.update(dict.fromkeys(forms, word))
    return words


def read_word(word: str) -> Word | None:
    """Return what a number word says; None if it is none."""
    low = word.lower()
    return _words().get(low.replace("ё", "е") if "ё" in low else low)
