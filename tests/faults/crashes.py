"""The crash test: the real process, killed at random moments while updates and faults come."""

import contextlib
import math
import random
import sqlite3
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from bot.playground.serving import serving
from bot.playground.world.facts import Json
from tests.e2e.process import TOKEN, BotProcess, behind_webhook
from tests.faults.oracle import judge
from tests.faults.traffic import Carrier, Traffic
from tests.faults.witness import Witness

# What may happen to calls; after each of them the bot can go on as if nothing had been.
FAULTS = ("drop_before", "drop_after", "error_before", "error_after", "late", "slow", "html", "flood", "restart")
# Nothing comes of these until the process is killed: only where a wait of half a minute holds nothing else up.
HANGS = ("hang_before", "hang_after")
_LONGEST_START = 30.0
# Enough for a busy machine to get something done: an update at which ten processes in a row die is taken for the cause.
_LONGEST_LIFE = 15.0
_LONGEST_END = 120.0


@dataclass(frozen=True)
class Plan:
    """A run that can be repeated, but for what the machine makes of it.

    Attributes:
        kills: how often the process is killed.
        acts: how many messages people send.
        seconds: after so long no more kills follow: the process gets its end, and all is judged.

    """

    seed: int
    kills: int
    acts: int
    webhook: bool = False
    people: int = 8
    seconds: float = math.inf


@dataclass(frozen=True)
class Outcome:
    """What was wrong, and what it rests on."""

    wrong: list[str]
    kills: int
    questions: int
    sent: int


def crash(plan: Plan, home: Path) -> Outcome:
    """Carry a plan out in a folder; tell what was wrong in the end."""
    rng = random.Random(plan.seed)  # noqa: S311 - it must come again, not be secret
    over = time.monotonic() + plan.seconds
    with serving() as telegram:
        sitrep = telegram.bot("sitrep_bot", token=TOKEN)
        process = BotProcess(telegram.url, home, **_settings(plan))
        database = home / "sitrep.sqlite3"
        witness = Witness(telegram, partial(_noted, database))
        crashes = _Crashes(telegram, process, witness, rng)
        traffic = Traffic(telegram, sitrep, rng, people=plan.people, shuffled=plan.webhook)
        try:
            for number in range(plan.kills):
                if time.monotonic() > over:
                    break
                crashes.once(traffic, plan.acts * (number + 1) // plan.kills - plan.acts * number // plan.kills)
            crashes.end(traffic)
        finally:
            process.close()
        history = witness.history(traffic.reactions())
        wrong = judge(traffic.expected, history, f"sqlite:///{database}") + telegram.wrong_requests()
    return Outcome(wrong, len(history.kills), len(traffic.expected.questions), len(history.sent))


def _settings(plan: Plan) -> dict[str, str]:
    # What is told of bursts depends on the pauses between posts, which are chance here.
    settings = {"SITREP_INTAKE__BURST_POSTS": "0", "SITREP_TELEGRAM__POLL_SECONDS": "2"}
    return settings | (behind_webhook() if plan.webhook else {})


def _noted(database: Path) -> set[Carrier]:
    """Read which messages the bot has written down as sent; leave to the bot what is to be repaired there."""
    if not database.exists():
        return set()
    with contextlib.closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as reading:
        if not reading.execute("SELECT 1 FROM sqlite_master WHERE name = 'outbox'").fetchone():
            return set()
        done = "SELECT chat_id, message_id FROM outbox WHERE state = 'done' AND message_id IS NOT NULL"
        return set(reading.execute(done))


class _Crashes:
    """Kills a process at random moments."""

    def __init__(self, telegram: LocalTelegram, process: BotProcess, witness: Witness, rng: random.Random) -> None:
        self._telegram = telegram
        self._process = process
        self._witness = witness
        self._rng = rng
        self._works = False

    def once(self, traffic: Traffic, acts: int) -> None:
        """Start the process, send it so much, and kill it in the middle."""
        before = self._rng.randint(0, acts)
        traffic.go_on(before)
        self._start()
        if self._rng.random() < 0.15:
            time.sleep(self._rng.uniform(0, 1.5))  # in the middle of its start
            traffic.go_on(acts - before)
        else:
            self._add_faults()
            self._wait_for_work()
            traffic.go_on(acts - before)
            self._live_for_a_while()
        self._kill()

    def end(self, traffic: Traffic) -> None:
        """Let the process finish what it was broken off at."""
        self._telegram.clear_faults()
        self._start()
        self._wait_for_work()
        last = traffic.say_goodbye()
        # Whatever does not come by then is found missing when all is judged.
        with contextlib.suppress(TimeoutError):
            waits_until(lambda: self._all_answered(last), _LONGEST_END, "an answer to every goodbye")
        self._watch()
        self._process.stop()
        self._witness.note()

    def _start(self) -> None:
        self._works = False
        self._process.start()

    def _kill(self) -> None:
        assert self._process.is_running(), f"it ended by itself:\n{self._process.log()[-2000:]}"
        self._process.kill()
        self._witness.note_kill()

    def _add_faults(self) -> None:
        for _ in range(self._rng.choice((0, 0, 1, 1, 2))):
            method = self._rng.choice(("sendMessage", "sendMessage", "setMessageReaction", "getUpdates"))
            kinds = FAULTS if method == "getUpdates" else FAULTS + HANGS
            self._telegram.fault(self._rng.choice(kinds), method, skip=self._rng.randint(0, 3))

    def _wait_for_work(self) -> None:
        give_up = time.monotonic() + _LONGEST_START
        while not self._works and time.monotonic() < give_up:
            self._watch()
            time.sleep(0.02)
        self._end_pauses()

    def _live_for_a_while(self) -> None:
        """Wait for some more calls, and then a moment: the moments of work are those that matter."""
        enough = self._witness.last_call + self._rng.randint(0, 12)
        give_up = time.monotonic() + _LONGEST_LIFE
        while self._witness.last_call < enough and time.monotonic() < give_up:
            time.sleep(0.01)
            self._watch()
        time.sleep(self._rng.uniform(0, 0.05))

    def _end_pauses(self) -> None:
        """Let Telegram try a webhook again that was down, before which it waits longer and longer."""
        self._telegram.advance(10)

    def _watch(self) -> None:
        """See what the server was asked since we looked last."""
        calls = self._witness.look()
        self._works = self._works or any(_is_last_of_start(call) for call in calls)

    def _all_answered(self, asked: list[Message]) -> bool | None:
        time.sleep(0.2)
        self._watch()
        return all(is_answered(one) for one in asked) or None


def _is_last_of_start(call: Json) -> bool:
    """Tell whether a call is the last that a process makes before it works: the last menu of commands."""
    params = call["params"]
    return (call["method"], params.get("scope"), params.get("language_code")) == (
        "setMyCommands",
        {"type": "default"},
        "ru",
    )


def is_answered(goodbye: Message) -> bool:
    """Tell whether the last thing that a chat asked was answered."""
    return any(
        "/goodbye" in answer.text or answer.shown.get("reply_to_message", {}).get("message_id") == goodbye.id
        for answer in goodbye.answers()
    )
