"""What becomes of an answer, whatever happens to the call that sends it, for both ways to treat doubts.

Calls that never end are missing here, since a process waits half a minute for them; test_crashes.py has them.
"""

import socket
from pathlib import Path

import pytest

from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from bot.playground.serving import serving
from tests.e2e.conftest import starting
from tests.e2e.process import TOKEN

pytestmark = pytest.mark.e2e

# How often an answer arrives.
RESENT = {
    "drop_before": 1,
    "drop_after": 2,
    "late": 2,
    "error_before": 1,
    "error_after": 2,
    "restart": 1,
    "html": 1,
    "slow": 1,
    "flood": 1,
    "kicked": 0,
    "blocked": 0,
    "deactivated": 0,
    "refuse": 0,
}
# Those of which nobody knows whether they arrived are not sent again.
HELD = RESENT | {
    "drop_before": 0,
    "drop_after": 1,
    "late": 1,
    "error_before": 0,
    "error_after": 1,
    "restart": 0,
    "html": 0,
}


@pytest.mark.parametrize(("when_uncertain", "arrivals"), [("resend", RESENT), ("hold", HELD)], ids=["resend", "hold"])
def test_an_answer_arrives_as_often_as_its_fault_allows_and_the_next_one_once(
    tmp_path: Path, when_uncertain: str, arrivals: dict[str, int]
) -> None:
    with serving() as telegram, starting(tmp_path) as start:
        sitrep = telegram.bot("sitrep_bot", token=TOKEN)
        asked = {}
        for fault in arrivals:
            person = telegram.user(fault)
            telegram.fault(fault, "sendMessage", chat=person.id)
            asked[fault] = person.writes("/first", to=sitrep)
            person.writes("/second", to=sitrep)
        start(telegram.url, SITREP_DELIVERY__WHEN_UNCERTAIN=when_uncertain)
        for question in asked.values():
            _wait_for(question, "/second")
        assert {fault: _arrivals(question, "/first") for fault, question in asked.items()} == arrivals
        assert {_arrivals(question, "/second") for question in asked.values()} == {1}


def test_while_telegram_is_not_there_answers_wait_and_then_arrive_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with starting(tmp_path) as start:
        with serving(port=port) as telegram:
            sitrep = telegram.bot("sitrep_bot", token=TOKEN)
            anna = telegram.user("Anna")
            telegram.fault("flood", "sendMessage", seconds=1)
            bot = start(telegram.url, SITREP_DELIVERY__WHEN_UNCERTAIN="hold")
            anna.writes("/first", to=sitrep)
            telegram.waits_for_call("sendMessage")
            world = telegram.save()
        bot.wait_for_log("a message is sent again")
        bot.wait_for_log("no updates can be received")
        with serving(port=port) as telegram:
            telegram.load(world)
            (asked,) = (message for message in _seen(telegram, anna.id, sitrep.id) if message.text == "/first")
            _wait_for(asked, "/first")
            assert _arrivals(asked, "/first") == 1


def test_what_a_killed_process_was_sending_is_sent_as_soon_as_it_is_started_again(tmp_path: Path) -> None:
    with serving() as telegram, starting(tmp_path) as start:
        sitrep, anna = telegram.bot("sitrep_bot", token=TOKEN), telegram.user("Anna")
        telegram.fault("hang_before", "sendMessage", chat=anna.id)
        bot = start(telegram.url)
        asked = anna.writes("/first", to=sitrep)
        telegram.waits_for_call("sendMessage")
        bot.kill()
        bot.start()
        _wait_for(asked, "/first")
        assert _arrivals(asked, "/first") == 1


def _seen(telegram: LocalTelegram, person: int, sitrep: int) -> list[Message]:
    return [Message(telegram, shown, person) for shown in telegram.read(f"/chats/{sitrep}/messages?user={person}")]


def _wait_for(question: Message, word: str) -> None:
    waits_until(lambda: _arrivals(question, word) or None, 40, f"the answer to {word}")


def _arrivals(question: Message, word: str) -> int:
    return sum(word in answer.text for answer in question.answers())
