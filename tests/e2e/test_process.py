"""How the process starts, waits and ends, whatever Telegram says."""

from pathlib import Path

import pytest

from bot.playground.client.cast import Bot
from bot.playground.client.local_telegram import LocalTelegram
from bot.telegram.dispatch import COMMANDS
from tests.e2e.conftest import StartBot
from tests.e2e.messages import answer_to
from tests.e2e.process import TOKEN

pytestmark = pytest.mark.e2e

# The discard service's port, where nobody listens.
NOBODY = "http://127.0.0.1:9"


def test_it_greets_telegram_sets_the_menu_and_stops_when_asked(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot
) -> None:
    bot = start_bot(telegram.url)
    telegram.waits_for_call("getUpdates")
    assert bot.stop() == 0
    assert telegram.calls("deleteWebhook")
    params = [call["params"] for call in telegram.calls("setMyCommands")]
    menus = {(menu["scope"]["type"], menu.get("language_code", "")): menu["commands"] for menu in params}
    assert set(menus) == {(scope, lang) for scope in ("default", "all_group_chats") for lang in ("", "en", "ru")}
    assert menus["default", ""] == menus["default", "en"]
    assert [command["command"] for command in menus["default", "ru"]] == list(COMMANDS)
    assert menus["default", "ru"][0]["description"].startswith("Что произошло")
    in_groups = {command["command"] for command in menus["all_group_chats", "ru"]}
    assert set(COMMANDS) - in_groups == {"start", "subscribe", "unsubscribe"}
    for method in ("setMyDescription", "setMyShortDescription"):
        assert {call["params"].get("language_code", "") for call in telegram.calls(method)} == {"", "en", "ru"}


def test_a_menu_that_can_t_be_set_does_not_hold_it_up(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot
) -> None:
    telegram.fault("flood", "setMyCommands", seconds=600)
    bot = start_bot(telegram.url)
    telegram.waits_for_call("getUpdates")
    assert "descriptions and menus can't be set" in bot.log()
    assert bot.stop() == 0


def test_a_wrong_token_ends_it_with_a_line_that_says_so(telegram: LocalTelegram, start_bot: StartBot) -> None:
    bot = start_bot(telegram.url)
    assert bot.ends() == 78
    assert bot.log().splitlines()[-1].startswith("sitrep: Telegram does not know this token: set TELEGRAM_TOKEN")


def test_a_token_that_is_revoked_ends_it_too(telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot) -> None:
    telegram.fault("refuse", "getUpdates", code=401, description="Unauthorized", skip=1)
    bot = start_bot(telegram.url, SITREP_TELEGRAM__POLL_SECONDS="0")
    assert bot.ends() == 78
    assert bot.log().splitlines()[-1].startswith("sitrep: Telegram does not know this token: set TELEGRAM_TOKEN")


def test_a_second_program_with_the_token_is_told_in_plain_words(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot
) -> None:
    telegram.fault("refuse", "getUpdates", code=409, description="Conflict: terminated by other getUpdates request")
    bot = start_bot(telegram.url)
    bot.wait_for_log("another program receives this bot's updates, stop it")
    bot.wait_for_log("updates are received again")
    assert bot.stop() == 0


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("TELEGRAM_TOKEN", "", "setting telegram.token: it is empty; set TELEGRAM_TOKEN"),
        ("TZ", "Mars/Olympus", "setting general.timezone: 'Mars/Olympus' is no IANA time zone"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line_that_names_it(
    start_bot: StartBot, setting: str, value: str, told: str
) -> None:
    bot = start_bot(NOBODY, **{setting: value})
    assert bot.ends() == 78
    (line,) = bot.log().splitlines()
    assert line.startswith(f"sitrep: {told}")
    assert setting in line


def test_without_a_network_it_waits_and_stops_when_asked(start_bot: StartBot) -> None:
    bot = start_bot(NOBODY)
    bot.wait_for_log("Telegram can't be reached")
    assert bot.stop() == 0


def test_a_database_that_can_t_be_used_is_named(start_bot: StartBot, home: Path) -> None:
    (home / "sitrep.sqlite3").write_bytes(b"no database at all" * 100)
    bot = start_bot(NOBODY)
    assert bot.ends() == 1
    assert bot.log().startswith(f"sitrep: {home / 'sitrep.sqlite3'}: ")


@pytest.mark.parametrize("form", ["console", "json"])
def test_the_token_is_seen_in_no_log_and_in_no_list_of_processes(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, form: str
) -> None:
    secret = TOKEN.partition(":")[2]
    telegram.fault("error_before", "getUpdates", skip=1)
    telegram.fault("drop_before", "sendMessage")
    bot = start_bot(telegram.url, LOG_LEVEL="debug", SITREP_LOGS__FORMAT=form)
    assert answer_to(telegram.user("Anna").writes("/help", to=sitrep)).text
    assert "run" in bot.command_line()
    assert secret not in bot.command_line()
    assert bot.stop() == 0
    assert "/bot123456:…/" in bot.log()
    assert secret not in bot.log()
