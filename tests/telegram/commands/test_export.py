import json
import tracemalloc
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from bot.files.jsonl import read_jsonl
from bot.posts import Desk, Post
from bot.settings import Settings
from bot.store import tables
from bot.store.desks import sources
from bot.store.engine import Store
from bot.telegram.handling import BotApplication, Handling
from tests.telegram.api import Api, error
from tests.telegram.conftest import Office
from tests.telegram.messages import FROM_CHANNEL, GROUP, command, message

RIVER = "The river rose by two metres. The mayor asked 300 people to leave their houses."


async def test_a_chat_gets_its_posts_as_a_file_that_digest_reads(office: Office) -> None:
    await office.gets(message(RIVER, forward_origin=FROM_CHANNEL), message("Паводок: вода поднялась на два метра."))
    (call,) = await office.gets(command("/export"))
    assert (call["method"], call["document"]["name"]) == ("sendDocument", "sitrep.json")
    assert "2 posts" in call["caption"]
    written = json.loads(call["document"]["content"])
    assert (written["version"], written["part"], written["parts"]) == (1, 1, 1)
    assert [row["text"] for row in written["posts"]] == [RIVER, "Паводок: вода поднялась на два метра."]
    first = written["posts"][0]
    assert (first["source"], first["url"]) == ("World News", "https://t.me/worldnews/9")
    (post, _) = read_jsonl("\n".join(json.dumps(row) for row in written["posts"]), "export")
    assert (post.text, post.source, post.url) == (RIVER, "World News", "https://t.me/worldnews/9")


async def test_it_holds_what_posts_said_earlier_and_what_the_chat_has_chosen(office: Office) -> None:
    first = message(RIVER, forward_origin=FROM_CHANNEL)
    await office.gets(first, message(RIVER + " It rains.", forward_origin=FROM_CHANNEL))
    await office.gets(command("/settings Yerevan"), command("/recap add here daily 09:00 Berlin"))
    async with office.store.write() as conn:
        await sources.mute(conn, Desk(7), "World News")
    (call,) = await office.gets(command("/export"))
    written = json.loads(call["document"]["content"])
    (row,) = written["posts"]
    assert [edition["text"] for edition in row["earlier"]] == [RIVER]
    assert (row["origin"]["username"], row["origin"]["message_id"]) == ("worldnews", 9)
    assert written["settings"]["timezone"] == "Asia/Yerevan"
    assert written["muted"] == ["World News"]
    assert [recap["schedule"] for recap in written["recaps"]] == ["daily 09:00 Europe/Berlin"]
    assert written["subscriptions"] == []


async def test_much_comes_in_parts_with_every_post_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.commands.export._PART_CHARS", 1000)
    await office.gets(*(message(f"Post number {n}: the river rose by {n} metres.") for n in range(9)))
    calls = await office.gets(command("/export"))
    written = [json.loads(call["document"]["content"]) for call in calls]
    assert len(written) > 1
    assert {part["parts"] for part in written} == {len(written)}
    texts = [row["text"] for part in written for row in part["posts"]]
    assert texts == [f"Post number {n}: the river rose by {n} metres." for n in range(9)]


class Measured(Office):
    """An office that knows how much memory handling took at most, in bytes."""

    peak = 0

    async def _calls(self) -> list[dict[str, Any]]:
        _, self.peak = tracemalloc.get_traced_memory()
        return await super()._calls()


async def _collect(store: Store, amount: int) -> list[str]:
    """Put posts of 1,000 characters on Anna's desk; return their texts."""
    texts = [f"Post number {number}: " + "the river rose. " * 60 for number in range(amount)]
    rows = [
        {
            "chat_id": 7,
            "thread_id": 0,
            "identity": str(number),
            "post_id": str(number),
            "content": Post(str(number), text),
            "received": datetime.now(UTC),
        }
        for number, text in enumerate(texts)
    ]
    async with store.write() as conn:
        await conn.execute(sa.insert(tables.posts), rows)
    return texts


async def test_thousands_of_posts_come_whole_while_memory_holds_few_of_them(
    store: Store, settings: Settings, application: BotApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.commands.export._PART_CHARS", 100_000)
    office = Measured(store, settings, application)
    texts = await _collect(store, 5_000)
    await office.gets(command("/help"))
    tracemalloc.start()
    try:
        calls = await office.gets(command("/export"))
    finally:
        tracemalloc.stop()
    written = [json.loads(call["document"]["content"]) for call in calls]
    assert [row["text"] for part in written for row in part["posts"]] == texts
    assert [(part["part"], part["parts"]) for part in written] == [
        (n, len(written)) for n in range(1, len(written) + 1)
    ]
    assert office.peak < sum(map(len, texts)) / 2


async def test_an_export_that_was_broken_off_comes_whole_and_no_part_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.commands.export._PART_CHARS", 1000)
    await office.gets(*(message(f"Post number {n}: the river rose by {n} metres.") for n in range(9)))
    asked = command("/export")
    commit = Handling.commit_part

    async def breaks_off(handling: Handling) -> None:
        await commit(handling)
        monkeypatch.undo()
        monkeypatch.setattr("bot.telegram.commands.export._PART_CHARS", 1000)
        raise RuntimeError("the process dies")

    monkeypatch.setattr(Handling, "commit_part", breaks_off)
    told = await office.gets(asked)
    parts = [json.loads(call["document"]["content"]) for call in told]
    assert [part["part"] for part in parts] == list(range(1, parts[0]["parts"] + 1))
    assert [row["text"].split(":")[0] for part in parts for row in part["posts"]] == [
        f"Post number {n}" for n in range(9)
    ]


async def test_an_empty_chat_is_told_so(office: Office) -> None:
    assert "nothing to export" in await office.says(command("/export"))


async def test_in_groups_administrators_only(office: Office, api: Api) -> None:
    api.will_say("getChatMember", error(400, "Bad Request: user not found"))
    await office.gets(message(RIVER, forward_origin=FROM_CHANNEL, chat=GROUP))
    assert "Only administrators" in await office.says(command("/export", chat=GROUP))
