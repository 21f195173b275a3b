"""From a file of SQLite into a database of Postgres."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.chat_settings import ChatSettings
from bot.errors import SchemaFault, StoreFault
from bot.posts import Desk, Post
from bot.recap import RecapOptions, ToldStory
from bot.store.connection import Connection
from bot.store.desks import chat_settings, chats, posts, search, sources
from bot.store.desks.chats import Chat
from bot.store.engine import Store, open_store
from bot.store.queues import inbox, outbox
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import recaps, runs, told
from bot.store.tables import metadata
from bot.store.upkeep import moving
from bot.store.upkeep.moving import Moved, move

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
LEASE = timedelta(minutes=1)
DESK = Desk(-1001234567890, 3)
POSTS = 25


async def _fill(conn: Connection) -> None:
    await chats.touch(conn, Chat(7, "private", "Анна 👩‍👩‍👧 '\\\"", None, "ru"))
    await chat_settings.put(conn, 7, ChatSettings(lang="ru"))
    stored = []
    for number in range(POSTS):
        post = Post(f"p{number}", f"\ud800 The king\0 opened bridge {number}. Король.", NOW)
        stored.append(await posts.add(conn, DESK, post, NOW, message_id=number))
    await search.put(conn, [(post, ("king", "bridge")) for post in stored], 1)
    await conn.execute(sa.text("DELETE FROM posts WHERE seq = (SELECT max(seq) FROM posts)"))
    for name in ("б", "a", "Z", "ä", "_"):
        await sources.mute(conn, DESK, name)
    updates = [{"update_id": n, "message": {"chat": {"id": 7}, "text": "\ud83d\0 ё"}} for n in (1, 2)]
    await inbox.put(conn, updates, NOW)
    await outbox.enqueue(conn, [Outgoing(7, 0, "a", "sendMessage", {"text": "\ud83d\0 ё", "n": 1.5})], NOW)
    recap = await recaps.create(
        conn,
        owner_id=1,
        source=DESK,
        destination=Desk(7),
        title="Новости",
        schedule="daily 09:00 UTC",
        options=RecapOptions(public=True),
        next_slot=NOW,
        now=NOW,
    )
    await runs.open_run(conn, recap.id, NOW, NOW)
    await told.put(conn, 1, [(1, ToldStory("The king", (1, 2)))])


@pytest.fixture
async def source(database: Path) -> str:
    """A file with something of everything."""
    url = f"sqlite:///{database}"
    store = await open_store(url)
    await store.change(_fill)
    await store.close()
    return url


async def _move(source: str, target: str) -> dict[str, Moved]:
    return {moved.table: moved async for moved in move(source, target)}


async def test_postgres_knows_how_much_was_moved(source: str, postgres_url: str) -> None:
    moved = await _move(source, postgres_url)
    counted = sa.text("SELECT relname, reltuples::int FROM pg_class WHERE relkind = 'r'")
    store = await open_store(postgres_url)
    rows = dict(map(tuple, (await store.look(lambda conn: conn.execute(counted))).all()))
    await store.close()
    assert {name: rows[name] for name in moved} == {name: table.rows for name, table in moved.items()}


async def _everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    async with store.read() as conn:
        return {
            table.name: sorted((tuple(row) for row in await conn.execute(sa.select(table))), key=repr)
            for table in metadata.sorted_tables
        }


async def test_everything_is_there_and_goes_on_where_it_was(source: str, empty_postgres_url: str) -> None:
    moved = await _move(source, empty_postgres_url)
    assert set(moved) == {table.name for table in metadata.sorted_tables}
    assert (moved["posts"].rows, moved["posts"].copied) == (POSTS - 1, POSTS - 1)
    stores = [await open_store(url) for url in (source, empty_postgres_url)]
    try:
        here, there = [await _everything(store) for store in stores]
        assert here == there
        new = [
            await store.change(lambda conn: posts.add(conn, DESK, Post("new", "The river rose."), NOW))
            for store in stores
        ]
        assert new[0] == new[1]
        assert new[1].seq == POSTS + 1
        for store in stores:
            (item,) = await store.change(lambda conn: outbox.claim(conn, NOW, LEASE, 9))
            assert item.message.payload == {"text": "\ud83d\0 ё", "n": 1.5}
            claimed = await store.change(lambda conn: inbox.claim(conn, NOW, LEASE, 9)) or []
            assert [item.raw["message"]["text"] for item in claimed] == ["\ud83d\0 ё"]
    finally:
        for store in stores:
            await store.close()


async def test_done_twice_it_copies_nothing_more(source: str, empty_postgres_url: str) -> None:
    first = await _move(source, empty_postgres_url)
    again = await _move(source, empty_postgres_url)
    assert {moved.copied for moved in again.values()} == {0}
    assert {name: moved.checksum for name, moved in first.items()} == {
        name: moved.checksum for name, moved in again.items()
    }


async def test_broken_off_within_a_table_it_goes_on_from_there(
    source: str, empty_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "_AT_ONCE", 4)
    put, parts = moving._Move._put, []

    def break_off(self: moving._Move, table: sa.Table, rows: list[tuple[object, ...]]) -> None:
        if table.name == "posts":
            parts.append(len(rows))
        if len(parts) == 3:
            raise KeyboardInterrupt
        put(self, table, rows)

    monkeypatch.setattr(moving._Move, "_put", break_off)
    with pytest.raises(KeyboardInterrupt):
        await _move(source, empty_postgres_url)
    monkeypatch.setattr(moving._Move, "_put", put)
    moved = await _move(source, empty_postgres_url)
    assert (moved["posts"].rows, moved["posts"].copied) == (POSTS - 1, POSTS - 1 - 8)


async def test_a_target_that_has_other_rows_is_refused_and_left_alone(source: str, postgres_url: str) -> None:
    store = await open_store(postgres_url)
    try:
        await store.change(lambda conn: chats.touch(conn, Chat(8, "private", "Boris")))
        with pytest.raises(StoreFault, match="chats has rows that are not of") as caught:
            await _move(source, postgres_url)
        assert "\n" not in str(caught.value)
        assert len((await _everything(store))["chats"]) == 1
    finally:
        await store.close()


async def test_what_somebody_writes_there_meanwhile_is_seen(
    source: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = moving._Move._put

    def write_too(self: moving._Move, table: sa.Table, rows: list[tuple[object, ...]]) -> None:
        put(self, table, rows)
        if table.name == "chats":
            with self._engine.begin() as connection:
                connection.execute(sa.insert(table).values(id=8, kind="private", title="Boris"))

    monkeypatch.setattr(moving._Move, "_put", write_too)
    with pytest.raises(StoreFault, match="somebody else has written there"):
        await _move(source, postgres_url)


async def test_nobody_writes_in_the_source_meanwhile(source: str, database: Path, empty_postgres_url: str) -> None:
    moves = move(source, empty_postgres_url)
    await anext(moves)
    with (
        closing(sqlite3.connect(database, timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("DELETE FROM chats")
    await moves.aclose()
    with closing(sqlite3.connect(database, timeout=0)) as other, other:
        other.execute("DELETE FROM chats")


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("nonsense", "no URL"),
        ("postgresql://host/base", "no file of SQLite"),
        ("sqlite:////nowhere/sitrep.sqlite3", "no such file"),
    ],
)
async def test_a_source_that_is_none_is_refused(url: str, fault: str, postgres_url: str) -> None:
    with pytest.raises(StoreFault, match=fault):
        await _move(url, postgres_url)


async def test_a_source_of_another_version_is_refused(source: str, database: Path, postgres_url: str) -> None:
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaFault):
        await _move(source, postgres_url)


async def test_a_target_that_is_a_file_is_refused(source: str, tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="DATABASE_URL names where to move to"):
        await _move(source, f"sqlite:///{tmp_path / 'new.sqlite3'}")
