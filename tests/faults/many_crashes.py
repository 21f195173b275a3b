"""The crash test of several processes on one Postgres: all are killed, also Postgres, and some made to stand still."""

import asyncio
import contextlib
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot import clock
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from bot.playground.serving import serving
from bot.store.database import find
from bot.store.leadership import CLOCK, DELIVERY
from bot.store.tables import State, outbox
from bot.store.upkeep.migrate import migrate
from tests.e2e.process import TOKEN
from tests.faults.crashes import FAULTS, HANGS, Outcome, is_answered
from tests.faults.many import Cluster, cluster, lasting_postgres
from tests.faults.oracle import judge, judge_order
from tests.faults.traffic import Carrier, Traffic
from tests.faults.witness import Witness
from tests.postgres import Server

# Longer than any lease of an update or a message.
_PAST_LEASES = 130.0
# Telegram waits longer and longer before it tries a webhook again that was down.
_PAST_RETRY = 10.0
# Of the clock that all follow; within half a second of ours, when nothing more is to come but what waits.
_MOMENT = 3.0
_LONGEST_START = 120.0
_LONGEST_LIFE = 6.0
_LONGEST_END = 120.0


@dataclass(frozen=True)
class Plan:
    """A run that can be repeated, but for what the machine makes of it.

    Attributes:
        kills: how often one of the processes is killed.
        acts: how many messages people send.
        pauses: for how many seconds, at least, a process stands still, each time past its leases.
        outages: for how many seconds Postgres is down, each time after it was killed.
        seconds: after so long no more kills follow.

    """

    seed: int
    kills: int
    acts: int
    people: int = 8
    pauses: tuple[float, ...] = ()
    outages: tuple[float, ...] = ()
    seconds: float = math.inf


def crash(plan: Plan, home: Path) -> Outcome:
    """Carry a plan out in a folder; tell what was wrong in the end."""
    rng = random.Random(plan.seed)  # noqa: S311 - it must come again, not be secret
    with lasting_postgres() as server, serving(clock=home / "clock") as telegram:
        url = server.url(server.create())
        asyncio.run(migrate(url))
        sitrep = telegram.bot("sitrep_bot", token=TOKEN)
        settings = {clock.FILE: str(home / "clock"), "SITREP_INTAKE__BURST_POSTS": "0"}
        with cluster(telegram.url, home, url, **settings) as processes:
            witness = Witness(telegram, lambda: _noted(url))
            # Updates come in the order of their ids, so that there is one in which their answers must come.
            traffic = Traffic(telegram, sitrep, rng, people=plan.people, shuffled=False)
            crashes = _Crashes(telegram, server, processes, witness, traffic)
            crashes.carry_out(plan)
        history = witness.history(traffic.reactions())
        wrong = [
            *crashes.wrong,
            *judge(traffic.expected, history, url),
            *judge_order(traffic.expected, history),
            *telegram.wrong_requests(),
        ]
    return Outcome(wrong, len(history.kills), len(traffic.expected.questions), len(history.sent))


def _noted(url: str) -> set[Carrier]:
    engine = find(url).read_engine()
    done = outbox.c.state == State.DONE, outbox.c.message_id.is_not(None)
    try:
        with engine.connect() as connection:
            rows = connection.execute(sa.select(outbox.c.chat_id, outbox.c.message_id).where(*done))
            return {(chat_id, message_id) for chat_id, message_id in rows}
    finally:
        engine.dispose()


