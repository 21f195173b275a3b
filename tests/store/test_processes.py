"""What a process had in hand is free once it is gone, and not while it lives."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.errors import StoreFault
from bot.posts import Desk
from bot.recap import RecapOptions, Run
from bot.store import processes as module
from bot.store.connection import Connection
from bot.store.engine import Store, open_store, opened_store
from bot.store.processes import MISSED, Presence, Watch, beat, bury, leave
from bot.store.queues import inbox, outbox
from bot.store.queues.inbox import InboxItem
from bot.store.queues.outbox import OutboxItem, Outgoing
from bot.store.recapping import recaps, runs
from bot.store.tables import processes
from bot.store.upkeep.migrate import migrate
from tests.faults.many import lasting_postgres
from tests.waiting import until

LEASE = timedelta(minutes=1)


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[Store]:
    """A database that is shared: in one that is not, nobody asks who lives."""
    store = await open_store(postgres_url)
    yield store
    await store.close()


async def _enter(store: Store) -> int:
    number, _ = await store.change(lambda conn: beat(conn, None))
    return number


async def _beats(store: Store) -> Mapping[int, int]:
    found = await store.look(lambda conn: conn.execute(sa.select(processes.c.id, processes.c.beats)))
    return {row.id: row.beats for row in found}


async def _put(store: Store, *numbers: int) -> None:
    updates = [{"update_id": number, "message": {"chat": {"id": number}}} for number in numbers]
    await store.change(lambda conn: inbox.put(conn, updates))


async def _claim(store: Store, held_by: int | None, limit: int = 9) -> list[InboxItem]:
    claimed = await store.claim(lambda conn: inbox.claim(conn, clock.now(), LEASE, limit, held_by=held_by))
    return claimed or []


async def test_a_process_keeps_its_number_and_is_seen_to_live(store: Store) -> None:
    first = await _enter(store)
    second = await _enter(store)
    assert (await store.change(lambda conn: beat(conn, first)))[0] == first
    assert await _beats(store) == {first: 1, second: 0}


async def test_what_one_that_is_gone_had_in_hand_is_free_and_nothing_else(store: Store) -> None:
    gone, living = await _enter(store), await _enter(store)
    await _put(store, 1, 2, 3)
    for holder in (gone, living, None):
        await _claim(store, holder, limit=1)
    assert await _claim(store, living) == []
    beats = await _beats(store)
    assert await store.change(lambda conn: bury(conn, {gone: beats[gone]})) == {gone}
    assert [(item.update_id, item.attempts, item.deaths) for item in await _claim(store, living)] == [(1, 2, 1)]
    assert await _claim(store, living) == []


async def test_one_that_was_heard_of_meanwhile_is_not_gone(store: Store) -> None:
    number = await _enter(store)
    await _put(store, 1)
    await _claim(store, number)
    seen = await _beats(store)
    await store.change(lambda conn: beat(conn, number))
    assert await store.change(lambda conn: bury(conn, seen)) == frozenset()
    assert await _claim(store, None) == []


async def test_one_that_was_taken_for_gone_has_another_number_and_can_t_finish_what_it_had(store: Store) -> None:
    number, other = await _enter(store), await _enter(store)
    await _put(store, 1)
    (item,) = await _claim(store, number)
    await store.change(lambda conn: bury(conn, {number: 0}))
    (taken,) = await _claim(store, other)
    anew, _ = await store.change(lambda conn: beat(conn, number))
    assert anew not in {number, other}
    assert not await store.change(lambda conn: inbox.finish(conn, item.claim))
    assert await store.change(lambda conn: inbox.finish(conn, taken.claim))


async def test_what_is_claimed_anew_is_held_by_the_new_holder_alone(store: Store) -> None:
    first, second = await _enter(store), await _enter(store)
    await _put(store, 1)
    (item,) = await _claim(store, first)
    await store.change(lambda conn: inbox.release(conn, [item.claim]))
    await _claim(store, second)
    await store.change(lambda conn: bury(conn, {first: 0}))
    assert await _claim(store, None) == []


async def test_a_run_that_was_being_composed_is_free_too(store: Store) -> None:
    number, now = await _enter(store), clock.now()
    desk = Desk(7)
    async with store.write() as conn:
        recap = await recaps.create(
            conn,
            owner_id=1,
            source=desk,
            destination=desk,
            title="News",
            schedule="daily 09:00 UTC",
            options=RecapOptions(),
            next_slot=now,
            now=now,
        )
        await runs.open_run(conn, recap.id, now, now)

    async def claim() -> list[Run]:
        return await store.claim(lambda conn: runs.claim(conn, clock.now(), LEASE, 1, number))

    (run,) = await claim()
    assert await claim() == []
    await store.change(lambda conn: leave(conn, number))
    assert [again.id for again in await claim()] == [run.id]


async def _begin(store: Store, held_by: int) -> OutboxItem:
    """Claim a message, and begin to send it."""
    async with store.write() as conn:
        await outbox.enqueue(conn, [Outgoing(7, 0, "a", "sendMessage", {})])
        (item,) = await outbox.claim(conn, clock.now(), LEASE, 1, held_by=held_by)
        assert await outbox.begin(conn, item.claim, clock.now() + LEASE)
    return item


async def _claim_message(store: Store) -> list[OutboxItem]:
    return await store.claim(lambda conn: outbox.claim(conn, clock.now(), LEASE, 1))


async def test_a_message_that_was_being_sent_is_free_and_doubtful_when_the_process_has_ended(
    store: Store, postgres_url: str
) -> None:
    ending = await open_store(postgres_url)
    number = await _enter(ending)
    await ending.change(lambda conn: beat(conn, number))
    await _begin(ending, number)
    await ending.close()
    assert await _claim_message(store) == []
    # The server closes the session in a moment.
    await until(lambda: store.look(_nobody_is_locked))
    await store.change(lambda conn: bury(conn, {number: 1}))
    assert [item.doubts for item in await _claim_message(store)] == [1]


async def _nobody_is_locked(conn: Connection) -> bool:
    return not (await conn.execute(sa.text("SELECT FROM pg_locks WHERE locktype = 'advisory'"))).all()


async def test_a_message_that_was_being_sent_is_left_to_who_may_come_back(store: Store, postgres_url: str) -> None:
    async with opened_store(postgres_url) as still:
        number = await _enter(still)
        item = await _begin(still, number)
        assert await store.change(lambda conn: bury(conn, {number: 0})) == {number}
        assert await _claim_message(store) == []
        assert await still.change(lambda conn: outbox.sent(conn, item.claim, 1, clock.now()))


async def test_a_message_that_was_being_sent_is_free_and_doubtful_when_its_process_leaves(store: Store) -> None:
    number = await _enter(store)
    await _begin(store, number)
    await store.change(lambda conn: leave(conn, number))
    assert [item.doubts for item in await _claim_message(store)] == [1]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40))
def test_gone_is_who_misses_so_many_looks_in_a_row(history: list[tuple[bool, bool]]) -> None:
    watch, beats = Watch(), {1: 0, 2: 0}
    missed = {1: -1, 2: -1}  # the first look tells nothing
    for beaten in history:
        for number, has_beaten in zip((1, 2), beaten, strict=True):
            beats[number] += has_beaten
            missed[number] = 0 if has_beaten and missed[number] >= 0 else missed[number] + 1
        gone = {number: beats[number] for number in missed if missed[number] >= MISSED}
        assert watch.gone(dict(beats)) == gone


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.02)


@asynccontextmanager
async def _living(store: Store) -> AsyncIterator[tuple[Presence, asyncio.Task[None]]]:
    presence = Presence(store)
    task = asyncio.create_task(presence.run())

    async def entered() -> int | None:
        return presence.number

    await until(entered)
    yield presence, task
    task.cancel()
    await asyncio.wait([task])


@pytest.mark.usefixtures("hasty")
async def test_a_process_that_stands_still_loses_what_it_had_and_comes_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _put(store, 1)
    async with _living(store) as (living, _), _living(store) as (still, _):
        number = still.number
        await _claim(store, number)
        with monkeypatch.context() as patched:
            patched.setattr(still, "_beat", lambda: asyncio.sleep(0))

            async def is_free() -> list[InboxItem]:
                return await _claim(store, living.number)

            await until(is_free)

        async def has_come_again() -> bool:
            return still.number not in {None, number}

        await until(has_come_again)
        assert set(await _beats(store)) == {living.number, still.number}
    assert await _beats(store) == {}


@pytest.mark.usefixtures("hasty")
async def test_a_process_that_ends_leaves_nothing_in_hand(store: Store) -> None:
    await _put(store, 1)
    async with _living(store) as (ending, _):
        await _claim(store, ending.number)
    assert [item.update_id for item in await _claim(store, None)] == [1]


@pytest.mark.usefixtures("hasty")
async def test_who_lives_is_not_taken_for_gone_when_postgres_was_away() -> None:
    with lasting_postgres() as server:
        url = server.url(server.create())
        await migrate(url)
        first, second = [await open_store(url) for _ in range(2)]
        await _put(first, 1)
        async with _living(first) as (one, _), _living(second) as (other, _):
            numbers = {one.number, other.number}
            await _claim(first, one.number)
            await asyncio.to_thread(server.kill)
            with pytest.raises(StoreFault):
                await _beats(first)
            await asyncio.to_thread(server.start)
            begun = await until(lambda: _seen(first), 60)

            async def have_lived_on() -> bool:
                beats = await _beats(first)
                return any(number not in numbers or beats[number] > begun[number] + 3 * MISSED for number in beats)

            await until(have_lived_on, 60)
            assert {one.number, other.number} == numbers
            assert await _claim(second, other.number) == []
        await first.close()
        await second.close()


async def _seen(store: Store) -> Mapping[int, int]:
    """Look as soon as the database lets us."""
    try:
        return await _beats(store)
    except StoreFault:
        return {}
