"""A session that is given up while its server stands still, or is asked something, leaves nothing behind."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator
from typing import Any

import pytest
from psycopg import AsyncConnection, OperationalError

from bot.store import sessions
from bot.store.sessions import beat, session


@pytest.fixture
async def still(postgres_url: str) -> AsyncIterator[AsyncConnection]:
    """A session whose server stands still until the session is closed; nobody is to miss a fault in the end."""
    unheard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: unheard.append(context))
    async with session(postgres_url, "test") as opened:
        server = opened.info.backend_pid
        os.kill(server, signal.SIGSTOP)
        yield opened
    os.kill(server, signal.SIGCONT)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        await asyncio.wait(left)
    left.clear()
    gc.collect()
    assert unheard == []


async def test_a_server_that_does_not_answer_has_lost_the_session(
    still: AsyncConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "_ANSWER_SECONDS", 0.1)
    with pytest.raises(OperationalError, match="does not answer"):
        await beat(still)


async def test_a_beat_can_be_broken_off(still: AsyncConnection) -> None:
    beating = asyncio.create_task(beat(still))
    await asyncio.wait([beating], timeout=0.1)
    beating.cancel()
    with pytest.raises(asyncio.CancelledError):
        await beating
