"""A clock that can be moved."""

from __future__ import annotations

import asyncio
import heapq
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Clock:
    """Real time plus a shift that only grows.

    What Telegram does "after a while" (updates that expire, retries of a webhook, flood limits) reads this clock, so
    a test jumps instead of waiting. The timeouts of connections are real time: the programs at their other end know
    no other. A program that follows this clock reads the shift from a file.
    """

    def __init__(self, shift: float = 0.0, file: Path | None = None) -> None:
        self.shift = shift
        self.file = file
        self._write()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> float:
        """Return seconds since 1970."""
        return time.time() + self.shift

    def advance(self, seconds: float) -> None:
        """Jump ahead, and wake who sleeps until a moment that has come.

        Raises:
            ValueError: for a jump back: messages would get dates out of order.
        """
        if seconds < 0:
            raise ValueError("the clock only moves ahead")
        self.shift += seconds
        self._write()
        now = self.now()
        while self._sleepers and self._sleepers[0][0] <= now:
            _, _, sleeper = heapq.heappop(self._sleepers)
            if not sleeper.done():
                sleeper.set_result(None)

    async def sleep(self, seconds: float) -> None:
        """Return when the clock shows `seconds` more than now, by itself or because it was moved."""
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        entry = (self.now() + seconds, self._count, sleeper)
        heapq.heappush(self._sleepers, entry)
        try:
            # Not asyncio.wait_for: it takes no notice of being cancelled right when the clock is moved (Python 3.11).
            async with asyncio.timeout(seconds):
                await sleeper
        except TimeoutError:
            return
        finally:
            if entry in self._sleepers:
                self._sleepers.remove(entry)
                heapq.heapify(self._sleepers)

    def _write(self) -> None:
        """Tell the shift in the file, if there is one; whoever reads it sees the old one or the new one."""
        if self.file:
            new = self.file.with_suffix(".new")
            new.write_text(str(self.shift), encoding="ascii")
            new.replace(self.file)
