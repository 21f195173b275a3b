"""Spans as a test reads them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from bot.tracing import Attribute


class Kept:
    """Keeps the spans that have ended, each with its name as an attribute."""

    def __init__(self) -> None:
        self.spans: list[dict[str, Attribute]] = []
        self._under_way: ContextVar[dict[str, Attribute]] = ContextVar("under_way")

    @contextmanager
    def span(self, name: str, attributes: Mapping[str, Attribute]) -> Iterator[None]:
        kept = {"name": name, **attributes}
        before = self._under_way.set(kept)
        try:
            yield
        finally:
            self._under_way.reset(before)
            self.spans.append(kept)

    def note(self, attributes: Mapping[str, Attribute]) -> None:
        self._under_way.get().update(attributes)

    def of(self, name: str) -> list[dict[str, Attribute]]:
        return [span for span in self.spans if span["name"] == name]
