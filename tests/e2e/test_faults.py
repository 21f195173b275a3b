"""Nothing is lost, and nothing is told twice but where nobody can know: the real process, broken off and cut off."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from tests.e2e.conftest import StartBot
from tests.e2e.messages import answer_to, is_acknowledged

pytestmark = pytest.mark.e2e

BRIDGE = "The mayor Anna Weber opened the new bridge on Monday. It cost 12 million euros and took four years to build."
FLOOD = (
    "Heavy rain flooded the harbour of Bremen on Tuesday. More than 300 people had to leave their homes, police said."
)


@pytest.fixture
def anna(telegram: LocalTelegram) -> User:
    return telegram.user("Anna")


def answers_in_the_end(asked: Message, anna: User, sitrep: Bot) -> list[str]:
    """Return all answers: once a later question is answered, which waits for its turn, no more of them come."""
    anna.writes("/last", to=sitrep)

    def answered() -> list[str] | None:
        *earlier, latest = [answer.text for answer in asked.answers()] or [""]
        return earlier if latest.startswith("I don't know /last") else None

    return waits_until(answered, 60, "the last answer")


def _is_all_sent(home: Path) -> bool:
    """Tell whether the bot knows that all its messages were sent."""
    with closing(sqlite3.connect(home / "sitrep.sqlite3")) as database:
        (waiting,) = database.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone()
    return int(waiting) == 0


def test_killed_while_it_sends_it_answers_after_all(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, anna: User
) -> None:
    telegram.fault("hang_before", "sendMessage")
    bot = start_bot(telegram.url)
    asked = anna.writes("/help", to=sitrep)
    telegram.waits_for_call("sendMessage")
    bot.kill()
    bot.start()
    assert len(answers_in_the_end(asked, anna, sitrep)) == 1


@pytest.mark.parametrize(("when_uncertain", "times"), [("resend", 2), ("hold", 1)])
def test_killed_after_it_sent_it_does_what_was_set_for_such_doubts(  # noqa: PLR0917 - two figures beside the fixtures
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, anna: User, when_uncertain: str, times: int
) -> None:
    telegram.fault("hang_after", "sendMessage")
    bot = start_bot(telegram.url, SITREP_DELIVERY__WHEN_UNCERTAIN=when_uncertain)
    asked = anna.writes("/help", to=sitrep)
    telegram.waits_for_call("sendMessage")
    bot.kill()
    bot.start()
    assert len(answers_in_the_end(asked, anna, sitrep)) == times


def test_killed_before_it_confirmed_what_it_received_it_answers_once(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, anna: User, home: Path
) -> None:
    telegram.fault("hang_before", "getUpdates", skip=1)
    bot = start_bot(telegram.url)
    asked = anna.writes("/help", to=sitrep)
    asked.answer()
    waits_until(lambda: _is_all_sent(home) or None, 60, "the note that it was sent")
    bot.kill()
    assert [update["message"]["text"] for update in sitrep.updates()] == ["/help"]
    bot.start()
    assert len(answers_in_the_end(asked, anna, sitrep)) == 1


def test_a_restart_keeps_the_posts_and_what_was_told_of_them(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, anna: User
) -> None:
    bot = start_bot(telegram.url)
    assert is_acknowledged(anna.writes(BRIDGE, to=sitrep))
    bot.kill()
    anna.writes(FLOOD, to=sitrep)
    bot.start()
    assert answer_to(anna.writes("/summary", to=sitrep)).text.startswith("📰 2 posts")
    assert bot.stop() == 0
    bot.start()
    assert "Nothing new since the last summary" in answer_to(anna.writes("/summary", to=sitrep)).text


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "error_before", "error_after", "html"])
def test_updates_whose_answer_is_lost_are_asked_for_again(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, anna: User, fault: str
) -> None:
    asked = anna.writes("/help", to=sitrep)
    telegram.fault(fault, "getUpdates")
    start_bot(telegram.url)
    assert len(answers_in_the_end(asked, anna, sitrep)) == 1


def test_an_update_that_comes_twice_is_answered_once(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, anna: User
) -> None:
    asked = anna.writes("/help", to=sitrep)
    sitrep.gets_again()
    start_bot(telegram.url)
    assert len(answers_in_the_end(asked, anna, sitrep)) == 1


def test_an_update_that_can_t_be_read_is_parked_and_the_next_ones_go_on(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, anna: User
) -> None:
    sitrep.gets({"message": "nothing that Telegram would send"})
    bot = start_bot(telegram.url)
    assert answer_to(anna.writes("/help", to=sitrep)).text
    bot.wait_for_log('"parked": true')


@pytest.mark.parametrize(
    ("fault", "when_uncertain", "times"),
    [
        ("drop_before", "resend", 1),
        ("drop_after", "resend", 2),
        ("drop_after", "hold", 1),
        ("error_before", "resend", 1),
        ("html", "resend", 1),
        ("flood", "hold", 1),
    ],
)
def test_an_answer_that_is_cut_off_is_not_lost(  # noqa: PLR0917 - three figures beside the fixtures
    telegram: LocalTelegram,
    sitrep: Bot,
    start_bot: StartBot,
    anna: User,
    fault: str,
    when_uncertain: str,
    times: int,
) -> None:
    telegram.fault(fault, "sendMessage")
    start_bot(telegram.url, SITREP_DELIVERY__WHEN_UNCERTAIN=when_uncertain)
    asked = anna.writes("/help", to=sitrep)
    assert len(answers_in_the_end(asked, anna, sitrep)) == times


def test_who_has_blocked_the_bot_does_not_hold_up_the_others(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, anna: User
) -> None:
    boris = telegram.user("Boris")
    boris.writes("/help", to=sitrep)
    boris.blocks(sitrep)
    start_bot(telegram.url)
    for _ in range(2):
        assert answer_to(anna.writes("/help", to=sitrep)).text
    # Whether his answer was refused, or forgotten with him before it was sent: nothing came.
    assert [message.text for message in boris.sees(sitrep)] == ["/help"]


def test_under_telegram_s_flood_limits_every_answer_arrives_once(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, anna: User
) -> None:
    telegram.limit_floods()
    start_bot(telegram.url)
    asked = [anna.writes(text, to=sitrep) for text in ("/start", "/help", "/summary")]
    answers = answers_in_the_end(asked[0], anna, sitrep)
    assert [text.split()[0] for text in answers] == ["👋", "Collect", "There"]


def test_a_burst_that_was_cut_by_a_kill_is_told_once_after_the_restart(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, anna: User
) -> None:
    channel = telegram.channel("Harbour News", username="harbour_news")
    bot = start_bot(telegram.url, SITREP_INTAKE__BURST_POSTS="2")
    boris = telegram.user("Boris")
    boris.starts(sitrep)
    assert is_acknowledged(boris.writes(FLOOD, to=sitrep))  # the first post of a process takes its time
    anna.forwards(channel.post(BRIDGE), to=sitrep)
    last = anna.forwards(channel.post(FLOOD), to=sitrep)
    assert is_acknowledged(last)
    bot.kill()
    bot.start()
    assert last.answer().text == "2 posts from 1 source collected: /summary"
    assert answers_in_the_end(last, anna, sitrep) == ["2 posts from 1 source collected: /summary"]
