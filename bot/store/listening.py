"""Hear at once what other processes change.

Postgres notifies whoever listens of the tables in which a transaction changed something, when it commits. It is a hint:
who was away meanwhile is not told later, so whoever works through a table also looks by himself now and then.
"""

import asyncio
from collections.abc import Callable

import sqlalchemy as sa
import structlog
from psycopg import AsyncConnection, OperationalError

from bot.store.engine import Store
from bot.store.sessions import BEAT_SECONDS, beat, session

_log = structlog.get_logger(__name__)

CHANNEL = "sitrep"
"""The triggers of the tables notify it, with the name of the table."""
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 5.0


async def listen(url: str, on_change: Callable[[str], None], on_gap: Callable[[], None]) -> None:
    """Listen until cancelled, and again after each loss of the connection.

    Args:
        url: of a database of Postgres.
        on_change: called with the name of a table in which something changed.
        on_gap: called whenever something may have changed that was not told.

    """
    pause = 0.0
    while True:
        try:
            async with session(url, "listener") as opened:
                await opened.execute(f"LISTEN {CHANNEL}")
                pause = 0.0
                on_gap()
                await _hear(opened, on_change)
        except OperationalError as error:
            pause = min(max(_FIRST_PAUSE, pause * 2), _LONGEST_PAUSE)
            _log.warning("changes are not heard of", fault=" ".join(str(error).split()), again_in=pause)
        await asyncio.sleep(pause)


async def tell_others(store: Store, table: str) -> None:
    """Let who listens look at a table in which nothing changed, but what somebody worked on who works no more.

    Raises:
        StoreFault: it could not be told; who works through the table finds it out by himself.

    """
    if store.is_shared:
        await store.change(lambda conn: conn.execute(sa.select(sa.func.pg_notify(CHANNEL, table))))


async def _hear(opened: AsyncConnection, on_change: Callable[[str], None]) -> None:
    while True:
        async for notice in opened.notifies(timeout=BEAT_SECONDS):
            on_change(notice.payload)
        await beat(opened)
