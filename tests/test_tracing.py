from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bot.tracing import Attribute, note, record, span


class _Kept:
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    @contextmanager
    def span(self, name: str, attributes: Mapping[str, Attribute]) -> Iterator[None]:
        self.heard.append(f"{name} {attributes}")
        yield
        self.heard.append(f"end of {name}")

    def note(self, attributes: Mapping[str, Attribute]) -> None:
        self.heard.append(str(attributes))


def test_what_is_done_is_recorded_as_long_as_somebody_wants_it() -> None:
    kept = _Kept()
    with span("before"):
        note(outcome="nobody hears it")
    with record(kept), span("handle", chat=5), span("read"):
        note(outcome="read")
    with span("after", chat=5):
        note(outcome="nobody hears it")
    assert kept.heard == ["handle {'chat': 5}", "read {}", "{'outcome': 'read'}", "end of read", "end of handle"]
