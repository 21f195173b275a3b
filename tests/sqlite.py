"""A file of SQLite for the tests that need one: each takes a copy."""

import asyncio
from pathlib import Path

import pytest

from bot.store.upkeep.migrate import migrate


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, migrated once: that takes longer than most tests."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite3"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path
