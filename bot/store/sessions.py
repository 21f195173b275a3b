"""Sessions of Postgres for what lasts as long as a session does: locks, and the wish to be notified.

Both ends notice soon that the other is gone. The client's system asks a silent server whether it still lives; and the
server ends a session from which it has heard nothing for `SILENCE_SECONDS`, be it that the machine is dead or that the
process stands still, and so frees its locks.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection, OperationalError
from sqlalchemy.engine import make_url

SILENCE_SECONDS = 10
"""After so long without a word a session is ended by the server."""
BEAT_SECONDS = 2.0
"""So often a session says that it lives."""
_ANSWER_SECONDS = 5.0
_CONNECT_SECONDS = 5
KEEPALIVE: dict[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""By these a client's system takes the server for dead: after 5 + 3 x 2 s of silence, or when it has not confirmed for
10 s that it got something."""


@asynccontextmanager
async def session(url: str, purpose: str) -> AsyncIterator[AsyncConnection]:
    """Open a session whose statements are transactions each; it must `beat`, or it is ended.

    Args:
        url: of the database.
        purpose: by which the server's list of sessions tells it.

    Raises:
        psycopg.OperationalError: the server can't be reached, or refuses.

    """
    opened = await AsyncConnection.connect(
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False),
        autocommit=True,
        connect_timeout=_CONNECT_SECONDS,
        application_name=f"sitrep {purpose}",
        **KEEPALIVE,
    )
    try:
        await opened.execute(f"SET idle_session_timeout = '{SILENCE_SECONDS}s'")
        yield opened
    finally:
        await opened.close()


async def beat(opened: AsyncConnection) -> None:
    """Say that the session lives, and hear that the server does.

    Raises:
        psycopg.OperationalError: the session is lost.

    """
    asking = asyncio.create_task(_ask(opened))
    asking.add_done_callback(_hear)
    # Not asyncio.timeout: a query that is broken off is cancelled at the server, which does not answer.
    await asyncio.wait([asking], timeout=_ANSWER_SECONDS)
    if not asking.done():
        asking.cancel()
        await opened.close()
        raise OperationalError("the server does not answer")
    await asking


async def _ask(opened: AsyncConnection) -> None:
    await opened.execute("SELECT 1")


def _hear(asking: asyncio.Task[None]) -> None:
    """Take note of how a question ended: when the session is closed before, nobody else does."""
    if not asking.cancelled():
        asking.exception()
