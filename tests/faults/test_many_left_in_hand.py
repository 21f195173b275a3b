"""What a worker had in hand is taken up by another one soon after it was killed or stands still, and done once."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from bot.playground.serving import serving
from bot.store.upkeep.migrate import migrate
from bot.telegram.handling import LEASE
from tests.e2e.process import TOKEN
from tests.faults.lingering import FILE, LINGERS, WORD
from tests.faults.many import Cluster, cluster, lasting_postgres

pytestmark = pytest.mark.e2e

_ROOT = Path(__file__).parents[2]
# The others know after 8 s that a process is gone; a lease would take a minute.
_SOON = LEASE.total_seconds() * 2 / 3


@dataclass(frozen=True)
class Scene:
    """Two workers, of which one lingers at an update."""

    telegram: LocalTelegram
    processes: Cluster
    asked: Message
    first: str
    let_go: Path

    def is_done(self) -> None:
        """Let whoever lingers go on, and wait until the update is handled."""
        self.let_go.touch()
        waits_until(lambda: self.asked.reactions() or None, 60, "the reaction to the post")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    let_go = tmp_path / "let go"
    settings = {FILE: str(let_go), "PYTHONPATH": str(_ROOT)}
    with lasting_postgres() as server, serving() as telegram:
        url = server.url(server.create())
        asyncio.run(migrate(url))
        sitrep, anna = telegram.bot("sitrep_bot", token=TOKEN), telegram.user("Anna")
        roles = ("web", "worker", "worker")
        with cluster(telegram.url, tmp_path, url, roles, module="tests.faults.lingering", **settings) as processes:
            processes.start()
            anna.starts(sitrep).answer()
            asked = anna.writes(f"This post is {WORD}: the river rose by two metres on Monday.", to=sitrep)
            first = waits_until(lambda: _lingers(processes), 60, "a worker that lingers")
            yield Scene(telegram, processes, asked, first, let_go)


def _lingers(processes: Cluster) -> str | None:
    return next((name for name in processes.names("worker") if LINGERS in processes[name].log()), None)


def test_what_a_killed_worker_had_in_hand_is_taken_up_long_before_its_lease_is_over(scene: Scene) -> None:
    scene.processes.kill(scene.first)
    scene.processes[scene.processes.other(scene.first)].wait_for_log(LINGERS, _SOON)
    scene.is_done()
    assert len(scene.telegram.calls("setMessageReaction")) == 1
    assert scene.processes.stop() == []


def test_a_worker_that_stood_still_finds_that_another_one_has_done_its_work(scene: Scene) -> None:
    scene.processes.pause(scene.first)
    scene.processes[scene.processes.other(scene.first)].wait_for_log(LINGERS, _SOON)
    scene.is_done()
    scene.processes.go_on(scene.first)
    scene.processes[scene.first].wait_for_log("somebody else handled the update meanwhile")
    scene.processes[scene.first].wait_for_log("this process was taken for gone")
    assert len(scene.telegram.calls("setMessageReaction")) == 1
    assert scene.processes.stop() == []
