import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.engine import Store, open_store


@pytest.fixture
async def store(tmp_path: Path, migrated: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{shutil.copy(migrated, tmp_path / 'recaps.sqlite3')}")
    yield store
    await store.close()
