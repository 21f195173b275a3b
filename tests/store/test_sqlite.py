"""What is so only with SQLite: one writer, and a file that may be missing, damaged, locked or on a full disk."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import SchemaFault, StoreFault
from bot.store import sqlite
from bot.store.engine import Store, open_store
from tests.store.one_title import set_title, title_of


@pytest.fixture
async def store(database: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{database}")
    yield store
    await store.close()


async def _count_up(store: Store, times: int) -> None:
    for _ in range(times):
        async with store.write() as conn:
            seen = int(await title_of(conn) or 0)
            await asyncio.sleep(0)
            await set_title(conn, str(seen + 1))


async def test_writers_in_steps_take_turns(store: Store) -> None:
    await asyncio.gather(*(_count_up(store, 50) for _ in range(4)))
    assert await store.look(title_of) == "200"
    assert not store.is_shared


async def test_two_processes_of_writers_lose_nothing(store: Store, database: Path) -> None:
    other = await open_store(f"sqlite:///{database}")
    try:
        await asyncio.gather(*(_count_up(each, 50) for each in (store, other)))
    finally:
        await other.close()
    async with store.read() as conn:
        assert await title_of(conn) == "100"


async def test_the_folder_is_made(tmp_path: Path, migrated: Path) -> None:
    folder = tmp_path / "a" / "b"
    with pytest.raises(SchemaFault, match="sitrep migrate"):
        await open_store(f"sqlite:///{folder / 'new.sqlite3'}")
    shutil.copy(migrated, folder / "new.sqlite3")
    await (await open_store(f"sqlite:///{folder / 'new.sqlite3'}")).close()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://host/base", "sqlite:///file:x"]
)
async def test_a_url_that_names_no_file_is_refused(url: str) -> None:
    with pytest.raises(StoreFault, match="DATABASE_URL") as caught:
        await open_store(url)
    assert _is_one_line(caught.value)


async def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreFault, match="file") as caught:
        await open_store(f"sqlite:///{tmp_path / 'file' / 'sitrep.sqlite3'}")
    assert _is_one_line(caught.value)


async def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="can't be opened") as caught:
        await open_store(f"sqlite:///{tmp_path}")
    assert _is_one_line(caught.value)


def _is_one_line(fault: Exception) -> bool:
    return "\n" not in str(fault) and "SELECT" not in str(fault) and "http" not in str(fault)


def _overwrite(path: Path, start: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)


async def test_a_file_of_something_else_is_named(database: Path) -> None:
    _overwrite(database, 0, b"no database " * 1000)
    with pytest.raises(StoreFault, match="no SQLite database") as caught:
        await open_store(f"sqlite:///{database}")
    assert _is_one_line(caught.value)


async def test_a_damaged_file_is_named(database: Path) -> None:
    _overwrite(database, 4096, b"\xff" * 100_000)  # all pages but the first, which tells what the file is
    with pytest.raises(StoreFault, match="damaged") as caught:
        await open_store(f"sqlite:///{database}")
    assert _is_one_line(caught.value)


async def test_a_read_only_file_can_be_read_but_not_written(database: Path) -> None:
    # Whoever is root may write to every file; a "file format write version" above 2 makes SQLite itself refuse
    # (sqlite.org/fileformat2.html, 1.3.3).
    _overwrite(database, 18, b"\x03")
    store = await open_store(f"sqlite:///{database}")
    try:
        async with store.read() as conn:
            assert await title_of(conn) is None
        with pytest.raises(StoreFault, match="read-only") as caught:
            async with store.write() as conn:
                await set_title(conn, "no")
        assert _is_one_line(caught.value)
    finally:
        await store.close()


async def test_a_full_disk_is_named_and_survived(store: Store) -> None:
    async with store.write() as conn:
        pages = (await conn.execute(sa.text("PRAGMA page_count"))).scalar_one()
        await conn.execute(sa.text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StoreFault, match="disk is full") as caught:
        async with store.write() as conn:
            await set_title(conn, "too long" * 10_000)
    assert _is_one_line(caught.value)
    async with store.write() as conn:
        await conn.execute(sa.text(f"PRAGMA max_page_count = {pages + 1000}"))
    async with store.write() as conn:
        await set_title(conn, "fits now")
    async with store.read() as conn:
        assert await title_of(conn) == "fits now"


async def test_a_lock_of_another_program_is_named_and_survived(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    store = await open_store(f"sqlite:///{database}")
    try:
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreFault, match="locked") as caught:
                async with store.write() as conn:
                    await set_title(conn, "no")
            other.execute("ROLLBACK")
        assert _is_one_line(caught.value)
        await _count_up(store, 1)
    finally:
        await store.close()


async def test_a_store_can_be_opened_and_read_while_another_program_writes(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        store = await asyncio.wait_for(open_store(f"sqlite:///{database}"), timeout=5)
        try:
            async with store.read() as conn:
                assert await title_of(conn) is None
        finally:
            await store.close()
