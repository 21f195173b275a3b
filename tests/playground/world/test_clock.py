"""The clock that tests move."""

import asyncio
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.world.clock import Clock


def test_it_shows_real_time_and_its_shift() -> None:
    clock = Clock(3600)
    assert clock.now() == pytest.approx(time.time() + 3600, abs=1)
    clock.advance(60)
    assert clock.now() == pytest.approx(time.time() + 3660, abs=1)


def test_it_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="only moves ahead"):
        Clock().advance(-1)


@settings(deadline=None)
@given(st.lists(st.integers(100, 10_000), min_size=1, max_size=8), st.integers(1, 12_000))
def test_a_jump_wakes_exactly_those_whose_time_has_come(naps: list[int], jump: int) -> None:
    async def story() -> list[int]:
        clock, woken = Clock(), []

        async def nap(seconds: int) -> None:
            await clock.sleep(seconds)
            woken.append(seconds)

        tasks = [asyncio.create_task(nap(seconds)) for seconds in naps]
        await asyncio.sleep(0)
        clock.advance(jump)
        for _ in range(5):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        return woken

    assert sorted(asyncio.run(story())) == sorted(seconds for seconds in naps if seconds <= jump)


async def test_it_goes_on_by_itself() -> None:
    await asyncio.wait_for(Clock().sleep(0.01), 5)


async def test_who_is_cancelled_right_when_the_clock_is_moved_does_not_go_on() -> None:
    clock = Clock()
    sleeping = asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    clock.advance(60)
    sleeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sleeping
