"""An update at which the process dies again and again is given up in the end, and none of those beside it is."""

import contextlib
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.playground.client.cast import Bot
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import waits_until
from tests.e2e.conftest import StartBot
from tests.e2e.process import BotProcess, behind_webhook
from tests.faults.deadly import MOST_DEATHS, STATUS, WORD

pytestmark = pytest.mark.e2e

_PEOPLE = 50
_DEADLY = 11
_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_of_many_updates_only_the_one_that_kills_the_process_is_given_up(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, home: Path, webhook: bool
) -> None:
    texts = [f"The river rose by {number} metres on Monday, the mayor said." for number in range(_PEOPLE)]
    texts[_DEADLY] = f"This post is {WORD}."
    for number, text in enumerate(texts):
        telegram.user(f"Person {number}").writes(text, to=sitrep)
    settings = behind_webhook() if webhook else {}
    bot = start_bot(telegram.url, module="tests.faults.deadly", PYTHONPATH=str(_ROOT), **settings)
    deaths = 0
    while _outlives(bot, home, texts):
        deaths += 1
        bot.start()
        telegram.advance(60)  # a webhook that was down is tried again after a while
    assert deaths == MOST_DEATHS + 1
    assert _texts(home, "parked") == [texts[_DEADLY]]
    assert sorted(_texts(home, "done")) == sorted(set(texts) - {texts[_DEADLY]})


def _outlives(bot: BotProcess, home: Path, texts: Sequence[str]) -> bool:
    """Wait until the process has died, or everything is settled; tell whether there is more to do."""

    def look() -> str | None:
        if not bot.is_running():
            return "dead"
        return "done" if len(_texts(home, "done", "parked")) == len(texts) else None

    if waits_until(look, 120, "the end of the process or of its work") == "done":
        return False
    assert bot.ends() == STATUS, bot.log()
    return True


def _texts(home: Path, *states: str) -> list[str]:
    """Return the texts of the updates in some states."""
    path = home / "sitrep.sqlite3"
    if not path.exists():
        return []
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'inbox'").fetchone():
            return []
        marks = ", ".join("?" * len(states))
        found = database.execute(f"SELECT raw FROM inbox WHERE state IN ({marks})", states)  # noqa: S608 - marks only
        return [json.loads(raw)["message"]["text"] for (raw,) in found]
