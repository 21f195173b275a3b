"""The conditions under which calls are made: time, faults, flood limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.bot_api.faults import Fault

if TYPE_CHECKING:
    from bot.playground.bot_api.telegram import Telegram


class Conditions:
    """Sets the conditions.

    Each method that ACTIONS names is also a call of the control side, with the same arguments.
    """

    ACTIONS = ("clock", "fault", "clear_faults", "limits")

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    def clock(self, advance: float = 0.0) -> float:
        """Move the clock ahead by some seconds; return what it shows, in seconds since 1970."""
        clock = self._telegram.world.clock
        clock.advance(advance)
        self._telegram.log.tell({"type": "clock", "now": clock.now()})
        return clock.now()

    def fault(  # noqa: PLR0913 - a control call brings each by its name, and they become one Fault
        self,
        kind: str,
        *,
        method: str | None = None,
        chat: int | None = None,
        times: int = 1,
        skip: int = 0,
        seconds: float = 1.0,
        code: int | None = None,
        description: str | None = None,
        migrate_to: int | None = None,
    ) -> bool:
        """Let a fault happen to the next calls (faults.py lists the kinds)."""
        fault = Fault(kind, method, chat, times, skip, seconds, code, description, migrate_to)
        self._telegram.faults.add(fault)
        return True

    def clear_faults(self) -> int:
        """Forget the faults that have not happened; return how many."""
        waiting = self._telegram.faults.waiting
        count = len(waiting)
        waiting.clear()
        return count

    def limits(self, *, on: bool) -> bool:
        """Switch Telegram's flood limits on or off."""
        self._telegram.limits.on = on
        return on
