"""The process that reads is ready before anybody asks it."""

import sys

from bot.telegram import reading
from bot.telegram.reading import reading_beside
from tests.waiting import until


async def test_it_loads_all_that_digests_need_while_nobody_asks() -> None:
    async with reading_beside():

        async def is_loaded() -> bool:
            return await reading._reader.carry_out(has_imported, "sumy.summarizers")

        await until(is_loaded, seconds=60)


def has_imported(module: str) -> bool:
    return module in sys.modules


async def test_it_may_end_while_it_loads() -> None:
    async with reading_beside():
        await reading.load_reading()
