"""How the process starts, waits and ends, whatever Telegram says."""

import asyncio
from pathlib import Path

import pytest

from tests.e2e.conftest import StartBot
from tests.e2e.process import BotProcess
from tests.telegram.api import Api, error, running_api
from tests.waiting import until

pytestmark = pytest.mark.e2e


async def _ended(bot: BotProcess) -> int:
    return await asyncio.to_thread(bot.ends)


async def _polls(api: Api) -> None:
    async def asked() -> bool:
        return bool(api.asked("getUpdates"))

    await until(asked, 20)


async def test_it_greets_telegram_sets_the_menu_and_stops_when_asked(start_bot: StartBot) -> None:
    async with running_api() as api:
        bot = start_bot(api.url)
        await _polls(api)
        assert await asyncio.to_thread(bot.stop) == 0
    menus = {call.get("language_code", ""): call["commands"] for call in api.asked("setMyCommands")}
    assert set(menus) == {"", "en", "ru"}
    assert "summary" in menus["ru"]
    assert "Что произошло" in menus["ru"].encode().decode("unicode-escape")
    assert api.asked("deleteWebhook") == [{}]


async def test_a_menu_that_can_t_be_set_does_not_hold_it_up(start_bot: StartBot) -> None:
    async with running_api() as api:
        api.will_say("setMyCommands", error(429, "Too Many Requests: retry after 600", retry_after=600))
        bot = start_bot(api.url)
        await _polls(api)
        assert "the menu of commands can't be set" in bot.log()
        assert await asyncio.to_thread(bot.stop) == 0


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
async def test_a_wrong_token_ends_it_with_a_line_that_says_so(start_bot: StartBot, method: str) -> None:
    async with running_api() as api:
        api.will_say(method, error(401, "Unauthorized"))
        bot = start_bot(api.url)
        assert await _ended(bot) == 78
    assert bot.log().splitlines()[-1].startswith("sitrep: Telegram does not know this token: set TELEGRAM_TOKEN")
    assert "Traceback" not in bot.log()


def test_without_a_token_it_says_what_to_set(start_bot: StartBot) -> None:
    bot = start_bot("http://127.0.0.1:9", TELEGRAM_TOKEN="")
    assert bot.ends() == 78
    assert bot.log().startswith("sitrep: setting telegram.token: it is empty; set TELEGRAM_TOKEN")


def test_without_a_network_it_waits_and_stops_when_asked(start_bot: StartBot) -> None:
    bot = start_bot("http://127.0.0.1:9")
    bot.wait_for_log("Telegram can't be reached")
    assert bot.stop() == 0
    assert "Traceback" not in bot.log()


def test_a_database_that_can_t_be_used_is_named(start_bot: StartBot, home: Path) -> None:
    (home / "sitrep.sqlite3").write_bytes(b"no database at all" * 100)
    bot = start_bot("http://127.0.0.1:9")
    assert bot.ends() == 1
    assert bot.log().startswith(f"sitrep: {home / 'sitrep.sqlite3'}: ")
    assert "Traceback" not in bot.log()


async def test_a_second_program_with_the_token_is_told_in_plain_words(start_bot: StartBot) -> None:
    async with running_api() as api:
        api.will_say("getUpdates", error(409, "Conflict: terminated by other getUpdates request"))
        bot = start_bot(api.url)
        await asyncio.to_thread(bot.wait_for_log, "another program receives this bot's updates, stop it")
        await asyncio.to_thread(bot.wait_for_log, "updates are received again")
        assert await asyncio.to_thread(bot.stop) == 0
