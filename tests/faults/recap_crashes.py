"""The crash test of recaps: the real process, killed at random moments while they are due and faults come."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

from bot import clock
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.serving import serving
from tests.e2e.process import BotProcess
from tests.faults.recap_hours import MOST_MESSAGES, Hours

_LONGEST_LIFE = 8.0
_LONGEST_END = 150.0


@dataclass(frozen=True)
class Plan:
    """A run that can be repeated, but for what the machine makes of it."""

    seed: int
    kills: int


def crash(plan: Plan, home: Path) -> list[str]:
    """Carry a plan out in a folder; tell what was wrong in the end."""
    rng = random.Random(plan.seed)  # noqa: S311 - it must come again, not be secret
    with serving(clock=home / "clock") as telegram:
        hours = Hours(telegram, f"sqlite:///{home / 'sitrep.sqlite3'}", rng)
        crashes = _Crashes(telegram, hours, home)
        try:
            for _ in range(plan.kills):
                crashes.once()
            crashes.end()
        finally:
            crashes.process.close()
        return hours.wrong() + telegram.wrong_requests()


class _Crashes:
    """Kills a process that posts recaps, each hour of a clock that is moved ahead."""

    def __init__(self, telegram: LocalTelegram, hours: Hours, home: Path) -> None:
        self._telegram = telegram
        self._hours = hours
        self.process = BotProcess(
            telegram.url, home, **{clock.FILE: str(home / "clock"), "SITREP_TELEGRAM__POLL_SECONDS": "2"}
        )

    def once(self) -> None:
        """Let recaps be due, and kill the process while it posts them."""
        self._hours.let_recaps_be_due(self._start, chance=0.7)
        self._hours.live_for_a_while(MOST_MESSAGES, _LONGEST_LIFE)
        self.process.kill()

    def end(self) -> None:
        """Let the process finish what it was broken off at."""
        self._hours.let_all_be_told(self._start, _LONGEST_END)
        self.process.stop()

    def _start(self) -> None:
        before = len(self._telegram.calls("getUpdates"))
        self.process.start()
        # A process that starts slowly is killed in the middle of its start.
        give_up = time.monotonic() + _LONGEST_LIFE
        while time.monotonic() < give_up and len(self._telegram.calls("getUpdates")) == before:
            time.sleep(0.05)
