"""How much a database grows with every post, its update included: rows and bytes of each table, by the real bot."""

import asyncio
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg

from bot.playground.serving import serving
from bot.store.engine import open_store
from bot.store.queues import inbox
from bot.store.tables import State, metadata
from bot.store.upkeep.migrate import migrate
from tests.benchmarks.intake_load import update
from tests.benchmarks.machines import FIRST_CHAT, SETTINGS, database
from tests.benchmarks.material import made_posts
from tests.benchmarks.rows import Row
from tests.e2e.process import TOKEN, BotProcess
from tests.postgres import Server
from tests.waiting import until

_CHATS = 50
Sizes = dict[str, tuple[int, int]]
"""Rows and bytes of each table, its indexes included."""


def growth(server: Server, first: int, more: int) -> Iterator[Row]:
    """Yield the rows: what ``more`` posts add to a database that has ``first``."""
    with database(server) as url:
        yield from _grown("Postgres", url, first, more, _in_postgres)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/sitrep.sqlite3"
        asyncio.run(migrate(url))
        yield from _grown("SQLite", url, first, more, _in_sqlite)


def _grown(kind: str, url: str, first: int, more: int, measure: Callable[[str], Sizes]) -> Iterator[Row]:
    _handle(url, range(first))
    before = measure(url)
    _handle(url, range(first, first + more))
    after = measure(url)
    added = {name: tuple(a - b for a, b in zip(after[name], before.get(name, (0, 0)), strict=True)) for name in after}
    rows = {name: rows / more for name, (rows, _) in added.items() if rows > more / 2}
    sizes = {name: size / more / 1024 for name, (_, size) in added.items()}
    shown = ", ".join(f"{name} {count:.1f}" for name, count in sorted(rows.items(), key=lambda item: -item[1]))
    yield Row(f"{kind}: rows that a post adds", f"{sum(rows.values()):.1f} ({shown})")
    largest = sorted(((name, size) for name, size in sizes.items() if size > 0.1), key=lambda item: -item[1])
    shown = ", ".join(f"{name} {size:.1f}" for name, size in largest)
    yield Row(f"{kind}: room that a post takes", f"{sum(sizes.values()):.1f} kB ({shown})")


def _handle(url: str, numbers: range) -> None:
    """Let one process that has the whole bot handle posts."""
    asyncio.run(put(url, numbers, _CHATS))
    with serving() as telegram, tempfile.TemporaryDirectory() as home:
        telegram.bot("sitrep_bot", token=TOKEN)
        settings = {name: value for name, value in SETTINGS.items() if name != "WEBHOOK_SECRET"}
        process = BotProcess(telegram.url, Path(home), **settings, DATABASE_URL=url)
        process.start()
        try:
            asyncio.run(_until_handled(url))
            process.stop(30)
        finally:
            process.close()


async def put(url: str, numbers: range, chats: int) -> None:
    """Put updates with posts into the inbox, in turns of some chats."""
    texts = [post.text[:4000] for post in made_posts(numbers.stop)]
    updates = [json.loads(update(1_000_000 + number, FIRST_CHAT + number % chats, texts[number])) for number in numbers]
    store = await open_store(url)
    await store.change(lambda conn: inbox.put(conn, updates))
    await store.close()


async def _until_handled(url: str) -> None:
    store = await open_store(url)

    async def all_are() -> bool:
        return (await store.look(inbox.counts))[State.WAITING] == 0

    await until(all_are, seconds=600)
    await store.close()


def _in_postgres(url: str) -> Sizes:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        found = connection.execute(
            "SELECT relname, reltuples::bigint, pg_total_relation_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relname = ANY(%s)",
            (list(metadata.tables),),
        )
        return {name: (rows, size) for name, rows, size in found}


def _in_sqlite(url: str) -> Sizes:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        sizes = connection.execute(
            "SELECT s.tbl_name, sum(d.pgsize) FROM dbstat d JOIN sqlite_schema s ON s.name = d.name GROUP BY 1"
        ).fetchall()
        return {
            name: (connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0], size)  # noqa: S608 - of tables
            for name, size in sizes
        }
