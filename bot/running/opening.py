"""Opening the database at the start. A server that can't be reached is waited for, and who watches us is told so."""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import structlog
from starlette.applications import Starlette

from bot.errors import SchemaFault, StoreFault
from bot.running.parts import Part, end, run_parts, unless
from bot.settings import Settings
from bot.store.engine import Store, open_store
from bot.store.upkeep.condition import Condition
from bot.store.upkeep.migrate import migrate
from bot.web.health import Health
from bot.web.server import build_health, build_not_yet, listen, serve

_log = structlog.get_logger(__name__)

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 15.0
# A database that is there is opened sooner, and we need not open our ports twice.
_AT_ONCE_SECONDS = 3


async def opened(
    settings: Settings, stop: asyncio.Event, health: socket.socket | None, *, migrates: bool, receives: bool
) -> Store | None:
    """Open the store, as soon as its server can be reached; None if the stop comes before.

    Args:
        settings: of the whole bot.
        stop: set when the process is to stop.
        health: the port at which it is told how the bot fares; it stays open.
        migrates: bring the schema up to date first, since no other process works on it.
        receives: this process receives updates; if by webhook, it has its port.

    Raises:
        SettingFault: a port can't be used.
        StoreFault: it can't be opened, and waiting would not help.

    """
    opening = _Opening(settings.database.url, migrates)
    trying = asyncio.create_task(opening.run(stop))
    try:
        await asyncio.wait([trying], timeout=_AT_ONCE_SECONDS)
        if not trying.done():
            is_over = asyncio.Event()
            trying.add_done_callback(lambda _task: is_over.set())
            if parts := _telling(settings, opening, health, receives=receives):
                await run_parts(parts, is_over)
        return await trying
    finally:
        await end(trying)


@dataclass(slots=True)
class _Opening:
    """Tries to open a store until it is open.

    Attributes:
        fault: why it is not.

    """

    url: str
    migrates: bool
    fault: StoreFault = field(default_factory=lambda: StoreFault("it has not answered yet"))

    async def run(self, stop: asyncio.Event) -> Store | None:
        pause = _FIRST_PAUSE
        while not stop.is_set():
            try:
                if self.migrates:
                    await migrate(self.url)
                return await open_store(self.url)
            except SchemaFault:
                raise
            except StoreFault as fault:
                if self.url.startswith("sqlite:"):
                    raise
                self.fault = fault
                _log.error("the database can't be opened", fault=str(fault), again_in=pause)
            await unless(stop, asyncio.sleep(pause))
            pause = min(pause * 2, _LONGEST_PAUSE)
        return None

    async def look(self) -> Condition:
        raise self.fault


def _telling(
    settings: Settings, opening: _Opening, listening: socket.socket | None, *, receives: bool
) -> Sequence[Part]:
    """Make the parts that answer at our ports for as long as nobody else does."""
    webhook, longest_wait = settings.webhook, timedelta(seconds=settings.health.longest_wait)
    routes = Health(opening.look, frozenset, longest_wait).routes()
    parts = []
    if listening:
        # Who serves closes what it was given: of a copy, so that the port is open for who comes next.
        parts.append(Part("health", partial(serve, build_health(routes), listening.dup())))
    if receives and webhook.url:
        web = build_not_yet(webhook.url, () if listening else routes)
        parts.append(Part("webhook", partial(_serve, web, webhook.host, webhook.port)))
    return parts


async def _serve(application: Starlette, host: str, port: int) -> None:
    await serve(application, listen(host, port))
