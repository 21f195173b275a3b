"""What a process has in hand when it stops is handled by the next one, and not as if it had died of it."""

import asyncio
from datetime import timedelta

import pytest

from bot import clock
from bot.running import working
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.queues import inbox
from bot.store.queues.inbox import InboxItem
from bot.telegram.handling import BotApplication
from bot.telegram.worker import Worker
from tests.telegram.conftest import api, application, settings, store
from tests.telegram.messages import message
from tests.waiting import until

__all__ = ["api", "application", "settings", "store"]


async def test_what_takes_too_long_is_given_back(
    store: Store, settings: Settings, application: BotApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def endless(_item: InboxItem) -> bool:
        begun.set()
        await asyncio.Event().wait()
        return True

    worker = Worker(store, settings, application, on_messages=begun.clear, on_handled=begun.clear)
    monkeypatch.setattr(worker, "_dispatch", endless)
    await store.change(lambda conn: inbox.put(conn, [message("A post.")]))
    running = asyncio.create_task(worker.run())

    async def is_begun() -> bool:
        return begun.is_set()

    await until(is_begun)
    worker.crew.stop()
    running.cancel()
    await asyncio.wait([running])
    items = await store.change(lambda conn: inbox.claim(conn, clock.now(), timedelta(minutes=1), 5))
    assert [(item.attempts, item.deaths) for item in items or []] == [(1, 0)]


async def test_nothing_is_handled_before_reading_is_ready(
    store: Store, settings: Settings, application: BotApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    told = asyncio.Event()

    async def load() -> None:
        order.append("reading is ready")

    async def note(_item: InboxItem) -> bool:
        order.append("an update is handled")
        return True

    worker = Worker(store, settings, application, on_messages=told.clear, on_handled=told.clear)
    monkeypatch.setattr(working, "load_reading", load)
    monkeypatch.setattr(worker, "_dispatch", note)
    await store.change(lambda conn: inbox.put(conn, [message("A post.")]))
    handling = asyncio.create_task(working._handle(store, worker))

    async def is_handled() -> bool:
        return "an update is handled" in order

    await until(is_handled)
    worker.crew.stop()
    await handling
    assert order[:2] == ["reading is ready", "an update is handled"]
