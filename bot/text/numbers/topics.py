"""Tell what a number is about, so that numbers of several posts can be compared."""

from dataclasses import dataclass

from bot.posts import Number, NumberKind
from bot.text.words.tokens import is_stopword, stem, tokenise

PEOPLE = "people"
"""The unit of people, whatever they are called."""
_PEOPLE = frozenset((PEOPLE, "person", "persons", "человек", "человека", "человеку", "людей", "люди", "людям"))


@dataclass(frozen=True, slots=True)
class Topic:
    """What a number counts: the stem of its unit, and those of the words about it."""

    kind: NumberKind
    unit: str | None
    words: frozenset[str]


def topic_of(number: Number, lang: str) -> Topic:
    """Return the topic of a number in a post of a language; "человек" and "людей" are one unit."""
    words = _words(number.about.text) if number.about else []
    stems = frozenset(stem(word, lang) for word in words if not is_stopword(word, lang))
    return Topic(number.kind, number.unit and _unit(number.unit, lang), stems)


def _unit(unit: str, lang: str) -> str:
    """Return the stem of a unit, or of the last word of a counted noun."""
    words = _words(unit)
    if not words:
        return unit
    return PEOPLE if words[-1].lower() in _PEOPLE else stem(words[-1], lang)


def _words(text: str) -> list[str]:
    return [token.text for token in tokenise(text) if token.text[0].isalpha()]
