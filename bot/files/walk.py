"""Walk through JSON without holding more than one value of it in memory.

All messages of an export of 20 MB, as objects of Python, take several hundred MB. ijson (3.6, with its default backend)
does the same, but its errors don't tell the line of a fault, which whoever sent the file is told.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, TypeVar

Said = TypeVar("Said")
_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


class Walk:
    """A place in a JSON text, before a value or behind it.

    Each method raises json.JSONDecodeError where the text is no JSON, and ValueError or RecursionError where no value
    can be made of it.

    Args:
        text: the whole.
        at: the place, an offset.

    """

    def __init__(self, text: str, at: int = 0) -> None:
        self._text = text
        self._at = at

    def fork(self) -> "Walk":
        """Return another walk from this place."""
        return Walk(self._text, self._at)

    def sees(self, opening: str) -> bool:
        """Tell whether the next value opens so: with a brace if it is an object, with a bracket if it is an array."""
        return self._next() == opening

    def value(self) -> Any:
        """Go behind the next value, and return it."""
        self._next()
        found, self._at = _DECODER.raw_decode(self._text, self._at)
        return found

    def skip(self) -> None:
        """Go behind the next value."""
        if self.sees("{"):
            for _ in self.members():
                pass
        elif self.sees("["):
            for _ in self.elements():
                pass
        else:
            self.value()

    def members(self) -> Iterator[str]:
        """Go through the next value, an object; stand before the value of each key, which may be left to be skipped."""
        for _ in self._parts("{", "}"):
            if not self.sees('"'):
                raise json.JSONDecodeError("Expecting property name enclosed in double quotes", self._text, self._at)
            key: str = self.value()
            self._pass(":")
            yield from self._before(key)

    def elements(self) -> Iterator[None]:
        """Go through the next value, an array; stand before each element, which may be left to be skipped."""
        for _ in self._parts("[", "]"):
            yield from self._before(None)

    def end(self) -> None:
        """See that nothing follows."""
        if self._next():
            raise json.JSONDecodeError("Extra data", self._text, self._at)

    def _before(self, said: Said) -> Iterator[Said]:
        self._next()
        before = self._at
        yield said
        if self._at == before:
            self.skip()

    def _parts(self, opening: str, closing: str) -> Iterator[None]:
        self._pass(opening)
        if self._next() != closing:
            yield
        while self._next() != closing:
            self._pass(",")
            yield
        self._pass(closing)

    def _next(self) -> str:
        """Go before what follows; return its first character, nothing at the end of the text."""
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        return self._text[self._at : self._at + 1]

    def _pass(self, mark: str) -> None:
        if self._next() != mark:
            raise json.JSONDecodeError(f"Expecting {mark!r}", self._text, self._at)
        self._at += 1
