import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.settings import Settings, load_settings
from bot.store import tables
from bot.store.engine import Store, open_store
from bot.store.queues import inbox, outbox
from bot.store.tables import State
from bot.store.upkeep.migrate import migrate
from bot.telegram import progress
from bot.telegram.dispatch import build_application
from bot.telegram.handling import BotApplication
from bot.telegram.worker import Worker
from tests.telegram.api import Api, running_api
from tests.waiting import until

TOKEN = "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be said of how far an answer is, however busy the machine: tests of that say when it is."""
    monkeypatch.setattr(progress, "_ACTION_AFTER", 10_000.0)
    monkeypatch.setattr(progress, "_MESSAGE_AFTER", 10_000.0)


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


class Office:
    """The bot without its ways in and out: what it is given, and what it wants to send."""

    def __init__(self, store: Store, settings: Settings, application: BotApplication) -> None:
        self.store = store
        self.settings = settings
        self._application = application

    async def gets(self, *updates: dict[str, Any]) -> list[dict[str, Any]]:
        """Handle updates; return the calls that came of them, with the method's name."""
        async with self.store.write() as conn:
            await inbox.put(conn, updates)
        worker = self._worker()
        task = asyncio.create_task(worker.crew.run())
        await until(self._has_handled_all, 30)
        worker.crew.stop()
        await task
        return await self._calls()

    async def works_until(self, death: asyncio.Event) -> None:
        """Handle what is there, until all is done or the process ends as it does by SIGKILL."""
        task = asyncio.create_task(self._worker().crew.run())

        async def is_over() -> bool:
            return death.is_set() or await self._has_handled_all()

        await until(is_over, 30)
        task.cancel()
        await asyncio.wait([task])
        await self.store.change(lambda conn: inbox.end_leases(conn, datetime.now(UTC)))

    def _worker(self) -> Worker:
        return Worker(self.store, self.settings, self._application, on_messages=lambda: None, on_handled=lambda: None)

    async def _has_handled_all(self) -> bool:
        return (await self.store.look(inbox.counts))[State.WAITING] == 0

    async def _calls(self) -> list[dict[str, Any]]:
        async with self.store.write() as conn:
            calls = []
            while items := await outbox.claim(conn, datetime.now(UTC), timedelta(minutes=1), 100):
                for item in items:
                    calls.append({"method": item.message.method, **item.message.payload})
                    await outbox.sent(conn, item.claim, None, datetime.now(UTC))
        return calls

    async def forgets_it_handled(self, update: dict[str, Any]) -> None:
        """Be as if the process had died just before it was done with an update, and said nothing of it."""
        of_update = tables.inbox.c.update_id == update["update_id"]
        async with self.store.write() as conn:
            await conn.execute(sa.update(tables.inbox).where(of_update).values(state=State.WAITING))
            await conn.execute(sa.delete(tables.outbox))

    async def says(self, *updates: dict[str, Any]) -> str:
        """Handle updates; return the text of the one message that came of them."""
        (text,) = [call["text"] for call in await self.gets(*updates) if call["method"] == "sendMessage"]
        assert isinstance(text, str)
        return text


@pytest.fixture
def office(store: Store, settings: Settings, application: BotApplication) -> Office:
    return Office(store, settings, application)
