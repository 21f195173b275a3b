"""Handling waits while a flood is stored: not without one, not behind one, and never for long."""

import asyncio

from bot.web.flood import Flood
from tests.waiting import until


async def _waits(flood: Flood) -> bool:
    """Tell whether somebody would wait now, and wait until he would not."""
    waiting = asyncio.create_task(flood.ebb())
    await asyncio.sleep(0)
    waits = not waiting.done()
    await asyncio.wait_for(waiting, 60)
    return waits


async def test_without_a_flood_nobody_waits() -> None:
    flood = Flood()
    assert not await _waits(flood)
    flood.comes(3)
    assert not await _waits(flood)


async def test_during_a_flood_one_waits_until_it_is_over() -> None:
    flood = Flood()
    flood.comes(100)
    assert await _waits(flood)

    async def is_over() -> bool:
        return not await _waits(flood)

    assert await until(is_over)


async def test_a_flood_that_does_not_end_is_not_waited_for() -> None:
    flood = Flood()

    async def go_on() -> None:
        while True:
            flood.comes(100)
            await asyncio.sleep(0)

    flooding = asyncio.create_task(go_on())
    await asyncio.sleep(0)
    assert await _waits(flood)
    flooding.cancel()
