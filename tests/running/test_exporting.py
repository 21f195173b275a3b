from collections.abc import Iterator

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Status

from bot.running.exporting import exporting
from bot.tracing import note, span
from tests.far_end import FarEnd, attributes, far_end


@pytest.fixture
def far() -> Iterator[FarEnd]:
    with far_end() as far:
        yield far


def test_spans_tell_of_what_they_were_and_how_it_ended_and_what_is_done_within_them_is_inside(far: FarEnd) -> None:
    with exporting(far.url, "worker"):
        with span("handle", reference="5", chat=None):
            with span("read", post="-100:7"):
                note(outcome="read")
            note(outcome="handled")
        with span("deliver", chat=-100, attempt=2):
            pass
    assert far.spans("handle") == [{"sitrep.reference": "5", "sitrep.outcome": "handled"}]
    assert far.spans("read") == [{"sitrep.post": "-100:7", "sitrep.outcome": "read"}]
    assert far.spans("deliver") == [{"sitrep.chat": -100, "sitrep.attempt": 2}]
    spans = {one.name: one for one in far.all_spans()}
    assert spans["read"].parent_span_id == spans["handle"].span_id
    assert spans["handle"].parent_span_id == spans["deliver"].parent_span_id == b""


def test_of_a_fault_the_kind_is_told_and_not_what_it_says(far: FarEnd) -> None:
    def handle() -> None:
        with exporting(far.url, "run"), span("handle"):
            int("what Anna wrote")

    with pytest.raises(ValueError, match="Anna"):
        handle()
    assert far.spans("handle") == [{"error.type": "ValueError"}]
    (handled,) = far.all_spans()
    assert handled.status.code == Status.StatusCode.STATUS_CODE_ERROR
    assert b"Anna" not in far.bodies


def test_what_the_usual_variables_say_of_the_service_wins(far: FarEnd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "our-bot")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=testing")
    with exporting(far.url, "run"), span("handle"):
        pass
    (told,) = far.resources()
    resource = attributes(told.resource.attributes)
    assert resource["service.name"] == "our-bot"
    assert resource["deployment.environment.name"] == "testing"
    assert resource["sitrep.role"] == "run"


def test_after_the_end_nothing_is_recorded(far: FarEnd) -> None:
    with exporting(far.url, "run"):
        pass
    with span("handle"):
        note(outcome="handled")
    assert far.all_spans() == []
