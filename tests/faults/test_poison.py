"""What goes wrong in one chat, or with one update, is no harm to the others; `pytest -s` shows what it costs them."""

import asyncio
import json
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import click
import pytest
import sqlalchemy as sa

from bot import clock
from bot.playground.client.cast import User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from bot.playground.serving import serving
from bot.store.database import find
from bot.store.tables import State, inbox
from bot.store.upkeep.migrate import migrate
from tests.e2e.process import TOKEN
from tests.faults.deadly import MOST_DEATHS, STATUS, WORD
from tests.faults.many import Cluster, cluster, lasting_postgres

pytestmark = pytest.mark.e2e

_ROOT = Path(__file__).parents[2]
_ROLES = ("web", "worker", "worker", "worker")
_PEOPLE = 10
_ROUNDS = 3
_FOR_EVER = 10_000
_PAST_LEASES = 61.0
_PAST_RETRY = 10.0
_IN_DOUBT = 20.0
_LONGEST = 60.0


class Others:
    """People who ask while things go wrong elsewhere."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram
        self._sitrep = telegram.bot("sitrep_bot", token=TOKEN)
        self._people = [telegram.user(f"Person {number}") for number in range(_PEOPLE)]
        self._numbers = count()

    def writes(self, stranger: User, text: str) -> None:
        """Let somebody else write to the bot."""
        stranger.writes(text, to=self._sitrep)

    def send_nonsense(self) -> None:
        """Send an update that always fails."""
        self._sitrep.gets({"message": "nothing that Telegram would send"})

    def ask(self, meanwhile: Callable[[], object] = lambda: None) -> list[float]:
        """Let all ask at once; wait for all answers, and tell how long each took."""
        began = time.monotonic()
        waiting = [person.writes(f"/ask{next(self._numbers)}x", to=self._sitrep) for person in self._people]
        took: list[float] = []
        while waiting:
            meanwhile()
            answered = [asked for asked in waiting if _is_answered(asked)]
            took += [time.monotonic() - began] * len(answered)
            waiting = [asked for asked in waiting if asked not in answered]
            assert time.monotonic() - began < _LONGEST, f"never answered: {[asked.text for asked in waiting]}"
        return took


def _is_answered(asked: Message) -> bool:
    return any(asked.text in answer.text for answer in asked.answers())


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[LocalTelegram]:
    with serving(clock=tmp_path / "clock") as telegram:
        yield telegram


@pytest.fixture
def url() -> Iterator[str]:
    with lasting_postgres() as server:
        url = server.url(server.create())
        asyncio.run(migrate(url))
        yield url


@pytest.fixture
def others(telegram: LocalTelegram) -> Others:
    return Others(telegram)


@pytest.fixture
def processes(telegram: LocalTelegram, others: Others, tmp_path: Path, url: str) -> Iterator[Cluster]:
    settings = {clock.FILE: str(tmp_path / "clock"), "PYTHONPATH": str(_ROOT)}
    with cluster(telegram.url, tmp_path, url, _ROLES, module="tests.faults.deadly", **settings) as processes:
        processes.start()
        processes.wait_for_log("Started server process")
        telegram.advance(_PAST_RETRY)
        others.ask()
        yield processes


def test_others_are_answered_beside_chats_and_updates_that_always_fail(
    telegram: LocalTelegram, others: Others, processes: Cluster, url: str
) -> None:
    calm = [seconds for _ in range(_ROUNDS) for seconds in others.ask()]
    refused, silent = (telegram.user(name) for name in ("Refused", "Silent"))
    telegram.fault("refuse", chat=refused.id, times=_FOR_EVER, code=403, description="bot was blocked by the user")
    telegram.fault("hang_before", chat=silent.id, times=_FOR_EVER)
    beside = []
    for _ in range(_ROUNDS):
        others.send_nonsense()
        for stranger in (refused, silent):
            for number in range(5):
                others.writes(stranger, f"/ask{number}")
        beside += others.ask()
    _tell("chats and updates that always fail", calm, beside)
    assert processes.ended() == []
    assert _parked(url) <= {"nothing that Telegram would send"}


def test_others_are_answered_beside_an_update_at_which_workers_die(
    telegram: LocalTelegram, others: Others, processes: Cluster, url: str
) -> None:
    calm = [seconds for _ in range(_ROUNDS) for seconds in others.ask()]
    others.writes(telegram.user("Deadly"), f"This post is {WORD}.")
    deaths, beside = 0, list[float]()
    in_doubt_since: float | None = None

    def supervise() -> None:
        nonlocal deaths, in_doubt_since
        for name in processes.ended():
            assert processes[name].ends() == STATUS
            deaths, in_doubt_since = deaths + 1, time.monotonic()
            processes.start(name)
        if in_doubt_since and time.monotonic() - in_doubt_since > _IN_DOUBT:
            # An answer that the worker was sending when it died may have arrived, and waits until its lease is over.
            telegram.advance(_PAST_LEASES)
            in_doubt_since = None

    while not _parked(url):
        beside += others.ask(supervise)
        waits_until(lambda: _run(processes, deaths) or None, _LONGEST, "the next life of the worker")
        telegram.advance(_PAST_LEASES)  # of the worker that died
    _tell(f"an update at which a worker died {deaths} times", calm, beside)
    assert deaths == MOST_DEATHS + 1
    assert _parked(url) == {f"This post is {WORD}."}
    assert processes.ended() == []


def _run(processes: Cluster, deaths: int) -> bool:
    """Tell whether all workers run that were started, and started again."""
    lives = sum(processes[name].log().count('"role": "worker"') for name in processes.names("worker"))
    return lives == deaths + _ROLES.count("worker")


def _tell(what: str, calm: list[float], beside: list[float]) -> None:
    for when, took in (("before", calm), (f"beside {what}", beside)):
        click.echo(f"answers {when}: median {statistics.median(took):.2f} s, slowest {max(took):.2f} s of {len(took)}")


def _parked(url: str) -> set[str]:
    """Return the texts of the updates that were given up."""
    engine = find(url).read_engine()
    try:
        with engine.connect() as connection:
            raw = connection.execute(sa.select(inbox.c.raw).where(inbox.c.state == State.PARKED)).scalars()
            messages = [json.loads(one)["message"] for one in raw]
    finally:
        engine.dispose()
    return {message if isinstance(message, str) else message["text"] for message in messages}
