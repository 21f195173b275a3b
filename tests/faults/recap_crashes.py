"""The crash test of recaps: the real process, killed at random moments while they are due and faults come."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

from bot import clock
from bot.playground.client import LocalTelegram
from bot.playground.serving import serving
from tests.e2e.process import BotProcess
from tests.faults.recap_hours import HOUR, MOST_MESSAGES, Hours

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
        crashes = _Crashes(telegram, hours, home, rng)
        try:
            for _ in range(plan.kills):
                crashes.once()
            crashes.end()
        finally:
            crashes.process.close()
        return hours.wrong() + telegram.wrong_requests()


class _Crashes:
    """Kills a process that posts recaps, each hour of a clock that is moved ahead."""

    def __init__(self, telegram: LocalTelegram, hours: Hours, home: Path, rng: random.Random) -> None:
        self._telegram = telegram
        self._hours = hours
        self._rng = rng
        self.process = BotProcess(
            telegram.url, home, **{clock.FILE: str(home / "clock"), "SITREP_TELEGRAM__POLL_SECONDS": "2"}
        )

    def once(self) -> None:
        """Let recaps be due, and kill the process while it posts them."""
        self._hours.bring_reports()
        starts_before = self._rng.random() < 0.7
        if starts_before:
            self._start()
        self._telegram.advance(HOUR)
        if not starts_before:
            self._start()
        self._live_for_a_while()
        self.process.kill()

    def end(self) -> None:
        """Let the process finish what it was broken off at."""
        self._telegram.clear_faults()
        self._start()
        self._telegram.advance(HOUR)
        give_up = time.monotonic() + _LONGEST_END
        # Whatever is not there by then is found missing when all is judged.
        while time.monotonic() < give_up and not self._hours.is_all_told():
            self._telegram.advance(60)
            time.sleep(1)
        time.sleep(2)
        self.process.stop()

    def _start(self) -> None:
        before = len(self._telegram.calls("getUpdates"))
        self.process.start()
        # A process that starts slowly is killed in the middle of its start.
        give_up = time.monotonic() + _LONGEST_LIFE
        while time.monotonic() < give_up and len(self._telegram.calls("getUpdates")) == before:
            time.sleep(0.05)

    def _live_for_a_while(self) -> None:
        """Wait for some messages, and then a moment."""
        last = self._telegram.calls()
        after, enough = (last[-1]["number"] if last else 0), self._rng.randint(0, MOST_MESSAGES)
        give_up = time.monotonic() + _LONGEST_LIFE
        while time.monotonic() < give_up and len(self._telegram.calls("sendMessage", after=after)) < enough:
            time.sleep(0.01)
        time.sleep(self._rng.uniform(0, 0.05))
