import asyncio
import json
from pathlib import Path

import pytest

from bot.posts import Desk, Post
from bot.store.desks import posts
from bot.store.engine import open_store
from tests.operating.conftest import Sitrep

DESK = Desk(-1001234567890)

THUMB = {"id": 3, "type": "message", "date": "2024-11-21T06:41:00", "from": "Harbour News", "text": "👍"}

EXPORT = {
    "name": "Harbour News",
    "type": "public_channel",
    "id": 1234567890,
    "messages": [
        {
            "id": 1,
            "type": "message",
            "date": "2024-11-21T06:25:00",
            "from": "Harbour News",
            "text": "Three bridges closed.",
        },
        {
            "id": 2,
            "type": "message",
            "date": "2024-11-21T06:40:00",
            "from": "Harbour News",
            "text": "Two of them are open again.",
        },
        THUMB,
    ],
}


@pytest.fixture
def export(tmp_path: Path) -> str:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(EXPORT), encoding="utf-8")
    return str(path)


@pytest.fixture
def sitrep(sitrep: Sitrep) -> Sitrep:
    assert sitrep("migrate").returncode == 0
    return sitrep


def stored(tmp_path: Path, desk: Desk = DESK) -> list[Post]:
    async def look() -> list[Post]:
        store = await open_store(f"sqlite:///{tmp_path / 'sitrep.sqlite3'}")
        try:
            async with store.read() as conn:
                return [kept.post for kept in await posts.select(conn, desk)]
        finally:
            await store.close()

    return asyncio.run(look())


def test_posts_of_an_export_come_into_the_desk_in_their_order(sitrep: Sitrep, export: str, tmp_path: Path) -> None:
    told = sitrep("import", export, "--chat", str(DESK.chat_id))
    assert (told.returncode, told.stdout) == (0, "2 posts are new in the desk; 0 it had already.\n"), told.stderr
    assert [post.text for post in stored(tmp_path)] == ["Three bridges closed.", "Two of them are open again."]


def test_what_is_there_already_is_left_alone(sitrep: Sitrep, export: str, tmp_path: Path) -> None:
    sitrep("import", export, "--chat", str(DESK.chat_id))
    there = stored(tmp_path)
    told = sitrep("import", export, "--chat", str(DESK.chat_id))
    assert told.stdout == "0 posts are new in the desk; 2 it had already.\n"
    assert stored(tmp_path) == there


def test_a_dry_run_keeps_nothing(sitrep: Sitrep, export: str, tmp_path: Path) -> None:
    told = sitrep("import", export, "--chat", str(DESK.chat_id), "--dry-run")
    assert told.stdout == "2 posts would be new in the desk; 0 it had already.\n"
    assert stored(tmp_path) == []


def test_a_topic_is_a_desk_of_its_own(sitrep: Sitrep, export: str, tmp_path: Path) -> None:
    sitrep("import", export, "--chat", str(DESK.chat_id), "--topic", "7")
    assert len(stored(tmp_path, Desk(DESK.chat_id, 7))) == 2
    assert stored(tmp_path) == []


def test_the_newest_are_kept_if_there_is_no_room_for_all(sitrep: Sitrep, export: str, tmp_path: Path) -> None:
    told = sitrep("import", export, "--chat", str(DESK.chat_id), SITREP_LIMITS__STORED_POSTS="1")
    assert "1 older post found no room" in told.stdout
    assert [post.text for post in stored(tmp_path)] == ["Two of them are open again."]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "result.json:1: "),
        (json.dumps({**EXPORT, "messages": []}), "result.json: no m"),
        (json.dumps({**EXPORT, "messages": [THUMB]}), "sitrep: There is no text"),
    ],
)
def test_what_holds_no_posts_is_refused_in_one_line(sitrep: Sitrep, export: str, content: str, told: str) -> None:
    Path(export).write_text(content, encoding="utf-8")
    refused = sitrep("import", export, "--chat", str(DESK.chat_id))
    assert refused.returncode == 65
    assert told in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_it_wants_to_know_which_chat(sitrep: Sitrep, export: str) -> None:
    assert sitrep("import", export).returncode == 2
