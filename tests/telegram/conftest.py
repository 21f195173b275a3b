from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings
from bot.store.engine import Store, open_store
from bot.store.migrate import migrate
from bot.telegram.dispatch import build_application
from bot.telegram.handling import BotApplication
from tests.telegram.api import Api, running_api

TOKEN = "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    await migrate(url)
    store = await open_store(url)
    yield store
    await store.close()


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with running_api() as api:
        yield api


@pytest.fixture
def settings(api: Api, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", api.url)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'test.sqlite3'}")
    return load_settings(tmp_path / "local.toml")


@pytest.fixture
async def application(settings: Settings) -> AsyncIterator[BotApplication]:
    application = build_application(settings.telegram)
    await application.initialize()
    yield application
    await application.shutdown()
