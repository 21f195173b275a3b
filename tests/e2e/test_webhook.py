"""The real bot behind a webhook."""

import socket

import pytest

from bot.playground.client.cast import Bot
from bot.playground.client.local_telegram import LocalTelegram
from tests.e2e.conftest import StartBot
from tests.e2e.messages import answer_to
from tests.e2e.process import behind_webhook

pytestmark = pytest.mark.e2e


def test_posts_come_by_webhook_and_a_summary_goes_back(
    start_bot: StartBot, telegram: LocalTelegram, sitrep: Bot
) -> None:
    anna = telegram.user("Anna")
    channel = telegram.channel("River News", username="river_news")
    settings = behind_webhook()
    process = start_bot(telegram.url, **settings)
    answer_to(anna.starts(sitrep))
    anna.forwards(channel.post("The river rose by two metres.\nThe mayor asked 300 people to leave."), to=sitrep)
    answer = answer_to(anna.writes("/summary", to=sitrep))
    assert "300 people" in answer.text
    assert process.stop() == 0
    assert telegram.calls("getUpdates") == []
    assert [call["params"]["url"] for call in telegram.calls("setWebhook")] == [settings["WEBHOOK_URL"]]


def test_what_is_posted_while_it_is_down_comes_when_it_is_up_again(
    start_bot: StartBot, telegram: LocalTelegram, sitrep: Bot
) -> None:
    anna = telegram.user("Anna")
    anna.starts(sitrep)
    settings = behind_webhook()
    process = start_bot(telegram.url, **settings)
    telegram.waits_for_call("setWebhook")
    process.kill()
    help_ = anna.writes("/help", to=sitrep)
    process.start()
    telegram.advance(120)
    assert "/summary" in help_.answer().text
    assert process.stop() == 0


def test_back_to_polling_the_webhook_is_removed(start_bot: StartBot, telegram: LocalTelegram, sitrep: Bot) -> None:
    anna = telegram.user("Anna")
    anna.starts(sitrep)
    first = start_bot(telegram.url, **behind_webhook())
    telegram.waits_for_call("setWebhook")
    assert first.stop() == 0
    second = start_bot(telegram.url)
    assert "/summary" in answer_to(anna.writes("/help", to=sitrep)).text
    assert telegram.calls("deleteWebhook")
    assert second.stop() == 0


def test_a_port_that_is_taken_ends_it_with_a_line_that_says_so(
    start_bot: StartBot, telegram: LocalTelegram, sitrep: Bot
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        webhook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "SITREP_WEBHOOK__HOST": "127.0.0.1"}
        process = start_bot(telegram.url, PORT=port, **webhook)
        assert process.ends() == 78
    assert f"setting webhook.port: 127.0.0.1:{port} can't be used" in process.log()


def test_an_address_that_telegram_refuses_ends_it_with_a_line_that_says_so(
    start_bot: StartBot, telegram: LocalTelegram, sitrep: Bot
) -> None:
    telegram.fault("refuse", "setWebhook", code=400, description="bad webhook: getaddrinfo: no such host")
    process = start_bot(telegram.url, WEBHOOK_URL="https://bot.example:99/telegram")
    assert process.ends() == 78
    assert "setting webhook.url: Telegram refuses it: Bad webhook: getaddrinfo" in process.log()
