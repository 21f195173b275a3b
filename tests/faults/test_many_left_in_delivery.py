"""A message that a killed process was sending is soon sent by another; one of a process that stands still is not."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from bot.playground.serving import serving
from bot.store.leadership import DELIVERY
from bot.store.upkeep.migrate import migrate
from bot.telegram.handling import LEASE
from tests.e2e.process import TOKEN
from tests.faults.many import Cluster, cluster, lasting_postgres

pytestmark = pytest.mark.e2e

# The others know after 8 s that a process is gone; a lease would take a minute.
_SOON = LEASE.total_seconds() * 2 / 3


@dataclass(frozen=True)
class Scene:
    """Two workers, of which one sends messages."""

    telegram: LocalTelegram
    processes: Cluster
    sitrep: Bot
    anna: User
    leader: str

    def asks_during(self, fault: str, **options: Any) -> Message:
        """Let Anna ask something whose answer meets a fault; wait until the answer is being sent."""
        self.telegram.fault(fault, "sendMessage", chat=self.anna.id, **options)
        before = len(self.telegram.calls())
        asked = self.anna.writes("/first", to=self.sitrep)
        self.telegram.waits_for_call("sendMessage", after=before)
        return asked


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with lasting_postgres() as server, serving() as telegram:
        url = server.url(server.create())
        asyncio.run(migrate(url))
        sitrep, anna = telegram.bot("sitrep_bot", token=TOKEN), telegram.user("Anna")
        with cluster(telegram.url, tmp_path, url, ("web", "worker", "worker")) as processes:
            processes.start()
            anna.starts(sitrep).answer()
            leader = waits_until(lambda: processes.leader(DELIVERY), 60, "a worker that sends")
            yield Scene(telegram, processes, sitrep, anna, leader)


def _arrivals(asked: Message) -> int:
    return sum(asked.text in answer.text for answer in asked.answers())


def _arrives(asked: Message) -> None:
    waits_until(lambda: _arrivals(asked) or None, _SOON, f"the answer to {asked.text}")


def test_what_a_killed_worker_was_sending_is_sent_long_before_its_lease_is_over(scene: Scene) -> None:
    asked = scene.asks_during("hang_before")
    scene.processes.kill(scene.leader)
    second = scene.anna.writes("/second", to=scene.sitrep)
    _arrives(asked)
    _arrives(second)
    assert [_arrivals(one) for one in (asked, second)] == [1, 1]
    assert scene.processes.stop() == []


def test_what_a_worker_that_stands_still_was_sending_is_left_to_it(scene: Scene) -> None:
    asked = scene.asks_during("slow", seconds=3)
    scene.processes.pause(scene.leader)
    scene.processes[scene.processes.other(scene.leader)].wait_for_log("processes are gone", _SOON)
    waits_until(
        lambda: scene.processes.leader(DELIVERY) == scene.processes.other(scene.leader) or None,
        _SOON,
        "another worker that sends",
    )
    scene.telegram.user("Boris").writes("/boris", to=scene.sitrep).answer()
    scene.processes.go_on(scene.leader)
    second = scene.anna.writes("/second", to=scene.sitrep)
    _arrives(second)
    assert [_arrivals(one) for one in (asked, second)] == [1, 1]
    assert scene.processes.stop() == []
