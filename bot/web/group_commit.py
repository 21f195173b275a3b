"""Store updates of many requests with one commit.

A commit waits for the disk, so one for each request would bound how many can be taken in a second. Whoever comes while
a transaction is written waits for the next, which takes all of them at once.
"""

import asyncio
from collections.abc import Callable

from bot.metrics import RECEIVED
from bot.store.connection import Work
from bot.store.engine import Store
from bot.store.queues import inbox
from bot.store.queues.updates import Written
from bot.tracing import span
from bot.web.flood import Flood

_MOST_AT_ONCE = 500

_Waiting = tuple[Written, asyncio.Future[None]]


class GroupCommit:
    """Puts updates into the inbox, together with others that come at the same time.

    Args:
        store: open.
        on_updates: called when new updates were stored.
        flood: hears how many come at the same time.

    """

    def __init__(self, store: Store, on_updates: Callable[[], None], flood: Flood) -> None:
        self._store = store
        self._on_updates = on_updates
        self._flood = flood
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def put(self, update: Written) -> None:
        """Return when the update is committed.

        Raises:
            StoreFault: it could not be stored.

        """
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, stored))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await stored

    async def _write(self) -> None:
        while self._waiting:
            self._flood.comes(len(self._waiting))
            group, self._waiting = self._waiting[:_MOST_AT_ONCE], self._waiting[_MOST_AT_ONCE:]
            try:
                with span("receive", updates=len(group)):
                    new = await self._store.change(_putting([update for update, _ in group]))
            except Exception as error:  # noqa: BLE001 - every request of the group has to hear of it
                _settle(group, error)
            else:
                _settle(group)
                if new:
                    RECEIVED.inc(new)
                    self._on_updates()
        self._writing = None


def _putting(updates: list[Written]) -> Work[int]:
    return lambda conn: inbox.put_written(conn, updates)


def _settle(group: list[_Waiting], error: Exception | None = None) -> None:
    for _, stored in group:
        if stored.done():  # the request was broken off meanwhile
            continue
        if error:
            stored.set_exception(error)
        else:
            stored.set_result(None)
