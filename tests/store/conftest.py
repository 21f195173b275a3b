"""A database of its own for every test: a real file, copied from one that was migrated once."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.engine import Store, open_store
from bot.store.migrate import migrate


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "empty.sqlite3"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
def database(tmp_path: Path, migrated: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "sitrep.sqlite3"))


@pytest.fixture
async def store(database: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{database}")
    yield store
    await store.close()
