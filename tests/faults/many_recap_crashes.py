"""The crash test of recaps, made by several processes on one Postgres that are killed while they are due."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

from bot import clock
from bot.playground.serving import serving
from bot.store.leadership import CLOCK, DELIVERY
from tests.faults.many import Cluster, cluster, lasting_postgres
from tests.faults.recap_hours import LEAST_MESSAGES, Hours
from tests.postgres import Server

_ROLES = ("worker", "worker", "worker", "clock", "clock")
_LONGEST_START = 120.0
_LONGEST_LIFE = 15.0
# A message in doubt is looked for four times, with some calls each; a channel that was full has room every 5 s.
_LONGEST_END = 240.0


@dataclass(frozen=True)
class Plan:
    """A run that can be repeated, but for what the machine makes of it.

    Attributes:
        kills: how often one of the processes is killed.
        outages: for how many seconds Postgres is down, each time after it was killed while recaps were posted.

    """

    seed: int
    kills: int
    outages: tuple[float, ...] = ()


def crash(plan: Plan, home: Path) -> list[str]:
    """Carry a plan out in a folder; tell what was wrong in the end."""
    rng = random.Random(plan.seed)  # noqa: S311 - it must come again, not be secret
    with lasting_postgres() as server, serving(clock=home / "clock") as telegram:
        url = server.url(server.create())
        hours = Hours(telegram, url, rng)
        with cluster(telegram.url, home, url, _ROLES, **{clock.FILE: str(home / "clock")}) as processes:
            crashes = _Crashes(server, processes, hours, rng)
            crashes.carry_out(plan)
        return [*crashes.wrong, *hours.wrong(), *telegram.wrong_requests()]


class _Crashes:
    """Kills processes that post recaps, each hour of a clock that is moved ahead.

    Attributes:
        wrong: what no process should have done.

    """

    def __init__(self, server: Server, processes: Cluster, hours: Hours, rng: random.Random) -> None:
        self._server = server
        self._processes = processes
        self._hours = hours
        self._rng = rng
        self.wrong: list[str] = []

    def carry_out(self, plan: Plan) -> None:
        """Start, do all the harm that was planned, and let it end well."""
        self._processes.start()
        give_up = time.monotonic() + _LONGEST_START
        while not all(map(self._processes.leader, (CLOCK, DELIVERY))) and time.monotonic() < give_up:
            time.sleep(0.05)
        outages = dict(zip(self._rng.sample(range(plan.kills), len(plan.outages)), plan.outages, strict=True))
        for number in range(plan.kills):
            self._hours.let_recaps_be_due(self._processes.start_what_is_down, chance=0.5)
            self._live_for_a_while()
            if number in outages:
                self._outage(outages[number])
            self._kill()
        self._end()

    def _live_for_a_while(self) -> None:
        """Wait for some messages; a process that ends meanwhile is wrong."""
        self._hours.live_for_a_while(LEAST_MESSAGES, _LONGEST_LIFE)
        self.wrong += self._processes.start_what_ended()

    def _kill(self) -> None:
        """Kill a process, as often as not one of those that lead."""
        leader = self._processes.leader(self._rng.choice((CLOCK, DELIVERY))) if self._rng.random() < 0.5 else None
        name = leader or self._rng.choice(self._processes.names())
        self._processes.kill(name)

    def _outage(self, seconds: float) -> None:
        """Kill Postgres, and start it again after a while."""
        self._server.kill()
        time.sleep(seconds)
        self._server.start()
        self._live_for_a_while()

    def _end(self) -> None:
        """Let the processes finish what they were broken off at."""
        self._hours.let_all_be_told(self._processes.start_what_is_down, _LONGEST_END)
        self.wrong += self._processes.stop()
