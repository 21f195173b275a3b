from bot.tracing import note, record, span
from tests.recorder import Kept


def test_what_is_done_is_recorded_as_long_as_somebody_wants_it() -> None:
    kept = Kept()
    with span("before"):
        note(outcome="nobody hears it")
    with record(kept), span("handle", chat=5), span("read"):
        note(outcome="read")
    with span("after", chat=5):
        note(outcome="nobody hears it")
    assert kept.spans == [{"name": "read", "outcome": "read"}, {"name": "handle", "chat": 5}]
