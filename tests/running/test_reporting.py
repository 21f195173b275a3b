import asyncio
import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentry_sdk.types import Event as Report

from bot.reader.process import ReaderProcess
from bot.running import reporting as module
from bot.running.reporting import reporting
from tests.far_end import FarEnd, far_end

_LOG = logging.getLogger("somebody")
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture
def far() -> Iterator[FarEnd]:
    with far_end() as far:
        yield far


def test_what_others_log_is_reported_without_their_words(far: FarEnd) -> None:
    with reporting(far.dsn, "worker"):
        _LOG.warning("no error")
        _LOG.error("what %s wrote: %s", "Anna", "a post")
    (report,) = far.reports()
    assert report["message"] == "an error that somebody logs"
    assert report["tags"] == {"role": "worker"}
    assert b"Anna" not in far.bodies


def test_what_is_logged_after_the_end_or_is_broken_off_is_not_reported(far: FarEnd) -> None:
    before = list(logging.getLogger().handlers)
    with reporting(far.dsn, "run"):
        _LOG.error("a job broke off", exc_info=asyncio.CancelledError())
    assert logging.getLogger().handlers == before
    _LOG.error("too late")
    assert far.reports() == []


def test_that_nobody_can_be_told_is_not_reported(far: FarEnd) -> None:
    with reporting(far.dsn, "run"):
        for name in ("sentry_sdk.errors", "urllib3.connectionpool", "opentelemetry.sdk.trace"):
            logging.getLogger(name).error("the server does not answer")
    assert far.reports() == []


def test_of_faults_that_are_alike_so_many_are_reported_in_a_minute_and_others_beside_them(
    far: FarEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(module, "_now", lambda: now)
    with reporting(far.dsn, "run"):
        for _ in range(module._MOST_ALIKE + 5):
            _LOG.error({"event": "the store failed"})
        _LOG.error({"event": "an update could not be handled", "reference": 5})
        now += module._ALIKE_SECONDS
        _LOG.error({"event": "the store failed"})
    told = [report["message"] for report in far.reports()]
    assert told.count("the store failed") == module._MOST_ALIKE + 1
    assert told.count("an update could not be handled") == 1


@given(said=st.text('абвгдежзиклмн🙂"\\\n ', min_size=8, max_size=200))
def test_nothing_of_what_an_exception_says_is_reported(said: str) -> None:
    with far_end() as far:
        with reporting(far.dsn, "run"):
            try:
                _fail(said)
            except ExceptionGroup:
                _LOG.exception({"event": "it failed", "fault": said, "chat": -1001, "post": said})
        (report,) = far.reports()
    assert report["tags"] == {"role": "run", "chat": "-1001"}
    assert {exception["value"] for exception in report["exception"]["values"]} == {"it failed"}
    assert said not in _strings(report)


def _fail(said: str) -> None:
    try:
        int(f"no number: {said}")
    except ValueError as error:
        error.add_note(said)
        raise ExceptionGroup(said, [KeyError(said), OSError(5, said)]) from error


def _strings(value: object) -> str:
    """Return all strings of a report, one after the other."""
    match value:
        case dict():
            return "\0".join(_strings(held) for held in value.values())
        case list():
            return "\0".join(_strings(held) for held in value)
    return str(value)


def test_of_a_fault_in_the_reader_it_is_told_where_in_the_reader(far: FarEnd) -> None:
    said = f"no number but {far.url}"
    with closing(ReaderProcess()) as reader, reporting(far.dsn, "worker"):
        try:
            reader.call(int, said)
        except ValueError as error:
            _LOG.exception({"event": "it was raised here anew"})
            _LOG.error({"event": "it was kept beside a result", "exc_info": error.with_traceback(None)})
    places = [_places(report) for report in far.reports()]
    assert places[0][-2:] == [("process.py", "call"), ("__main__.py", "_carry_out")]
    assert places[1] == [("__main__.py", "_carry_out")]
    assert far.url.encode() not in far.bodies


def _places(report: Report) -> list[tuple[str, str]]:
    frames = report["exception"]["values"][-1]["stacktrace"]["frames"]
    return [(Path(frame["filename"]).name, frame["function"]) for frame in frames]


def test_a_token_is_redacted_wherever_it_may_stand(far: FarEnd) -> None:
    with reporting(far.dsn, "run"):
        _LOG.error({"event": f"no answer from /bot{TOKEN}/getMe", "message": f"by {TOKEN}"})
    (report,) = far.reports()
    assert report["message"] == "no answer from /bot123456789:…/getMe"
    assert report["tags"]["message"] == "by 123456789:…"
    assert TOKEN.partition(":")[2].encode() not in far.bodies
