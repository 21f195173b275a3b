"""Wait for what another task, thread or process brings about."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Found = TypeVar("Found")


async def until(look: Callable[[], Awaitable[Found | None]], seconds: float = 10.0) -> Found:
    """Look again and again, until there is something; what it is comes back.

    Raises:
        TimeoutError: there was nothing all the time.

    """
    async with asyncio.timeout(seconds):
        while not (found := await look()):  # noqa: ASYNC110 - nobody tells us when
            await asyncio.sleep(0.01)
    return found
