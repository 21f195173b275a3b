"""When the database can't be written, one line says so, nothing is confirmed, and it goes on when it can."""

import os
from pathlib import Path

import pytest

from bot.playground.client.cast import Bot
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import waits_until
from tests.e2e.conftest import StartBot
from tests.e2e.process import BotProcess, behind_webhook

pytestmark = pytest.mark.e2e

BRIDGE = "The mayor Anna Weber opened the new bridge on Monday. It cost 12 million euros and took four years to build."
# Root may write everything; without these rights only what the files say.
AS_OTHERS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.getuid() == 0 else ()
_ROOM = 32 * 1024


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_while_the_disk_takes_no_more_updates_stay_at_telegram(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, home: Path, webhook: bool
) -> None:
    bot = start_bot(telegram.url, **(behind_webhook() if webhook else {}))
    anna = telegram.user("Anna")
    anna.starts(sitrep).answer()
    _fill_the_disk(bot, home)
    anna.writes(BRIDGE, to=sitrep)
    asked = anna.writes("/summary", to=sitrep)
    bot.wait_for_log("the disk can't be read or written: check it")
    waiting = [update["message"]["text"] for update in sitrep.updates()]
    assert waiting == [BRIDGE, "/summary"]
    assert asked.answers() == []
    bot.limit_files(-1)
    telegram.advance(60)  # a webhook is tried again after a while
    assert asked.answer(30).text.startswith("The mayor Anna Weber opened")
    waits_until(lambda: None if sitrep.updates() else True, 10, "the confirmation")
    assert len(asked.answers()) == 1
    assert bot.stop() == 0


def test_an_answer_that_is_sent_while_the_disk_takes_no_more_is_sent_once(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, home: Path
) -> None:
    bot = start_bot(telegram.url)
    anna = telegram.user("Anna")
    telegram.fault("slow", "sendMessage")
    asked = anna.writes("/first", to=sitrep)
    telegram.waits_for_call("sendMessage")
    _fill_the_disk(bot, home)
    bot.wait_for_log("what became of a message can't be written down")
    bot.limit_files(-1)
    anna.writes("/second", to=sitrep)
    answers = waits_until(lambda: found if len(found := asked.answers()) > 1 else None, 30, "two answers")
    assert ["/first" in answer.text for answer in answers] == [True, False]


def test_a_database_that_may_not_be_written_ends_the_start_and_loses_nothing(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, home: Path
) -> None:
    bot = start_bot(telegram.url, under=AS_OTHERS)
    anna = telegram.user("Anna")
    anna.starts(sitrep).answer()
    assert bot.stop() == 0
    asked = anna.writes("/help", to=sitrep)
    database = home / "sitrep.sqlite3"
    database.chmod(0o444)
    bot.start()
    assert bot.ends() == 1
    assert (
        f"sitrep: {database}: it is read-only: make the file, those beside it (-wal, -shm) and their folder writable"
        in bot.log()
    )
    assert [update["message"]["text"] for update in sitrep.updates()] == ["/help"]
    for file in home.glob("sitrep.sqlite3*"):
        file.chmod(0o644)
    bot.start()
    assert asked.answer().text.startswith("Collect")


def _fill_the_disk(bot: BotProcess, home: Path) -> None:
    """Let the process write no further: the database appends to a file that is longer, the log to a shorter one."""
    assert (home / "sitrep.sqlite3-wal").stat().st_size > _ROOM > 2 * (home / "bot.log").stat().st_size
    bot.limit_files(_ROOM)
