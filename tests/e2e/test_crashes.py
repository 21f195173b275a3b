"""What nobody caught is told, and not with the token: `start_bot` looks for that in every log."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import StartBot
from tests.e2e.crashing import SAID
from tests.e2e.process import TOKEN, BotProcess

pytestmark = pytest.mark.e2e

_ROOT = Path(__file__).parents[2]
_PUBLIC = TOKEN.partition(":")[0]


def _start(start_bot: StartBot, crash: str, **settings: str) -> BotProcess:
    return start_bot("http://127.0.0.1:9", module="tests.e2e.crashing", PYTHONPATH=str(_ROOT), CRASH=crash, **settings)


def _told(bot: BotProcess, event: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [json.loads(line) for line in bot.log().splitlines()]
    return next(row for row in rows if row["event"] == event)


def test_a_crash_is_a_line_of_the_log(start_bot: StartBot) -> None:
    bot = _start(start_bot, "process", SITREP_LOGS__FORMAT="json")
    assert bot.ends() == 1
    told = _told(bot, "the process broke off")
    assert told["level"] == "critical"
    assert f"{_PUBLIC}:… {SAID} at https://api.telegram.org/bot{_PUBLIC}:…/getMe" in told["exception"]
    assert f"the token was {_PUBLIC}:…" in told["exception"]
    assert f"ValueError: {_PUBLIC}:…" in told["exception"]


def test_a_crash_is_shown_with_its_traceback_to_people(start_bot: StartBot) -> None:
    bot = _start(start_bot, "process", SITREP_LOGS__FORMAT="console")
    assert bot.ends() == 1
    assert "the process broke off" in bot.log()
    assert bot.log().splitlines()[-1] == f"ValueError: {_PUBLIC}:…"


@pytest.mark.parametrize(
    ("crash", "event"),
    [("thread", "a thread broke off"), ("deletion", "an exception was raised where none can be")],
)
def test_what_breaks_off_beside_the_process_is_a_line_of_the_log_too(
    start_bot: StartBot, crash: str, event: str
) -> None:
    bot = _start(start_bot, crash, SITREP_LOGS__FORMAT="json")
    bot.wait_for_log(event)
    assert bot.stop() == 0
    assert SAID in _told(bot, event)["exception"]


def test_a_command_that_has_no_log_prints_its_crash(start_bot: StartBot) -> None:
    bot = _start(start_bot, "process", role="doctor")
    assert bot.ends() == 1
    assert "\nTraceback (most recent call last):\n" in bot.log()
    assert SAID in bot.log()
    assert bot.log().endswith(f"\nValueError: {_PUBLIC}:…\n")
