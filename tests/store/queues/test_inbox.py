import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.store.engine import Store
from bot.store.queues import inbox
from bot.store.queues.inbox import InboxItem
from bot.store.queues.lanes import Claim
from bot.store.tables import State

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def _update(update_id: int, chat_id: int, text: str = "") -> dict[str, Any]:
    return {"update_id": update_id, "message": {"message_id": update_id, "chat": {"id": chat_id}, "text": text}}


async def _put(store: Store, *updates: dict[str, Any], now: datetime = NOW) -> int:
    return await store.change(lambda conn: inbox.put(conn, updates, now))


async def _claim(store: Store, after: timedelta = timedelta(0), limit: int = 10) -> list[InboxItem]:
    async with store.write() as conn:
        claimed = await inbox.claim(conn, NOW + after, LEASE, limit)
    assert claimed is not None
    return claimed


def _ids(items: list[InboxItem]) -> list[int]:
    return [item.update_id for item in items]


async def test_an_update_is_stored_once(store: Store) -> None:
    assert await _put(store, _update(1, 7, "first"), _update(2, 7), _update(1, 7, "again")) == 2
    assert await _put(store, _update(2, 7), _update(3, 7)) == 1
    assert await _put(store) == 0
    (item,) = await _claim(store)
    assert item == InboxItem(1, 7, _update(1, 7, "first"), attempts=1)


async def test_an_update_that_is_handled_is_not_new_again(store: Store) -> None:
    await _put(store, _update(1, 7))
    await _claim(store)
    async with store.write() as conn:
        assert await inbox.finish(conn, Claim(1, 1))
    assert await _put(store, _update(1, 7)) == 0
    assert await _claim(store) == []


async def test_receivers_at_once_store_an_update_once(store: Store) -> None:
    news = await asyncio.gather(*(_put(store, *(_update(number, 7) for number in range(100))) for _ in range(5)))
    assert sum(news) == 100


async def test_whatever_telegram_sends_is_kept_to_the_letter(store: Store) -> None:
    update = _update(1, 7, "\ud83d \x00 \u202e 👩‍👩‍👧 ё") | {"unknown": [None, 1.5, {"a": True}], "big": 2**60}
    await _put(store, update)
    (item,) = await _claim(store)
    assert item.raw == update


@pytest.mark.parametrize(
    ("update", "chat_id"),
    [
        ({"message": {"chat": {"id": 5}}}, 5),
        ({"edited_message": {"chat": {"id": 5}}}, 5),
        ({"channel_post": {"chat": {"id": -1001234567890}}}, -1001234567890),
        ({"edited_channel_post": {"chat": {"id": -5}}}, -5),
        ({"my_chat_member": {"chat": {"id": 5}}}, 5),
        ({"callback_query": {"id": "1", "message": {"chat": {"id": 5}}}}, 5),
        ({"callback_query": {"id": "1", "inline_message_id": "x"}}, None),
        ({"poll": {"id": "1"}}, None),
        ({"message": "nonsense"}, None),
        ({"message": {"chat": {"id": "5"}}}, None),
        ({"message": {"chat": {"id": 2**70}}}, None),
        ({"message": None}, None),
        ({}, None),
    ],
)
async def test_the_chat_is_found_in_every_kind_of_update(
    store: Store, update: dict[str, Any], chat_id: int | None
) -> None:
    await _put(store, {"update_id": 1, **update})
    (item,) = await _claim(store)
    assert item.chat_id == chat_id


async def test_only_the_oldest_update_of_each_chat_is_claimed(store: Store) -> None:
    await _put(store, _update(4, 8), _update(3, 7), _update(2, 7), _update(1, 9), {"update_id": 5}, {"update_id": 6})
    assert sorted(_ids(await _claim(store))) == [1, 2, 4, 5]
    assert await _claim(store) == []


async def test_no_more_are_claimed_than_asked_for_and_none_twice(store: Store) -> None:
    await _put(store, *(_update(number, -number) for number in range(1, 6)))
    claimed = [_ids(await _claim(store, limit=2)) for _ in range(3)]
    assert [len(ids) for ids in claimed] == [2, 2, 1]
    assert sorted(number for ids in claimed for number in ids) == [1, 2, 3, 4, 5]


