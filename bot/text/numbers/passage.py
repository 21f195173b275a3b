"""The two things that the modules of this folder hand to each other."""

from dataclasses import dataclass

from bot.posts import NumberKind, Qualifier
from bot.text.tokens import Token

Amount = float | tuple[float, float] | None


@dataclass(frozen=True, slots=True)
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

    def is_title_case(self) -> bool:
        """Tell whether the sentence is written with capitals throughout."""
        words = [token.text for token in self.tokens if token.text[0].isalpha() and len(token.text) > 3]
        return sum(word[0].isupper() for word in words) >= 0.7 * len(words)

    def index_at(self, offset: int, index: int = 0) -> int:
        """Return the index of the first token, from ``index`` on, that begins at an offset or behind it."""
        while index < len(self.tokens) and self.tokens[index].start < offset:
            index += 1
        return index


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in the cleaned text, ``text[start:end]`` with its qualifier and its unit or counted noun.

    Attributes:
        attributive: it describes the noun behind it ("six-week search", "38-летняя Юлия").

    """

    start: int
    end: int
    value: Amount
    unit: str | None
    qualifier: Qualifier
    kind: NumberKind
    attributive: bool = False
