import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import clock
from bot.recap import PausedWhy, RunState
from bot.recaps.clock import RecapClock, open_due
from bot.recaps.schedule import parse_schedule, write_schedule
from bot.recaps.slots import next_slot, slots
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import recaps, runs
from tests.recaps.making import add_recap, moment
from tests.waiting import until

CATCH_UP = timedelta(hours=12)


async def _look(store: Store, now: datetime) -> int:
    return await store.change(lambda conn: open_due(conn, now, CATCH_UP, 100))


async def _history(store: Store, recap_id: int) -> list[tuple[datetime, RunState]]:
    async with store.read() as conn:
        return [(run.slot, run.state) for run in reversed(await runs.history(conn, recap_id, 1000))]


async def test_a_slot_is_begun_when_it_has_come_and_only_once(store: Store) -> None:
    async with store.write() as conn:
        recap = await add_recap(conn)
    assert await _look(store, moment("08:59:59")) == 0
    assert await _look(store, moment("09:00")) == 1
    assert await _look(store, moment("09:00")) == 0
    assert await _history(store, recap.id) == [(moment("09:00"), RunState.WAITING)]
    async with store.read() as conn:
        assert await recaps.next_due(conn) == moment("09:00", 6)


async def test_slots_that_nobody_saw_come_are_made_up_for_by_one(store: Store) -> None:
    async with store.write() as conn:
        recap = await add_recap(conn, "every 3 hours")
    await _look(store, moment("23:10", 7))
    assert await _history(store, recap.id) == [(moment("21:00", 7), RunState.WAITING)]


@pytest.mark.parametrize(("now", "state"), [("21:00", RunState.WAITING), ("21:01", RunState.SKIPPED)])
async def test_a_slot_is_made_up_for_within_twelve_hours(store: Store, now: str, state: RunState) -> None:
    async with store.write() as conn:
        recap = await add_recap(conn)
    await _look(store, moment(now))
    assert await _history(store, recap.id) == [(moment("09:00"), state)]


async def test_a_paused_recap_is_not_due_and_goes_on_with_the_next_slot(store: Store) -> None:
    async with store.write() as conn:
        recap = await add_recap(conn)
        assert await recaps.pause(conn, recap.id, PausedWhy.ASKED)
        assert not await recaps.pause(conn, recap.id, PausedWhy.ASKED)
    assert await _look(store, moment("09:30", 8)) == 0
    async with store.write() as conn:
        await recaps.resume(conn, recap.id, moment("09:00", 9))
    await _look(store, moment("09:00", 9))
    assert await _history(store, recap.id) == [(moment("09:00", 9), RunState.WAITING)]


async def test_a_newer_run_covers_one_that_waits_still(store: Store) -> None:
    async with store.write() as conn:
        recap = await add_recap(conn)
    await _look(store, moment("09:00"))
    await _look(store, moment("09:00", 6))
    assert await _history(store, recap.id) == [
        (moment("09:00"), RunState.SKIPPED),
        (moment("09:00", 6), RunState.WAITING),
    ]


async def test_a_run_waits_while_the_one_before_is_sent(store: Store) -> None:
    now = moment("09:00")
    async with store.write() as conn:
        recap = await add_recap(conn)
        await runs.open_run(conn, recap.id, now, now)
        (first,) = await runs.claim(conn, now, timedelta(minutes=1), 10)
        await runs.send(conn, first, parts=1, posts=1, told_seq=1)
        await runs.open_run(conn, recap.id, now + CATCH_UP, now)
        assert await runs.claim(conn, now, timedelta(minutes=1), 10) == []
        assert await runs.next_due(conn) is None
        await runs.end(conn, first, RunState.POSTED, now)
        assert [run.slot for run in await runs.claim(conn, now, timedelta(minutes=1), 10)] == [now + CATCH_UP]
        assert await runs.next_due(conn) == now + timedelta(minutes=1)


