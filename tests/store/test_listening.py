"""Processes hear of what others change, and of having been away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.store import listening
from bot.store.connection import Connection
from bot.store.engine import Store, open_store
from bot.store.listening import listen, tell_others
from bot.store.queues import inbox
from tests.store.test_leadership import end_sessions, so


class Heard:
    """What a listener was told."""

    def __init__(self) -> None:
        self.tables: list[str] = []
        self.gaps = 0

    def gap(self) -> None:
        self.gaps += 1


@pytest.fixture
async def heard(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Heard]:
    monkeypatch.setattr(listening, "BEAT_SECONDS", 0.02)
    monkeypatch.setattr(listening, "_FIRST_PAUSE", 0.02)
    heard = Heard()
    task = asyncio.create_task(listen(postgres_url, heard.tables.append, heard.gap))
    await so(lambda: heard.gaps == 1)
    yield heard
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
async def other(postgres_url: str) -> AsyncIterator[Store]:
    """The store of another process."""
    store = await open_store(postgres_url)
    yield store
    await store.close()


async def _put(store: Store, number: int) -> None:
    await store.change(lambda conn: inbox.put(conn, [{"update_id": number}]))


async def test_a_change_is_heard_of(heard: Heard, other: Store) -> None:
    await _put(other, 1)
    await so(lambda: "inbox" in heard.tables)
    assert set(heard.tables) == {"inbox"}


async def test_who_works_no_more_tells_the_others(heard: Heard, other: Store) -> None:
    await tell_others(other, "inbox")
    await so(lambda: heard.tables == ["inbox"])


async def test_what_was_undone_is_not_heard_of(heard: Heard, other: Store) -> None:
    async def broken(conn: Connection) -> None:
        await inbox.put(conn, [{"update_id": 1}])
        raise LookupError

    with pytest.raises(LookupError):
        await other.change(broken)
    await _put(other, 2)
    await so(lambda: bool(heard.tables))
    assert heard.tables == ["inbox"]


async def test_after_a_loss_of_the_connection_it_is_known_that_something_may_have_been_missed(
    heard: Heard, other: Store, postgres_url: str
) -> None:
    await end_sessions(postgres_url, "listener")
    await so(lambda: heard.gaps == 2)
    await _put(other, 3)
    await so(lambda: "inbox" in heard.tables)
