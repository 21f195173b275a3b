"""Whatever people change, whatever clocks and processes do: each recap is posted when it is due, whole, and once."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from bot import clock
from bot.playground.client.local_telegram import LocalTelegram
from bot.recap import RunState
from bot.recaps.slots import Schedule
from bot.settings import load_settings
from bot.store.engine import Store, open_store
from bot.store.upkeep.migrate import migrate
from bot.telegram import limits
from tests.faults.simulation import CATCH_UP, Simulation
from tests.faults.telling import Lived, wrong_messages
from tests.faults.timelines import Change, Timeline, made_timeline
from tests.recaps.walking import by_brute_force

RECAPS, DESKS = 104, 6
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_ALL", 1000)
    for name in ("_CHAT", "_GROUP"):
        monkeypatch.setattr(limits, name, (1000, 0.1))


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[list[Store]]:
    """The database as two processes have it open."""
    url = f"sqlite:///{tmp_path / 'recaps.sqlite3'}"
    await migrate(url)
    stores = [await open_store(url) for _ in range(2)]
    yield stores
    for store in stores:
        await store.close()


@pytest.mark.parametrize(("number", "processes"), [(0, 1), (1, 1), (2, 2)])
async def test_each_window_is_posted_whole_and_once(
    telegram: LocalTelegram,
    stores: list[Store],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    *,
    number: int,
    processes: int,
) -> None:
    timeline = made_timeline(seed + number, RECAPS, DESKS)
    simulation = Simulation(telegram, stores[:processes], load_settings(), timeline.start)
    monkeypatch.setattr(clock, "now", lambda: simulation.now)
    lived = await simulation.live(timeline)
    expected = _expected_slots(timeline)
    wrong = [
        f"{number}: {fault}: {one}"
        for number, one in enumerate(lived)
        for fault in (*_wrong_runs(one, expected[number]), *wrong_messages(one))
    ]
    assert wrong == [], f"to see it again: FAULTS_SEED={seed}"
    assert sum(len(one.texts) for one in lived) > RECAPS


def _wrong_runs(lived: Lived, expected: dict[datetime, bool]) -> Iterator[str]:
    """Compare the slots that were begun with those that should be; True are those that came too late."""
    begun = {run.slot for run in lived.history}
    if begun != set(expected):
        yield f"slots {sorted(begun ^ set(expected))} were begun and should not, or should and were not"
    if len(begun) != len(lived.history):
        yield "a slot was begun twice"
    if any(run.state is not RunState.SKIPPED for run in lived.history if expected.get(run.slot)):
        yield "a slot that came too late was not skipped"
    if any(run.state in (RunState.WAITING, RunState.SENDING) for run in lived.history):
        yield "a run did not end"


def _expected_slots(timeline: Timeline) -> list[dict[datetime, bool]]:
    """Tell of each recap which slots are to be begun, and whether too late: found by walking over the minutes."""
    instants = [step.now for step in (*timeline.steps, *timeline.last)]
    start, end = min(instants).replace(second=0) - _DAY, max(instants).replace(second=0) + _DAY

    @cache
    def slots(schedule: Schedule) -> list[datetime]:
        return by_brute_force(schedule, start, end, _MINUTE)

    found = []
    for number, made in enumerate(timeline.recaps):
        schedule, since, is_active = made.schedule, timeline.start, True
        begun: dict[datetime, bool] = {}
        for step in (*timeline.steps, *timeline.last):
            for _, change, new in (one for one in step.changes if one[0] == number):
                if new:
                    schedule, since = new, step.now
                elif change is Change.PAUSE:
                    is_active = False
                elif not is_active:
                    is_active, since = True, step.now
            if is_active:
                come = [slot for slot in slots(schedule) if since < slot <= step.now]
                if come:
                    begun.setdefault(come[-1], step.now - come[-1] > CATCH_UP)
                since = step.now
        found.append(begun)
    return found
