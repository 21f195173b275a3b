"""One process leads, and another when it does no longer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import psycopg
import pytest

from bot.store import leadership, sessions
from bot.store.engine import Store, open_store
from bot.store.leadership import CLOCK, DELIVERY, Alone, Candidate, led
from tests.waiting import until


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leadership, "BEAT_SECONDS", 0.02)
    monkeypatch.setattr(leadership, "_FIRST_PAUSE", 0.02)


class Led:
    """Work that goes on until it is broken off, or told to end."""

    def __init__(self) -> None:
        self.goes_on = False
        self.times = 0
        self.end = asyncio.Event()

    async def work(self) -> None:
        self.goes_on, self.times = True, self.times + 1
        try:
            await self.end.wait()
        finally:
            self.goes_on = False


@asynccontextmanager
async def running(candidate: leadership.Leadership, led: Led) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(candidate.lead(led.work))
    yield task
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def so(look: Callable[[], bool]) -> Awaitable[bool]:
    """Wait until it is so."""

    async def looked() -> bool:
        return look()

    return until(looked, 20)


async def end_sessions(url: str, purpose: str) -> None:
    """End the sessions of a purpose, as the server does when their machine is gone."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = %s",
            (f"sitrep {purpose}",),
        )


async def test_one_of_several_leads_and_another_one_when_it_is_gone(postgres_url: str) -> None:
    works = [Led() for _ in range(3)]
    candidates = [Candidate(postgres_url, CLOCK) for _ in works]

    def one_leads() -> bool:
        leading = [work.goes_on for work in works]
        return sum(leading) == 1 and leading == [candidate.is_ours for candidate in candidates]

    async with AsyncExitStack() as closing:
        tasks = [
            await closing.enter_async_context(running(candidate, work))
            for candidate, work in zip(candidates, works, strict=True)
        ]
        await so(one_leads)
        leader = candidates.index(next(candidate for candidate in candidates if candidate.is_ours))
        tasks[leader].cancel()
        await so(lambda: sum(work.times for work in works) == 2 and one_leads())
        assert not works[leader].goes_on
        # The server ends the sessions of all of them.
        await end_sessions(postgres_url, CLOCK)
        await so(lambda: sum(work.times for work in works) >= 3 and one_leads())


async def test_a_leader_that_lost_its_session_breaks_off_and_stands_again(postgres_url: str) -> None:
    work, candidate = Led(), Candidate(postgres_url, CLOCK)
    async with running(candidate, work):
        await so(lambda: work.times == 1)
        await end_sessions(postgres_url, CLOCK)
        await so(lambda: work.times == 2)
        assert (work.goes_on, candidate.is_ours) == (True, True)
    assert (work.goes_on, candidate.is_ours) == (False, False)


async def test_a_session_that_is_silent_is_ended_by_the_server(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the process stands still: another one leads, though nobody has closed the connection."""
    monkeypatch.setattr(sessions, "SILENCE_SECONDS", 1)
    work = Led()
    async with sessions.session(postgres_url, "standing still") as silent:
        assert await leadership._try_lock(silent, CLOCK)
        async with running(Candidate(postgres_url, CLOCK), work):
            await so(lambda: work.goes_on)
        with pytest.raises(psycopg.OperationalError):
            await sessions.beat(silent)


async def test_work_that_ends_by_itself_ends_the_leadership(postgres_url: str) -> None:
    work, next_work = Led(), Led()
    async with running(Candidate(postgres_url, CLOCK), work) as task:
        await so(lambda: work.goes_on)
        async with running(Candidate(postgres_url, CLOCK), next_work):
            work.end.set()
            await task
            await so(lambda: next_work.goes_on)


async def test_what_the_work_raises_comes_out(postgres_url: str) -> None:
    async def broken() -> None:
        raise LookupError("a fault of the program")

    with pytest.raises(LookupError):
        await Candidate(postgres_url, CLOCK).lead(broken)


async def test_everybody_can_see_what_is_led(postgres_url: str) -> None:
    store = await open_store(postgres_url)
    work = Led()
    try:
        assert await store.look(led) == set()
        async with running(Candidate(postgres_url, CLOCK), work):
            await so(lambda: work.goes_on)
            assert await store.look(led) == {CLOCK}
            async with running(Candidate(postgres_url, DELIVERY), Led()):
                assert await until(lambda: _both(store)) == {CLOCK, DELIVERY}
    finally:
        await store.close()


async def _both(store: Store) -> frozenset[str] | None:
    found = await store.look(led)
    return found if len(found) > 1 else None


async def test_a_server_that_can_t_be_reached_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leadership, "_LONGEST_PAUSE", 0.02)
    tried = 0

    @asynccontextmanager
    async def unreachable(_url: str, _purpose: str) -> AsyncIterator[psycopg.AsyncConnection]:
        nonlocal tried
        tried += 1
        raise psycopg.OperationalError("connection refused")
        yield  # type: ignore[unreachable] # it is a generator

    monkeypatch.setattr(leadership, "session", unreachable)
    async with running(Candidate("postgresql://nowhere", CLOCK), Led()):
        await so(lambda: tried > 2)


async def test_alone_one_always_leads() -> None:
    work, alone = Led(), Alone()
    async with running(alone, work) as task:
        await so(lambda: work.goes_on)
        assert alone.is_ours
        work.end.set()
        await task
    assert not alone.is_ours
