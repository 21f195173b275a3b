"""Number words of a language, in all their forms."""

from dataclasses import dataclass
from enum import Enum
from functools import cache

from bot.text.numbers.tables import has_own_table, own_rows


class Role(Enum):
    """What a number word does to its neighbours."""

    CARDINAL = "adds"
    MAGNITUDE = "multiplies what stands before it"
    DENOMINATOR = "divides what stands before it"
    VAGUE = "says no value by itself, and multiplies what stands before it"


_TOGETHER = ("en", "ru")
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
def _words(lang: str) -> dict[str, Word]:
    """Return the words of a language; English and Russian ones are known where there is no table of others."""
    words = {}
    apart = lang not in _TOGETHER and has_own_table(lang)
    for row in own_rows(lang, "words") if apart else [row for one in _TOGETHER for row in own_rows(one, "words")]:
        value, *forms = row.split()
        word = Word(float(value.lstrip("*/?")), _ROLES.get(value[0], Role.CARDINAL))
        words.update(dict.fromkeys(forms, word))
    return words


def read_word(word: str, lang: str) -> Word | None:
    """Return what a number word of a language says; None if it is none."""
    low = word.lower().replace("\u0307", "")  # of a Turkish İ
    return _words(lang).get(low.replace("ё", "е") if "ё" in low else low)
