"""Spans: what was done, from when to when, of what, and how it ended.

Nothing is kept of them unless `record` was told who wants them; `bot.running.exporting` does.
Attributes are ids, numbers and words that the code has, never what somebody wrote. They are named as in the log.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

Attribute = str | int | bool | None


class Recorder(Protocol):
    """Keeps spans."""

    def span(self, name: str, attributes: Mapping[str, Attribute]) -> AbstractContextManager[object]:
        """Return what begins a span and ends it, inside of the one that is under way."""
        ...

    def note(self, attributes: Mapping[str, Attribute]) -> None:
        """Add to the span that is under way."""
        ...


_NOTHING = nullcontext()
_recorder: Recorder | None = None


def span(name: str, **attributes: Attribute) -> AbstractContextManager[object]:
    """Name what is done as long as the block lasts, and of what; what is None is left out."""
    return _recorder.span(name, attributes) if _recorder else _NOTHING


def note(**attributes: Attribute) -> None:
    """Say more of what is being done, such as its outcome."""
    if _recorder:
        _recorder.note(attributes)


@contextmanager
def record(recorder: Recorder) -> Iterator[None]:
    """Have all spans recorded as long as the block lasts."""
    global _recorder  # noqa: PLW0603 - like the counters, it is one for all who say what they do
    _recorder = recorder
    try:
        yield
    finally:
        _recorder = None
