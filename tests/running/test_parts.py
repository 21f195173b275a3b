import asyncio
from functools import partial

import pytest

from bot.errors import StoreFault
from bot.running.bell import Bell
from bot.running.parts import Part, run_parts
from tests.waiting import until


class Line:
    """Parts that write down what happens to them."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def part(self, name: str, *, finishes: bool = True, seconds: float = 5) -> Part:
        """Make a part that finishes when it is asked to, if it does."""
        asked = asyncio.Event()

        async def run() -> None:
            self.told.append(f"{name} runs")
            try:
                await asked.wait()
                if not finishes:
                    await asyncio.Event().wait()
                self.told.append(f"{name} finishes")
            except asyncio.CancelledError:
                self.told.append(f"{name} is broken off")
                raise

        return Part(name, run, asked.set, seconds)

    def endless(self, name: str) -> Part:
        """Make a part that can't be asked to stop."""
        made = self.part(name, finishes=False)
        return Part(name, made.run)

    async def has_told(self, times: int) -> None:
        async def enough() -> bool:
            return len(self.told) >= times

        await until(enough)


async def broken() -> None:
    raise StoreFault("the disk is full")


@pytest.fixture
def line() -> Line:
    return Line()


async def test_parts_start_from_the_last_and_end_from_the_first(line: Line) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(run_parts([line.endless("receiver"), line.part("worker"), line.part("sender")], stop))
    await line.has_told(3)
    stop.set()
    await running
    assert line.told == [
        *("sender runs", "worker runs", "receiver runs"),
        *("receiver is broken off", "worker finishes", "sender finishes"),
    ]


async def test_a_part_that_does_not_finish_in_its_time_is_broken_off(line: Line) -> None:
    stop = asyncio.Event()
    stop.set()
    await run_parts([line.part("stubborn", finishes=False, seconds=0.01), line.part("next")], stop)
    assert line.told[2:] == ["stubborn is broken off", "next finishes"]


async def test_when_one_part_breaks_the_others_are_ended_and_its_fault_is_raised(line: Line) -> None:
    with pytest.raises(StoreFault, match="the disk is full"):
        await run_parts([line.part("worker"), Part("broken", broken), line.endless("receiver")], asyncio.Event())
    assert line.told[2:] == ["worker finishes", "receiver is broken off"]


async def test_cancelled_all_parts_are_broken_off_at_once(line: Line) -> None:
    running = asyncio.create_task(run_parts([line.part("a", seconds=60), line.part("b", seconds=60)], asyncio.Event()))
    await line.has_told(2)
    running.cancel()
    await asyncio.wait([running])
    assert running.cancelled()
    assert sorted(line.told[2:]) == ["a is broken off", "b is broken off"]


def test_a_bell_wakes_those_who_work_through_a_table_and_all_when_it_rings_for_all() -> None:
    bell, woken = Bell(), list[str]()
    for table, name in (("inbox", "worker"), ("outbox", "sender"), ("inbox", "counter")):
        bell.wakes(table, partial(woken.append, name))
    bell.ring("inbox", "a table of somebody else")
    assert woken == ["worker", "counter"]
    bell.ring_all()
    assert woken[2:] == ["worker", "counter", "sender"]
