import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.errors import StoreFault
from bot.telegram.crew import Crew
from tests.waiting import until


class Table:
    """What a crew works through: numbers."""

    def __init__(self, *pieces: int) -> None:
        self.waiting = deque(pieces)
        self.done: list[int] = []
        self.due: datetime | None = None
        self.faults = 0
        self.breaks = 0
        self.slow: asyncio.Event | None = None
        self.renewed: list[list[int]] = []
        self.most_at_once = 0
        self._at_once = 0

    async def claim(self, limit: int) -> list[int]:
        if self.faults:
            self.faults -= 1
            raise StoreFault("the disk is full")
        return [self.waiting.popleft() for _ in range(min(limit, len(self.waiting)))]

    async def work(self, piece: int) -> None:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        await asyncio.sleep(0.01)
        if self.slow:
            await self.slow.wait()
        self._at_once -= 1
        if self.breaks:
            self.breaks -= 1
            raise StoreFault("the disk is full")
        self.done.append(piece)

    async def next_due(self) -> datetime | None:
        return self.due

    async def renew(self, pieces: Sequence[int]) -> None:
        self.renewed.append(list(pieces))

    async def release(self, pieces: Sequence[int]) -> None:
        if self.faults:
            self.faults -= 1
            raise StoreFault("the disk is full")
        self.waiting.extend(pieces)

    async def has_done(self, count: int) -> None:
        async def enough() -> bool:
            return len(self.done) >= count

        await until(enough, 5)


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
async def crew(table: Table, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Crew[int]]:
    monkeypatch.setattr("bot.telegram.crew._FIRST_PAUSE", 0.01)
    monkeypatch.setattr("bot.telegram.crew._RENEWAL_SECONDS", 0.01)
    crew = Crew(
        "test",
        claim=table.claim,
        work=table.work,
        next_due=table.next_due,
        hands=3,
        renew=table.renew,
        release=table.release,
    )
    task = asyncio.create_task(crew.run())
    yield crew
    crew.stop()
    await asyncio.wait_for(task, 5)


async def test_everything_is_done_by_so_many_hands_at_once(table: Table, crew: Crew[int]) -> None:
    table.waiting.extend(range(20))
    crew.wake()
    await table.has_done(20)
    assert sorted(table.done) == list(range(20))
    assert table.most_at_once == 3


async def test_it_rests_until_it_is_woken(table: Table, crew: Crew[int]) -> None:
    await asyncio.sleep(0.05)
    table.waiting.append(1)
    await asyncio.sleep(0.05)
    assert table.done == []
    crew.wake()
    await table.has_done(1)


async def test_it_wakes_by_itself_when_something_is_due(table: Table, crew: Crew[int]) -> None:
    table.due = datetime.now(UTC) + timedelta(seconds=0.2)
    crew.wake()
    await asyncio.sleep(0.05)
    table.waiting.append(1)
    await table.has_done(1)


async def test_a_fault_of_the_store_is_told_and_waited_out(
    table: Table, crew: Crew[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    table.waiting.append(1)
    table.faults = 1
    with capture_logs() as logs:
        crew.wake()
        await table.has_done(1)
    assert logs[0]["fault"] == "the disk is full"


async def test_a_piece_that_a_fault_of_the_store_broke_off_is_given_back_as_soon_as_the_store_works(
    table: Table, crew: Crew[int]
) -> None:
    table.waiting.extend([1, 2, 3])
    table.breaks, table.faults = 2, 3
    crew.wake()
    await table.has_done(3)
    assert sorted(table.done) == [1, 2, 3]


async def test_a_store_that_lets_claim_but_not_do_is_asked_less_and_less_often(
    table: Table, crew: Crew[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.crew._LONGEST_PAUSE", 0.08)
    table.waiting.append(1)
    table.breaks = 5
    with capture_logs() as logs:
        crew.wake()
        await table.has_done(1)
    assert [log["again_in"] for log in logs] == [0.01, 0.02, 0.04, 0.08, 0.08]


async def test_what_is_in_hand_is_kept_and_what_is_done_is_not(table: Table, crew: Crew[int]) -> None:
    table.slow = asyncio.Event()
    table.waiting.extend([1, 2])
    crew.wake()

    async def is_renewed_twice() -> bool:
        return table.renewed.count([1, 2]) > 1

    await until(is_renewed_twice)
    assert crew.in_hand == [1, 2]
    table.slow.set()
    await table.has_done(2)
    table.renewed.clear()
    await asyncio.sleep(0.05)
    assert table.renewed == []


async def test_stopping_waits_for_what_is_in_hand(table: Table) -> None:
    table.waiting.extend(range(3))
    crew = Crew("test", claim=table.claim, work=table.work, next_due=table.next_due, hands=3)
    task = asyncio.create_task(crew.run())
    await asyncio.sleep(0.005)
    crew.stop()
    await asyncio.wait_for(task, 1)
    assert sorted(table.done) == [0, 1, 2]