async def test_two_clocks_begin_each_slot_once(store: Store) -> None:
    async with store.write() as conn:
        made = [await add_recap(conn, "every 2 hours") for _ in range(5)]
    for hour in range(24):
        await asyncio.gather(*(_look(store, moment(f"{hour:02}:00")) for _ in range(2)))
    for recap in made:
        assert [slot for slot, _ in await _history(store, recap.id)] == [
            moment(f"{hour:02}:00") for hour in range(2, 24, 2)
        ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["daily 09:00,18:30 Europe/Berlin", "every 5 hours Asia/Kathmandu", "mon,thu 02:30 Europe/Berlin"]),
    st.lists(st.one_of(st.integers(1, 300), st.integers(1, 4000)), min_size=1, max_size=25),
)
async def test_whenever_somebody_looks_the_newest_slot_is_begun_if_it_is_not_too_late(
    store: Store, schedule: str, pauses: list[int]
) -> None:
    now = datetime(2025, 10, 24, 12, tzinfo=UTC)  # Berlin's clocks go back on the 26th
    read = parse_schedule(schedule, ZoneInfo("UTC"))
    async with store.write() as conn:
        recap = await add_recap(conn, schedule, now)
    expected = []
    for minutes in pauses:
        before, now = now, now + timedelta(minutes=minutes)
        come = []
        for slot in slots(read, before):
            if slot > now:
                break
            come.append(slot)
        if come:
            expected.append((come[-1], now - come[-1] > CATCH_UP))
        await _look(store, now)
    told = await _history(store, recap.id)
    assert [slot for slot, _ in told] == [slot for slot, _ in expected]
    assert all(state is RunState.SKIPPED for (_, state), (_, late) in zip(told, expected, strict=True) if late)
    waiting = [slot for slot, state in told if state is RunState.WAITING]
    assert waiting == [slot for slot, late in expected if not late][-1:]


async def test_the_clock_wakes_by_itself_when_a_slot_comes(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = moment("08:59:59") - datetime.now(UTC)
    (tmp_path / "clock").write_text(str(shift.total_seconds()))
    monkeypatch.setenv(clock.FILE, str(tmp_path / "clock"))
    begun = asyncio.Event()
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.start()
    ticking = RecapClock(store, scheduler, CATCH_UP, begun.set)
    task = asyncio.create_task(ticking.run())
    async with store.write() as conn:
        recap = await add_recap(conn)
    ticking.wake()
    await asyncio.wait_for(begun.wait(), 10)
    assert await _history(store, recap.id) == [(moment("09:00"), RunState.WAITING)]
    task.cancel()
    scheduler.shutdown(wait=False)


async def test_a_clock_that_was_set_back_does_not_wait_for_the_wrong_year(store: Store) -> None:
    now = clock.now()
    far = now + timedelta(days=800)
    async with store.write() as conn:
        recap = await add_recap(conn, now=now)
        await recaps.change(conn, recap.id, next_slot=far)
        await outbox.enqueue(conn, [Outgoing(1, 0, "key", "sendMessage", {"text": "Hello"})], now)
        (message,) = await outbox.claim(conn, far, timedelta(minutes=1), 1)
        await outbox.retry(conn, message.claim, far, "Telegram did not answer")
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.start()
    task = asyncio.create_task(RecapClock(store, scheduler, CATCH_UP, lambda: None).run())

    async def nearer() -> bool:
        async with store.read() as conn:
            stored = await recaps.get(conn, recap.id)
        return stored is not None and stored.next_slot == next_slot(
            parse_schedule(recap.schedule, ZoneInfo("UTC")), now
        )

    await until(nearer)
    async with store.write() as conn:
        assert [item.id for item in await outbox.claim(conn, clock.now(), timedelta(minutes=1), 1)] == [message.id]
    task.cancel()
    scheduler.shutdown(wait=False)


def test_a_schedule_is_stored_as_it_is_read() -> None:
    text = "daily 09:00,18:30 Europe/Berlin"
    assert write_schedule(parse_schedule(text, ZoneInfo("UTC"))) == text
