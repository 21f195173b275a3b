import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import StoreFault
from bot.posts import Desk, Post
from bot.store.desks import posts
from bot.store.engine import Store, open_store
from bot.store.upkeep.backup import backup

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
DESK = Desk(7)


@pytest.fixture
async def store(database: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{database}")
    yield store
    await store.close()


async def _add(store: Store, *texts: str) -> None:
    async with store.write() as conn:
        for text in texts:
            await posts.add(conn, DESK, Post(text, text), NOW)


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def _texts(url: str) -> list[str]:
    store = await open_store(url)
    try:
        async with store.read() as conn:
            return [stored.post.text for stored in await posts.select(conn, DESK)]
    finally:
        await store.close()


async def test_a_backup_is_one_file_that_holds_what_was_committed_and_can_be_opened(
    store: Store, database: Path, tmp_path: Path
) -> None:
    await _add(store, "The river rose.", "It fell.")
    copy = tmp_path / "backup.sqlite3"
    async with store.write() as conn:
        await posts.add(conn, DESK, Post("later", "It rose again."), NOW)
        assert backup(f"sqlite:///{database}", copy) == copy.stat().st_size
    assert [name for name in _names(tmp_path) if name.startswith("backup")] == ["backup.sqlite3"]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert await _texts(f"sqlite:///{copy}") == ["The river rose.", "It fell."]


async def test_what_is_there_is_not_replaced(store: Store, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.sqlite3"
    copy.write_text("precious")
    with pytest.raises(StoreFault, match="there already"):
        backup(f"sqlite:///{database}", copy)
    assert copy.read_text() == "precious"


async def test_a_folder_that_is_not_there_is_named(database: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="can't be made"):
        backup(f"sqlite:///{database}", tmp_path / "nowhere" / "backup.sqlite3")


async def test_a_database_that_is_not_there_is_no_empty_backup(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="no such file"):
        backup(f"sqlite:///{tmp_path / 'nothing.sqlite3'}", tmp_path / "backup.sqlite3")
    assert _names(tmp_path) == []


async def test_a_damaged_database_leaves_no_backup(store: Store, database: Path, tmp_path: Path) -> None:
    await _add(store, *(f"The river rose by {metres} metres." for metres in range(200)))
    await store.close()
    with closing(sqlite3.connect(database)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 40_000)
    with pytest.raises(StoreFault, match="damaged"):
        backup(f"sqlite:///{database}", tmp_path / "backup.sqlite3")
    assert not [name for name in _names(tmp_path) if name.startswith("backup")]


async def test_postgres_has_its_own_program(postgres_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="pg_dump"):
        backup(postgres_url, tmp_path / "backup")
    assert _names(tmp_path) == []