class _Crashes:
    """Does harm to processes and their database while people write.

    Attributes:
        wrong: what no process should have done.

    """

    def __init__(
        self, telegram: LocalTelegram, server: Server, processes: Cluster, witness: Witness, traffic: Traffic
    ) -> None:
        self._telegram = telegram
        self._server = server
        self._processes = processes
        self._witness = witness
        self._rng = traffic.rng
        self._traffic = traffic
        self.wrong: list[str] = []

    def carry_out(self, plan: Plan) -> None:
        """Start, do all the harm that was planned, and let it end well."""
        over = time.monotonic() + plan.seconds
        self._processes.start()
        waits_until(self._is_started, _LONGEST_START, "the first call of a process")
        pauses = dict(zip(self._rng.sample(range(plan.kills), len(plan.pauses)), plan.pauses, strict=True))
        outages = dict(zip(self._rng.sample(range(plan.kills), len(plan.outages)), plan.outages, strict=True))
        for number in range(plan.kills):
            if time.monotonic() > over:
                break
            self._go_on(plan.acts * (number + 1) // plan.kills - plan.acts * number // plan.kills)
            if number in pauses:
                self._pause(pauses[number])
            if number in outages:
                self._outage(outages[number])
            self._kill()
        self._end()

    def _is_started(self) -> bool | None:
        ended = self._processes.ended()
        assert not ended, self._processes[ended[0]].log()[-2000:]
        return bool(self._telegram.calls("setWebhook")) or None

    def _go_on(self, acts: int) -> None:
        """Let people write, the processes that are down be started in the middle of it, and some calls go wrong."""
        before = self._rng.randint(0, acts)
        self._traffic.go_on(before)
        self._processes.start_what_is_down()
        for _ in range(self._rng.choice((0, 0, 1, 1, 2))):
            method = self._rng.choice(("sendMessage", "sendMessage", "setMessageReaction"))
            self._telegram.fault(self._rng.choice(FAULTS + HANGS), method, skip=self._rng.randint(0, 3))
        self._traffic.go_on(acts - before)
        self._live_for_a_while()

    def _live_for_a_while(self) -> None:
        """Wait for some more calls, and then a moment: the moments of work are those that matter."""
        enough = self._witness.last_call + self._rng.randint(0, 12)
        give_up = time.monotonic() + _LONGEST_LIFE
        while self._witness.last_call < enough and time.monotonic() < give_up:
            time.sleep(0.01)
            self._witness.look()
        time.sleep(self._rng.uniform(0, 0.05))
        self.wrong += self._processes.start_what_ended()

    def _kill(self) -> None:
        name = self._rng.choice(self._processes.names())
        self._processes.kill(name)
        self._witness.note_kill()
        jumps = self._rng.random()
        if jumps < 0.3:
            self._telegram.advance(_PAST_LEASES)
        elif jumps < 0.6:
            self._telegram.advance(_PAST_RETRY)

    def _pause(self, seconds: float) -> None:
        """Let a process stand still until its leases are over, and for so long that others may lead in its place."""
        name = (
            self._processes.leader(self._rng.choice((DELIVERY, DELIVERY, CLOCK)))
            if self._rng.random() < 0.6
            else self._rng.choice(self._processes.names("worker"))
        )
        if name is None or name in self._processes.down():
            return
        self._processes.pause(name)
        self._witness.note_kill()
        self._traffic.go_on(10)
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            time.sleep(0.1)
            self._witness.look()
        self._telegram.advance(_PAST_LEASES)
        self._traffic.go_on(10)
        self._live_for_a_while()
        self._processes.go_on(name)
        self._live_for_a_while()

    def _outage(self, seconds: float) -> None:
        """Kill Postgres, and start it again after a while."""
        self._server.kill()
        self._traffic.go_on(5)
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            time.sleep(0.1)
            self._witness.look()
        self._server.start()
        self._telegram.advance(_PAST_RETRY)
        self._live_for_a_while()

    def _end(self) -> None:
        """Let the processes finish what they were broken off at."""
        self._telegram.clear_faults()
        self._processes.start_what_is_down()
        self._telegram.advance(_PAST_LEASES)
        last = self._traffic.say_goodbye()
        # Whatever does not come by then is found missing when all is judged.
        with contextlib.suppress(TimeoutError):
            waits_until(lambda: self._all_answered(last), _LONGEST_END, "an answer to every goodbye")
        self._witness.look()
        self.wrong += self._processes.stop()
        self._witness.note()

    def _all_answered(self, asked: list[Message]) -> bool | None:
        time.sleep(0.5)
        self._telegram.advance(_MOMENT)
        self._witness.look()
        return all(is_answered(one) for one in asked) or None
