import asyncio
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.errors import SchemaFault, StoreFault
from bot.store import schema
from bot.store.database import find
from bot.store.engine import Store, open_store
from bot.store.tables import metadata
from bot.store.upkeep.migrate import current, migrate


@pytest.fixture
def connection(url: str) -> Iterator[sa.Connection]:
    engine = find(url).migration_engine()
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _is_of_all_databases(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave out how each database indexes the stems of posts: tests/store/test_search.py sees that they can."""
    return not (kind == "table" and name and name.startswith("search")) and name != "ix_stems_words"


def _differences(connection: sa.Connection) -> Any:
    context = MigrationContext.configure(connection, opts={"include_name": _is_of_all_databases})
    return compare_metadata(context, metadata)


def test_the_migrations_make_exactly_the_tables_of_the_program(connection: sa.Connection) -> None:
    assert _differences(connection) == []


def test_a_missing_index_would_be_told(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP INDEX ix_forwards_seq")
    assert [difference[0] for difference in _differences(connection)] == ["add_index"]


async def test_migrating_again_changes_nothing(empty_url: str) -> None:
    assert await current(empty_url) is None
    await migrate(empty_url)
    assert await current(empty_url) == schema.NEWEST
    await migrate(empty_url)
    assert await current(empty_url) == schema.NEWEST


_START = """
import asyncio, sys
from bot.store.engine import open_store
from bot.store.upkeep.migrate import migrate

async def start(url):
    await migrate(url)
    await (await open_store(url)).close()

asyncio.run(start(sys.argv[1]))
print("alembic" in sys.modules)
"""


async def test_a_start_that_finds_nothing_to_migrate_does_without_alembic(empty_url: str) -> None:
    for needs_alembic in ("True", "False"):
        command = [sys.executable, "-c", _START, empty_url]
        done = await asyncio.to_thread(subprocess.run, command, stdout=subprocess.PIPE, text=True, check=True)
        assert done.stdout.strip() == needs_alembic


async def test_two_that_migrate_at_once_are_safe(empty_url: str) -> None:
    await asyncio.gather(*(migrate(empty_url) for _ in range(4)))
    await (await open_store(empty_url)).close()


async def test_a_migration_that_breaks_off_leaves_the_database_as_it_was(empty_url: str) -> None:
    engine = find(empty_url).migration_engine()
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE outbox (stranger INTEGER)")  # the last that the migration makes
        with pytest.raises(StoreFault, match="already") as caught:
            await migrate(empty_url)
        assert "\n" not in str(caught.value)
        assert "CREATE" not in str(caught.value)
        with engine.connect() as connection:
            assert sa.inspect(connection).get_table_names() == ["outbox"]
    finally:
        engine.dispose()


async def test_a_schema_of_a_newer_version_is_refused(store: Store, url: str) -> None:
    await store.change(lambda conn: conn.execute(sa.text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(SchemaFault, match="newer version"):
        await open_store(url)
    with pytest.raises(SchemaFault, match="newer version"):
        await migrate(url)


async def test_an_empty_database_is_to_be_migrated(empty_url: str) -> None:
    with pytest.raises(SchemaFault, match="run `sitrep migrate`"):
        await open_store(empty_url)
