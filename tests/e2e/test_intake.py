"""How posts come in, in bulk and beyond measure: the real bot over the local Telegram."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from tests.e2e.conftest import StartBot
from tests.e2e.messages import DATA, SEED, answer_to, is_acknowledged

pytestmark = pytest.mark.e2e


def _lines(count: int) -> bytes:
    rows = ({"text": f"Report {number}: the river rose by {number} cm in Bremen."} for number in range(count))
    return "\n".join(json.dumps(row) for row in rows).encode()


def _stored(home: Path) -> int:
    """Count the posts in the database."""
    with closing(sqlite3.connect(home / "sitrep.sqlite3")) as connection:
        return int(connection.execute("SELECT count(*) FROM posts").fetchone()[0])


def _ends(progress: Message) -> str:
    """Wait until a message about progress tells the end; return it."""

    def look() -> str | None:
        now = progress.now()
        return now.text if now and now.text.startswith("📄") else None

    return waits_until(look, 60, "the end of reading")


def test_an_export_is_read_and_told_of(telegram: LocalTelegram, anna: User, sitrep: Bot, start_bot: StartBot) -> None:
    start_bot(telegram.url)
    export = (DATA / "exports" / "ru_news_saved_messages.json").read_bytes()
    sent = anna.sends_document(export, to=sitrep, name="result.json")
    progress = sent.answer(60)
    assert _ends(progress).startswith("📄 160 posts from ")
    assert sent.answers() == [progress.now()]
    assert answer_to(anna.writes("/summary 160", to=sitrep)).text.startswith("📰 160 posts from ")


def test_a_text_and_a_file_that_is_none(telegram: LocalTelegram, anna: User, sitrep: Bot, start_bot: StartBot) -> None:
    start_bot(telegram.url)
    told = answer_to(anna.sends_document(SEED.encode(), to=sitrep, name="notes.txt"))
    assert told.text == "📄 1 post from 1 source in notes.txt collected: /summary"
    assert "approximately 120,000 people" in answer_to(anna.writes("/summary", to=sitrep)).text
    wrong = answer_to(anna.sends_document(b"{}", to=sitrep, name="result.json"))
    assert wrong.text.startswith("I can't find posts in result.json.")
    big = answer_to(anna.sends_document(b"a" * ((20 << 20) + 1), to=sitrep, name="big.txt"))
    assert big.text.startswith("big.txt is too big: Telegram gives me files of up to 20 MB.")
    assert len(telegram.calls("getFile")) == 2


def test_a_file_loses_and_doubles_nothing_when_the_bot_is_killed_while_it_reads(
    telegram: LocalTelegram, anna: User, sitrep: Bot, start_bot: StartBot, home: Path
) -> None:
    bot = start_bot(telegram.url)
    sent = anna.sends_document(_lines(400), to=sitrep, name="river.jsonl")
    progress = sent.answer()
    assert progress.text == "📥 Reading river.jsonl: 0 of 400 posts, 0 %"
    waits_until(lambda: _stored(home) or None, 60, "the first posts")
    bot.kill()
    assert 0 < _stored(home) < 400
    bot.start()
    assert _ends(progress) == "📄 400 posts from 1 source in river.jsonl collected: /summary"
    assert len(sent.answers()) == 1
    asked = anna.writes("/summary 1000", to=sitrep)
    assert answer_to(asked).text.startswith("📰 400 posts from 1 source")


def test_who_sends_too_much_too_fast_is_told_once_and_who_waits_is_served(
    telegram: LocalTelegram, anna: User, sitrep: Bot, start_bot: StartBot
) -> None:
    start_bot(telegram.url, SITREP_LIMITS__POSTS_PER_MINUTE="2", SITREP_LIMITS__SUMMARIES_PER_MINUTE="1")
    first, *_ = sent = [anna.writes(f"Report {number}: the river rises.", to=sitrep) for number in range(5)]
    assert "I take 2 posts a minute" in first.answer().text
    assert is_acknowledged(sent[1])
    assert answer_to(anna.writes("/summary", to=sitrep)).text.startswith("📰 2 posts")
    assert "I answer one such question a minute" in answer_to(anna.writes("/summary", to=sitrep)).text
    assert len([answer for answer in first.answers() if "posts a minute" in answer.text]) == 1
    boris = telegram.user("Борис", language_code="ru")
    assert is_acknowledged(boris.writes("Вода в реке поднялась.", to=sitrep))


def test_a_long_post_is_summed_up_at_once_if_so_set(
    telegram: LocalTelegram, anna: User, sitrep: Bot, start_bot: StartBot
) -> None:
    start_bot(telegram.url, SITREP_INTAKE__SUMMARISE_AT_ONCE="300")
    sent = anna.writes(SEED, to=sitrep)
    answer = answer_to(sent)
    assert "approximately 120,000 people" in answer.text
    assert answer.shown["reply_to_message"]["message_id"] == sent.id
