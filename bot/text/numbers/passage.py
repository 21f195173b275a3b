"""What the modules of this folder hand to each other."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from bot.posts import NumberKind, Qualifier
from bot.text.words.tokens import Token

Amount = float | tuple[float, float] | None


@dataclass(frozen=True)
class Passage:
    """A sentence to find numbers in: ``text[start:end]`` and its tokens; offsets are those of the whole text."""

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    lang: str

    def word(self, index: int) -> str:
        """Return a token in lower case; nothing where there is none."""
        return self.tokens[index].text.lower() if 0 <= index < len(self.tokens) else ""

    def before(self, offset: int, reach: int = 40) -> str:
        """Return what stands in the sentence before an offset."""
        return self.text[max(self.start, offset - reach) : offset]

    def after(self, offset: int, reach: int = 40) -> str:
        """Return what stands in the sentence behind an offset."""
        return self.text[offset : min(self.end, offset + reach)]

    @cached_property
    def is_title_case(self) -> bool:
        """Tell whether the sentence is written with capitals throughout."""
        words = [token.text for token in self.tokens if token.text[0].isalpha() and len(token.text) > 3]
        return sum(word[0].isupper() for word in words) >= 0.7 * len(words)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def index_at(self, offset: int) -> int:
        """Return the index of the first token that begins at an offset or behind it."""
        return bisect_left(self._starts, offset)

    def near(self, offset: int, count: int) -> int:
        """Return where the token begins that stands so many tokens behind an offset, or before it if ``count`` < 0."""
        index = self.index_at(offset) + count
        if index >= len(self.tokens):
            return self.end
        return self.tokens[index].start if index >= 0 else self.start

    def words_in(self, start: int, end: int) -> list[Token]:
        """Return the words between two offsets."""
        return [token for token in self.tokens[self.index_at(start) : self.index_at(end)] if token.text[0].isalpha()]


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at tokens ``first`` to ``last`` (exclusive); ``words`` if it has no digit.

    ``amount`` is a pair for "two-three", None for a vague "thousands".
    """

    amount: Amount
    first: int
    last: int
    words: bool

    @property
    def plain(self) -> float:
        """The single value, or the first of a pair; 0 if it is vague."""
        return self.amount[0] if isinstance(self.amount, tuple) else self.amount or 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in the cleaned text, ``text[start:end]`` with its qualifier and its unit or counted noun.

    Attributes:
        attributive: it describes the noun behind it ("six-week search", "38-летняя Юлия").
        base: another is compared with it, or has changed from it ("rose to 7% from 5%").

    """

    start: int
    end: int
    value: Amount
    unit: str | None
    qualifier: Qualifier
    kind: NumberKind
    attributive: bool = False
    base: bool = False
