"""Two processes with one token and one database: started by mistake, on the same machine."""

import pytest

from bot.playground.client.cast import Bot
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from tests.e2e.conftest import StartBot

pytestmark = pytest.mark.e2e


def test_two_that_poll_are_told_so_and_lose_and_double_nothing(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot
) -> None:
    channel = telegram.channel("River News", username="river_news")
    people = [telegram.user(f"Person {number}") for number in range(4)]
    first = start_bot(telegram.url, SITREP_TELEGRAM__POLL_SECONDS="1", SITREP_INTAKE__BURST_POSTS="0")
    telegram.waits_for_call("getUpdates")
    start_bot(telegram.url, SITREP_TELEGRAM__POLL_SECONDS="1", SITREP_INTAKE__BURST_POSTS="0")
    first.wait_for_log("another program receives this bot's updates, stop it")
    asked = []
    for number in range(12):
        person = people[number % len(people)]
        person.forwards(channel.post(f"The river rose by {number + 2} metres on Monday, the mayor said."), to=sitrep)
        asked.append(person.writes(f"/ask{number}x", to=sitrep))
        telegram.waits_for_call("getUpdates", after=len(telegram.calls()))
    last = [person.writes("/summary 20", to=sitrep) for person in people]
    assert all("3 posts" in _summary(one) for one in last)
    times = [sum(question.text in answer.text for answer in question.answers()) for question in asked]
    assert times == [1] * len(asked)


def _summary(asked: Message) -> str:
    """Wait for the summary, which comes behind the answers to what was asked before."""

    def look() -> str | None:
        return next((answer.text for answer in asked.answers() if answer.text.startswith("📰")), None)

    return waits_until(look, 40, "the summary")
