import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.errors import SchemaFault, StoreFault
from bot.store import schema
from bot.store.engine import open_store, read_engine, write_engine
from bot.store.migrate import current, migrate
from bot.store.tables import metadata


def _differences(connection: sa.Connection) -> Any:
    return compare_metadata(MigrationContext.configure(connection), metadata)


def test_the_migrations_make_exactly_the_tables_of_the_program(database: Path) -> None:
    with read_engine(database).connect() as conn:
        assert _differences(conn) == []


def test_a_missing_index_would_be_told(database: Path) -> None:
    with write_engine(database).connect() as conn:
        conn.exec_driver_sql("DROP INDEX ix_forwards_seq")
        assert [difference[0] for difference in _differences(conn)] == ["add_index"]


async def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sitrep.sqlite3'}"
    assert await current(url) is None
    await migrate(url)
    assert await current(url) == schema.head()
    await migrate(url)
    assert await current(url) == schema.head()


async def test_two_that_migrate_at_once_are_safe(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sitrep.sqlite3'}"
    await asyncio.gather(*(migrate(url) for _ in range(4)))
    await (await open_store(url)).close()


async def test_a_migration_that_breaks_off_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "sitrep.sqlite3"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE outbox (stranger INTEGER)")  # the last table that the migration makes
    with pytest.raises(StoreFault, match="outbox already exists") as caught:
        await migrate(f"sqlite:///{path}")
    assert "\n" not in str(caught.value)
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT name FROM sqlite_master").fetchall() == [("outbox",)]


async def test_a_schema_of_a_newer_version_is_refused(database: Path) -> None:
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaFault, match="newer version"):
        await open_store(f"sqlite:///{database}")
    with pytest.raises(SchemaFault, match="newer version"):
        await migrate(f"sqlite:///{database}")


async def test_an_empty_database_is_to_be_migrated(tmp_path: Path) -> None:
    with pytest.raises(SchemaFault, match="run `sitrep migrate`"):
        await open_store(f"sqlite:///{tmp_path / 'sitrep.sqlite3'}")
