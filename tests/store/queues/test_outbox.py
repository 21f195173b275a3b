from datetime import UTC, datetime, timedelta

from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.outbox import OutboxItem, Outgoing
from bot.store.tables import State

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def _message(key: str, chat_id: int = 7) -> Outgoing:
    return Outgoing(chat_id, 3, key, "sendMessage", {"chat_id": chat_id, "text": f"<b>{key}</b> 👍"})


async def _enqueue(store: Store, *messages: Outgoing) -> None:
    async with store.write() as conn:
        await outbox.enqueue(conn, messages, NOW)


async def _claim(store: Store, after: timedelta = timedelta(0), limit: int = 10) -> list[OutboxItem]:
    async with store.write() as conn:
        return await outbox.claim(conn, NOW + after, LEASE, limit)


def _keys(items: list[OutboxItem]) -> list[str]:
    return [item.message.key for item in items]


async def test_a_message_comes_out_as_it_was_put_in(store: Store) -> None:
    await _enqueue(store, _message("a"))
    (item,) = await _claim(store)
    assert item.message == _message("a")
    assert (item.attempts, item.doubts) == (1, 0)


async def test_a_key_is_used_once_for_ever(store: Store) -> None:
    await _enqueue(store, _message("a"), _message("a", chat_id=8))
    (item,) = await _claim(store)
    async with store.write() as conn:
        assert await outbox.sent(conn, item.claim, 55, NOW)
    await _enqueue(store, _message("a"))
    assert await _claim(store, LEASE) == []


async def test_messages_of_a_chat_go_one_after_the_other(store: Store) -> None:
    await _enqueue(store, _message("c"), _message("a"), _message("x", 8), _message("b"))
    order = []
    while items := await _claim(store):
        order += [item.message.key for item in items if item.message.chat_id == 7]
        async with store.write() as conn:
            for item in items:
                assert await outbox.sent(conn, item.claim, None, NOW)
    assert order == ["c", "a", "b"]


async def test_a_message_to_be_sent_later_holds_its_chat_back_but_no_other(store: Store) -> None:
    await _enqueue(store, _message("a"), _message("b"), _message("x", 8))
    item, _ = await _claim(store)
    async with store.write() as conn:
        assert await outbox.retry(conn, item.claim, NOW + timedelta(seconds=90), "429")
    assert _keys(await _claim(store, timedelta(seconds=89))) == ["x"]
    (again,) = await _claim(store, timedelta(seconds=90))
    assert (again.message.key, again.attempts, again.doubts) == ("a", 2, 0)


async def test_a_call_that_was_begun_and_ended_without_a_word_is_doubtful_and_one_that_was_not_begun_is_none(
    store: Store,
) -> None:
    await _enqueue(store, _message("a"), _message("x", 8))
    begun, _ = await _claim(store)
    await store.change(lambda conn: outbox.begin(conn, begun.claim, NOW + LEASE))
    again = await _claim(store, LEASE)
    assert [(item.message.key, item.attempts, item.doubts) for item in again] == [("a", 2, 1), ("x", 2, 0)]
    # Both are broken off before anything is begun, which adds no doubt.
    assert [item.doubts for item in await _claim(store, 2 * LEASE)] == [1, 0]


async def test_a_call_that_is_given_back_is_free_at_once_and_leaves_no_doubt(store: Store) -> None:
    await _enqueue(store, _message("a"))
    (item,) = await _claim(store)
    await store.change(lambda conn: outbox.release(conn, [item.claim]))
    (again,) = await _claim(store)
    assert again.doubts == 0


async def test_a_call_that_is_in_hand_is_not_claimed_even_if_its_lease_is_over(store: Store) -> None:
    await _enqueue(store, _message("a"), _message("x", 8))
    first, _ = await _claim(store)
    claimed = await store.change(lambda conn: outbox.claim(conn, NOW + LEASE, LEASE, 10, [first.id]))
    assert _keys(claimed) == ["x"]


async def test_a_lease_that_is_renewed_holds_on_but_none_begins_anew(store: Store) -> None:
    await _enqueue(store, _message("a"), _message("x", 8))
    first, second = await _claim(store)
    await store.change(lambda conn: outbox.retry(conn, second.claim, NOW, "no network"))
    await store.change(lambda conn: outbox.renew(conn, [first.claim, second.claim], NOW + 2 * LEASE))
    assert _keys(await _claim(store, LEASE)) == ["x"]


async def test_a_refused_message_lets_the_next_go_on(store: Store) -> None:
    await _enqueue(store, _message("a"), _message("b"))
    (item,) = await _claim(store)
    async with store.write() as conn:
        assert await outbox.fail(conn, item.claim, "400 Bad Request")
    assert _keys(await _claim(store)) == ["b"]