async def test_a_chat_goes_on_when_its_update_is_handled(store: Store) -> None:
    await _put(store, _update(1, 7), _update(2, 7))
    await _claim(store)
    async with store.write() as conn:
        assert await inbox.finish(conn, Claim(1, 1))
        assert _ids(await inbox.claim(conn, NOW, LEASE, 10) or []) == [2]


async def test_an_update_whose_lease_ran_out_is_claimed_again(store: Store) -> None:
    await _put(store, _update(1, 7), _update(2, 7))
    assert [(item.attempts, item.deaths) for item in await _claim(store)] == [(1, 0)]
    assert await _claim(store, LEASE - timedelta(microseconds=1)) == []
    (item,) = await _claim(store, LEASE)
    assert (item.update_id, item.attempts, item.deaths) == (1, 2, 1)


async def test_updates_at_which_the_process_ended_come_alone_before_all_others_and_the_likeliest_cause_last(
    store: Store,
) -> None:
    await _put(store, *(_update(number, number) for number in (1, 2, 3)))
    await _claim(store)
    await _put(store, _update(4, 4))
    order = []
    for round_ in range(1, 7):
        (item, *others) = await _claim(store, round_ * LEASE)
        assert not others
        order.append((item.update_id, item.deaths))
        if item.update_id == 2:  # the process ends, and its lease is left
            continue
        await store.change(partial(inbox.finish, claim=item.claim))
    assert order == [(1, 1), (2, 1), (3, 1), (2, 2), (2, 3), (2, 4)]


async def test_an_update_that_is_to_be_handled_alone_waits_for_those_in_hand_and_others_wait_with_it(
    store: Store,
) -> None:
    await _put(store, _update(1, 1), _update(2, 2))
    await _claim(store)
    await _put(store, _update(3, 3))
    claimed = await store.change(lambda conn: inbox.claim(conn, NOW + LEASE, LEASE, 10, in_hand=[2]))
    assert claimed is None
    claimed = await store.change(lambda conn: inbox.claim(conn, NOW + LEASE, LEASE, 10))
    assert [item.update_id for item in claimed or []] == [1]


async def test_an_update_that_is_in_hand_is_neither_claimed_nor_under_suspicion(store: Store) -> None:
    await _put(store, _update(1, 1), _update(2, 2))
    await _claim(store, limit=1)
    claimed = await store.change(lambda conn: inbox.claim(conn, NOW + LEASE, LEASE, 10, in_hand=[1]))
    assert [(item.update_id, item.deaths) for item in claimed or []] == [(2, 0)]


async def test_updates_that_are_given_back_come_again_at_once_as_if_for_the_first_time(store: Store) -> None:
    await _put(store, _update(1, 1), _update(2, 2))
    first = await _claim(store)
    await store.change(lambda conn: inbox.release(conn, [Claim(1, 1), Claim(2, 1)]))
    assert await _claim(store) == first


async def test_ends_of_the_process_are_no_failures_of_the_update(store: Store) -> None:
    await _put(store, _update(1, 1))
    for end in range(5):
        await _claim(store, end * LEASE)
    (item,) = await _claim(store, 5 * LEASE)
    assert (item.attempts, item.deaths) == (6, 5)
    assert not await store.change(lambda conn: inbox.fail(conn, item.claim, "boom", NOW, max_attempts=2))


async def test_of_two_that_handled_an_update_only_the_one_that_claimed_it_last_may_settle_it(store: Store) -> None:
    await _put(store, _update(1, 7))
    (first,) = await _claim(store)
    (second,) = await _claim(store, LEASE)
    async with store.write() as conn:
        assert not await inbox.finish(conn, first.claim)
        assert not await inbox.fail(conn, first.claim, "too late", NOW, 1)
        assert not await inbox.put_back(conn, first.claim, NOW)
        assert not await inbox.renew(conn, [first.claim], NOW + 5 * LEASE)
        await inbox.release(conn, [first.claim])
        assert await inbox.claim(conn, NOW + 1.5 * LEASE, LEASE, 1) == []
        assert await inbox.finish(conn, second.claim)
        assert not await inbox.finish(conn, second.claim)
        assert not await inbox.fail(conn, second.claim, "too late", NOW, 1)
        assert not await inbox.park(conn, second.claim, "too late")
        assert (await inbox.counts(conn))[State.DONE] == 1


