"""Floods of updates, such as Telegram sends after the bot was away."""

import asyncio
import time

_MANY = 20
_EBB_SECONDS = 0.05
_LONGEST_WAIT = 0.5


class Flood:
    """Knows whether many updates come at once; people at their phones do not make so many."""

    def __init__(self) -> None:
        self._last = -_EBB_SECONDS

    def comes(self, updates: int) -> None:
        """Hear how many updates wait to be stored."""
        if updates >= _MANY:
            self._last = time.monotonic()

    async def ebb(self) -> None:
        """Wait for the end of a flood, but not for long.

        Whoever handles updates leaves the processor to those that wait to be confirmed: what is confirmed late,
        Telegram sends again.
        """
        give_up = time.monotonic() + _LONGEST_WAIT
        while time.monotonic() < min(self._last + _EBB_SECONDS, give_up):  # noqa: ASYNC110 - nobody tells of its end
            await asyncio.sleep(_EBB_SECONDS / 2)