async def test_an_uncertain_message_lets_the_next_go_on_and_is_not_sent_again(store: Store) -> None:
    await _enqueue(store, _message("a"), _message("b"))
    (item,) = await _claim(store)
    async with store.write() as conn:
        assert await outbox.uncertain(conn, item.claim, "timeout")
    (following,) = await _claim(store)
    assert following.message.key == "b"
    async with store.write() as conn:
        await outbox.sent(conn, following.claim, 56, NOW)
        assert await outbox.claim(conn, NOW + LEASE, LEASE, 10) == []
        assert await outbox.counts(conn) == {State.UNCERTAIN: 1, State.DONE: 1, State.WAITING: 0, State.PARKED: 0}


async def test_a_settled_message_stays_as_it_is(store: Store) -> None:
    await _enqueue(store, _message("a"))
    (item,) = await _claim(store)
    async with store.write() as conn:
        assert await outbox.sent(conn, item.claim, 55, NOW)
        assert not await outbox.sent(conn, item.claim, 56, NOW)
        assert not await outbox.retry(conn, item.claim, NOW, "late")
        assert not await outbox.fail(conn, item.claim, "late")
        assert not await outbox.uncertain(conn, item.claim, "late")
        assert (await outbox.counts(conn))[State.DONE] == 1


async def test_what_came_of_a_call_is_known_by_its_key(store: Store) -> None:
    await _enqueue(store, _message("a"))
    (item,) = await _claim(store)
    async with store.write() as conn:
        assert await outbox.message_of(conn, "a") is None
        await outbox.sent(conn, item.claim, 55, NOW)
        assert await outbox.message_of(conn, "a") == 55
        assert await outbox.message_of(conn, "b") is None


async def test_only_who_claimed_a_call_last_may_begin_and_settle_it(store: Store) -> None:
    await _enqueue(store, _message("a"))
    (first,) = await _claim(store)
    (second,) = await _claim(store, LEASE)
    async with store.write() as conn:
        assert not await outbox.begin(conn, first.claim, NOW + 9 * LEASE)
        assert not await outbox.retry(conn, first.claim, NOW, "late")
        assert not await outbox.fail(conn, first.claim, "late")
        assert not await outbox.uncertain(conn, first.claim, "late")
        assert not await outbox.probe_again(conn, first.claim, NOW)
        await outbox.release(conn, [first.claim])
        await outbox.renew(conn, [first.claim], NOW + 9 * LEASE)
        assert await outbox.claim(conn, NOW + 1.5 * LEASE, LEASE, 10) == []
        assert await outbox.begin(conn, second.claim, NOW + 3 * LEASE)
        assert await outbox.claim(conn, NOW + 2.5 * LEASE, LEASE, 10) == []
        assert await outbox.sent(conn, second.claim, 55, NOW)
        assert not await outbox.begin(conn, second.claim, NOW + 9 * LEASE)


async def test_a_call_that_was_made_after_all_is_not_begun_again(store: Store) -> None:
    await _enqueue(store, _message("a"))
    (first,) = await _claim(store)
    await store.change(lambda conn: outbox.begin(conn, first.claim, NOW + LEASE))
    (second,) = await _claim(store, LEASE)
    async with store.write() as conn:
        assert await outbox.sent(conn, first.claim, 55, NOW)
        assert not await outbox.begin(conn, second.claim, NOW + 3 * LEASE)
        assert await outbox.message_of(conn, "a") == 55


async def test_who_takes_the_sending_over_takes_what_was_not_begun_at_once_and_the_rest_when_its_lease_is_over(
    store: Store,
) -> None:
    messages = [Outgoing(chat, 0, f"{chat}", "sendMessage", {}) for chat in (7, 8)]
    async with store.write() as conn:
        await outbox.enqueue(conn, messages, NOW)
        begun, unbegun = await outbox.claim(conn, NOW, LEASE, 10)
        assert await outbox.begin(conn, begun.claim, NOW + LEASE)
        await outbox.end_leases_of_unbegun(conn, NOW)
        (taken,) = await outbox.claim(conn, NOW, LEASE, 10)
        assert (taken.id, taken.doubts) == (unbegun.id, 0)
        assert not await outbox.begin(conn, unbegun.claim, NOW + LEASE)
        (late,) = await outbox.claim(conn, NOW + LEASE, LEASE, 10, in_hand=[taken.id])
        assert (late.id, late.doubts) == (begun.id, 1)
