import json

import pytest

from bot.files.jsonl import read_jsonl
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


async def test_much_comes_in_parts_with_every_post_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.commands.export._MOST_CHARS", 100)
    await office.gets(*(message(f"Post number {n}: the river rose by {n} metres.") for n in range(9)))
    calls = await office.gets(command("/export"))
    written = [json.loads(call["document"]["content"]) for call in calls]
    assert len(written) > 1
    assert {part["parts"] for part in written} == {len(written)}
    texts = [row["text"] for part in written for row in part["posts"]]
    assert texts == [f"Post number {n}: the river rose by {n} metres." for n in range(9)]


async def test_an_empty_chat_is_told_so(office: Office) -> None:
    assert "nothing to export" in await office.says(command("/export"))


async def test_in_groups_administrators_only(office: Office, api: Api) -> None:
    api.will_say("getChatMember", error(400, "Bad Request: user not found"))
    await office.gets(message(RIVER, forward_origin=FROM_CHANNEL, chat=GROUP))
    assert "Only administrators" in await office.says(command("/export", chat=GROUP))