async def test_a_failed_update_waits_longer_each_time_and_its_chat_with_it(store: Store) -> None:
    await _put(store, _update(1, 7), _update(2, 7), _update(3, 8))
    moment = timedelta(0)
    for pause in (1, 4, 16, 64, 256, 300):
        claimed = await _claim(store, moment)
        first = claimed[0].claim
        assert first.key == 1
        async with store.write() as conn:
            assert not await inbox.fail(conn, first, "boom", NOW + moment, max_attempts=10)
        moment += timedelta(seconds=pause)
        assert not {1, 2} & set(_ids(await _claim(store, moment - timedelta(microseconds=1))))


async def test_an_update_that_fails_too_often_is_parked_and_the_next_goes_on(store: Store) -> None:
    await _put(store, _update(1, 7), _update(2, 7))
    for attempt in (1, 2, 3):
        moment = attempt * LEASE
        (item,) = await _claim(store, moment)
        assert item.update_id == 1
        async with store.write() as conn:
            assert await inbox.fail(conn, item.claim, "boom", NOW + moment, max_attempts=3) is (attempt == 3)
    assert _ids(await _claim(store, moment)) == [2]
    async with store.read() as conn:
        assert await inbox.counts(conn) == {State.WAITING: 1, State.PARKED: 1, State.DONE: 0, State.UNCERTAIN: 0}


async def test_an_update_can_be_parked_at_once(store: Store) -> None:
    await _put(store, _update(1, 7), _update(2, 7))
    async with store.write() as conn:
        assert await inbox.park(conn, Claim(1, 0), "can't be parsed")
        assert _ids(await inbox.claim(conn, NOW, LEASE, 10) or []) == [2]


async def test_what_a_handler_did_is_undone_with_its_transaction(store: Store) -> None:
    async def handle_and_fail() -> None:
        async with store.write() as conn:
            await inbox.finish(conn, Claim(1, 1))
            raise LookupError

    await _put(store, _update(1, 7))
    await _claim(store)
    with pytest.raises(LookupError):
        await handle_and_fail()
    assert _ids(await _claim(store, LEASE)) == [1]


async def test_a_lease_that_is_renewed_holds_on(store: Store) -> None:
    await _put(store, _update(1, 7))
    await _claim(store)
    async with store.write() as conn:
        assert await inbox.renew(conn, [Claim(1, 1)], NOW + 2 * LEASE) == 1
    assert _ids(await _claim(store, after=1.5 * LEASE)) == []
    assert _ids(await _claim(store, after=2 * LEASE)) == [1]
    async with store.write() as conn:
        assert await inbox.finish(conn, Claim(1, 2))
        assert await inbox.renew(conn, [Claim(1, 2)], NOW + 3 * LEASE) == 0


async def test_an_update_that_is_put_back_comes_again_when_it_is_due_as_if_for_the_first_time(store: Store) -> None:
    await _put(store, _update(1, 7))
    (first,) = await _claim(store)
    async with store.write() as conn:
        assert await inbox.put_back(conn, Claim(1, 1), NOW + timedelta(seconds=2))
    assert await _claim(store, after=timedelta(seconds=1)) == []
    assert await _claim(store, after=timedelta(seconds=2)) == [first]


async def test_others_of_the_chat_are_seen_to_wait(store: Store) -> None:
    await _put(store, _update(1, 7), _update(2, 8), _update(3, 7))
    async with store.write() as conn:
        assert await inbox.others_wait(conn, 7, 1)
        await inbox.finish(conn, Claim(3, 0))
        assert not await inbox.others_wait(conn, 7, 1)
