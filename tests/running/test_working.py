"""What a process has in hand when it stops is handled by the next one, and not as if it had died of it."""

import asyncio
from datetime import timedelta

import pytest

from bot import clock
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
    working = asyncio.create_task(worker.run())

    async def is_begun() -> bool:
        return begun.is_set()

    await until(is_begun)
    worker.crew.stop()
    working.cancel()
    await asyncio.wait([working])
    items = await store.change(lambda conn: inbox.claim(conn, clock.now(), timedelta(minutes=1), 5))
    assert [(item.attempts, item.deaths) for item in items or []] == [(1, 0)]
