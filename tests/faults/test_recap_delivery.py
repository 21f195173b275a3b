"""Recaps come whole, in order, and once where that can be seen, whatever happens to a part or to its sender."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from bot import clock
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.serving import serving
from bot.recap import RunState
from bot.store.engine import open_store
from bot.store.upkeep.migrate import migrate
from bot.telegram import limits
from bot.telegram.delivery import deliver
from tests.faults.places import FOREIGN
from tests.faults.recaps import PARTS, Case, Death, Outcome, Stage

# Of which nobody knows whether the message arrived; of the others one knows.
_DOUBTS = ("drop_before", "drop_after", "error_before", "error_after", "late", "html", "restart")
_HANGS = ("hang_before", "hang_after")
_KNOWN = (None, "slow", "flood")
_REFUSALS = ("refuse", "kicked", "blocked", "deactivated")
_PASSING = (*_KNOWN, *_DOUBTS, *_HANGS)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(clock.FILE, str(tmp_path / "clock"))
    monkeypatch.setattr(deliver, "_FIRST_PAUSE", timedelta(milliseconds=300))
    monkeypatch.setattr(deliver, "_LOOKS", (timedelta(seconds=0.3), timedelta(seconds=0.6)))
    monkeypatch.setattr(limits, "_ALL", 1000)
    monkeypatch.setattr(limits, "_CHAT", (1000, 0.1))
    monkeypatch.setattr(limits, "_GROUP", (1000, 0.1))


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[LocalTelegram]:
    with serving(clock=tmp_path / "clock") as telegram:
        yield telegram
        assert telegram.wrong_requests() == []


@pytest.fixture
async def stage(telegram: LocalTelegram, tmp_path: Path) -> AsyncIterator[Stage]:
    url = f"sqlite:///{tmp_path / 'recaps.sqlite3'}"
    await migrate(url)
    store = await open_store(url)
    yield Stage(telegram, store)
    await store.close()


def _cases(faults: tuple[str | None, ...]) -> list[Case]:
    return [Case(fault, part, death) for fault, part, death in product(faults, range(PARTS), Death)]


def _is_in_order(outcome: Outcome) -> bool:
    """Tell whether no part stands before one that comes before it, and all are there."""
    places = [outcome.delivery.texts.index(text) for text in outcome.ours]
    return places == sorted(places) and set(places) == set(range(PARTS))


async def test_a_channel_gets_each_recap_whole_and_once(stage: Stage) -> None:
    for case in _cases(_PASSING):
        await stage.add("channel", case)
    for outcome in await stage.deliver():
        assert outcome.ours == list(outcome.delivery.texts), outcome
        assert outcome.state is RunState.POSTED, outcome
        assert set(outcome.foreign) == {FOREIGN}, outcome


async def test_a_channel_gets_a_recap_with_a_picture_whole_and_once(stage: Stage) -> None:
    for fault, death in product((*_KNOWN, *_DOUBTS), (Death.NEVER, Death.DURING, Death.AFTER)):
        await stage.add("channel", Case(fault, 0, death), pictured=True)
    await stage.add("channel", Case("drop_after", 1), pictured=True)
    for outcome in await stage.deliver():
        assert outcome.ours == list(outcome.delivery.texts), outcome
        assert outcome.state is RunState.POSTED, outcome
        assert set(outcome.foreign) == {FOREIGN}, outcome


async def test_a_picture_that_is_refused_holds_nothing_up(stage: Stage, telegram: LocalTelegram) -> None:
    for kind in ("channel", "group", "private"):
        await stage.add(kind, Case("refuse", 0), pictured=True)
    for outcome in await stage.deliver():
        assert outcome.ours == list(outcome.delivery.texts), outcome
        assert outcome.state is RunState.POSTED, outcome
    assert [call["status"] for call in telegram.calls("sendPhoto")] == [400] * 3


@pytest.mark.parametrize("kinds", [("private",), ("group", "topic")], ids=" ".join)
async def test_other_chats_get_each_recap_whole_and_twice_only_where_nobody_can_know(
    stage: Stage, kinds: tuple[str, ...]
) -> None:
    for number, case in enumerate(_cases(_PASSING)):
        await stage.add(kinds[number % len(kinds)], case)
    for outcome in await stage.deliver():
        case = outcome.delivery.case
        assert _is_in_order(outcome), outcome
        assert outcome.state is RunState.POSTED, outcome
        doubts = (case.fault in (*_DOUBTS, *_HANGS)) + (case.death is not Death.NEVER)
        assert len(outcome.ours) <= PARTS + doubts, outcome


@pytest.mark.parametrize("kind", ["channel", "group", "private"])
async def test_a_part_that_is_refused_stops_the_rest_and_the_owner_hears_of_it_once(stage: Stage, kind: str) -> None:
    cases = [Case(fault, part) for fault, part in product(_REFUSALS, range(PARTS))]
    for case in cases:
        await stage.add(kind, case)
    outcomes = await stage.deliver()
    for outcome in outcomes:
        case = outcome.delivery.case
        assert outcome.ours == list(outcome.delivery.texts[: case.part]), outcome
        assert outcome.state is RunState.FAILED, outcome
        assert outcome.is_paused == (case.fault != "refuse"), outcome
    assert outcomes[-1].notices == len(cases)


async def test_a_recap_follows_a_group_that_moved(stage: Stage) -> None:
    for case in _cases(("migrated",)):
        await stage.add("group", case)
    for outcome in await stage.deliver():
        assert _is_in_order(outcome), outcome
        assert outcome.state is RunState.POSTED, outcome
        assert len(outcome.ours) <= PARTS + (outcome.delivery.case.death is not Death.NEVER), outcome


@pytest.mark.parametrize(("when_uncertain", "arrivals"), [("resend", 2), ("hold", 1)])
async def test_where_the_bot_could_edit_what_others_post_it_never_looks(
    stage: Stage, telegram: LocalTelegram, when_uncertain: deliver.WhenUncertain, arrivals: int
) -> None:
    for part in range(PARTS):
        await stage.add("channel", Case("drop_after", part), may_edit=True)
    for outcome in await stage.deliver(when_uncertain):
        doubtful = outcome.delivery.texts[outcome.delivery.case.part]
        assert outcome.ours.count(doubtful) == arrivals, outcome
        assert set(outcome.foreign) == {FOREIGN}, outcome
    assert telegram.calls("editMessageText") == []
