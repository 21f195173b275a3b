"""What Sentry and a collector of OpenTelemetry get to hear of the real process, and what they do not."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from bot import __version__
from bot.playground.client.cast import Bot
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import waits_until
from bot.telegram.worker import MOST_ATTEMPTS
from tests.e2e.conftest import StartBot
from tests.e2e.messages import SEED
from tests.e2e.process import TOKEN
from tests.e2e.talkative import WORD, TooMuchSaid
from tests.far_end import KEY, FarEnd, attributes, far_end

pytestmark = pytest.mark.e2e

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def far() -> Iterator[FarEnd]:
    with far_end() as far:
        yield far


def _observed(far: FarEnd) -> dict[str, str]:
    return {"SENTRY_DSN": far.dsn, "OTEL_EXPORTER_OTLP_ENDPOINT": far.url}


def test_an_update_that_fails_is_told_of_by_its_reference_and_by_nothing_that_anybody_wrote(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, far: FarEnd
) -> None:
    bot = start_bot(telegram.url, module="tests.e2e.talkative", PYTHONPATH=str(_ROOT), **_observed(far))
    brunhilde = telegram.user("Brunhilde", username="brunhilde_w")
    apology = brunhilde.writes(f"A {WORD} zeppelin landed in Friedrichshafen.", to=sitrep).answer().shown["text"]
    assert bot.stop() == 0
    reports = far.reports()
    assert [report["tags"]["parked"] for report in reports] == ["False"] * (MOST_ATTEMPTS - 1) + ["True"]
    for report in reports:
        assert re.search(rf"\b{report['tags']['reference']}\b", apology)
        assert report["tags"]["chat"] == str(brunhilde.id)
        assert report["tags"]["role"] == "run"
        assert report["release"] == f"sitrep-bot@{__version__}"
        assert report["message"] == "an update could not be handled"
        kinds = [exception["type"] for exception in report["exception"]["values"]]
        assert kinds == ["ValueError", TooMuchSaid.__name__]
        where = report["exception"]["values"][-1]["stacktrace"]["frames"][-1]
        assert where["function"] == "_fail_at_a_word"
    handled = [span for span in far.spans("handle") if span["sitrep.chat"] == brunhilde.id]
    assert [span["sitrep.outcome"] for span in handled] == ["failed"] * (MOST_ATTEMPTS - 1) + ["parked"]
    assert [span["sitrep.attempt"] for span in handled] == list(range(1, MOST_ATTEMPTS + 1))
    log = bot.log().encode()
    for words in (b"zeppelin", b"Friedrichshafen", b"Brunhilde", b"brunhilde_w"):
        assert words in log, "the log says what the reports must not"
        assert words not in far.bodies
    assert TOKEN.partition(":")[2].encode() not in far.bodies
    assert KEY.encode() not in log


def test_what_is_done_for_a_chat_is_told_from_its_coming_to_its_delivery(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, far: FarEnd
) -> None:
    bot = start_bot(telegram.url, **_observed(far))
    anna = telegram.user("Anna")
    anna.writes(SEED, to=sitrep)
    assert anna.writes("/summary", to=sitrep).answer().text
    assert bot.stop() == 0
    assert far.reports() == []
    assert sum(span["sitrep.updates"] for span in far.spans("receive")) == 2
    handled = far.spans("handle")
    assert [(span["sitrep.chat"], span["sitrep.outcome"]) for span in handled] == [(anna.id, "handled")] * 2
    assert len(far.spans("read")) == 1
    assert far.spans("digest") == [{"sitrep.posts": 1}] * 2  # the summary, and what its buttons would show
    inside = {span.parent_span_id for span in far.all_spans() if span.name in {"read", "digest"}}
    assert inside == {span.span_id for span in far.all_spans() if span.name == "handle"}
    sent = [span for span in far.spans("deliver") if span["sitrep.chat"] == anna.id]
    assert {span["sitrep.outcome"] for span in sent} == {"sent"}
    references = {span["sitrep.reference"] for span in handled}
    assert {span["sitrep.message"].split(":")[1] for span in sent} <= references
    resource = attributes(far.resources()[0].resource.attributes)
    assert resource["service.name"] == "sitrep"
    assert resource["service.version"] == __version__
    assert resource["sitrep.role"] == "run"
    for words in (SEED.split()[0].encode(), b"Anna", TOKEN.partition(":")[2].encode()):
        assert words not in far.bodies


def test_what_breaks_the_process_off_is_reported(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, far: FarEnd
) -> None:
    telegram.fault("refuse", "getUpdates", code=401, description="Unauthorized", skip=1)
    bot = start_bot(telegram.url, SITREP_TELEGRAM__POLL_SECONDS="0", **_observed(far))
    assert bot.ends() == 78
    (report,) = far.reports()
    assert report["level"] == "fatal"
    assert report["exception"]["values"][-1]["type"] == "TokenFault"


def test_who_never_answers_holds_nobody_up_and_not_the_end(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot
) -> None:
    with far_end(silent=Event()) as far:
        bot = start_bot(telegram.url, module="tests.e2e.talkative", PYTHONPATH=str(_ROOT), **_observed(far))
        anna = telegram.user("Anna")
        assert anna.writes(f"A {WORD} post.", to=sitrep).answer().text
        assert anna.writes("/help", to=sitrep).answer().text
        waits_until(lambda: far.bodies or None, 60, "a report")
        assert bot.stop() == 0
        assert "something does not end by itself" not in bot.log()
        assert '"stopped"' in bot.log()
