from datetime import UTC, datetime, timedelta

from bot.store.connection import Connection
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.lanes import Claim
from bot.store.queues.outbox import OutboxItem, Outgoing
from bot.store.queues.unsent import find, retry, unsent
from bot.store.tables import State

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _call(chat: int, run_id: int | None = None) -> Outgoing:
    return Outgoing(chat, 0, f"call to {chat}", "sendMessage", {"chat_id": chat, "text": f"Hello {chat}"}, run_id)


async def _claim(conn: Connection) -> list[OutboxItem]:
    return await outbox.claim(conn, NOW, timedelta(minutes=1), 10)


async def _give_up(store: Store, *calls: Outgoing, is_uncertain: bool = False) -> list[int]:
    """Have calls that were made once given up; return their ids."""

    async def work(conn: Connection) -> list[int]:
        await outbox.enqueue(conn, calls, NOW)
        claimed = await _claim(conn)
        for item in claimed:
            await outbox.begin(conn, Claim(item.id, item.attempts), NOW + timedelta(minutes=1))
            end = outbox.uncertain if is_uncertain else outbox.fail
            assert await end(conn, Claim(item.id, item.attempts), f"fault {item.message.chat_id}")
        return [item.id for item in claimed]

    return await store.change(work)


async def test_messages_that_were_given_up_are_listed_the_newest_first(store: Store) -> None:
    refused = await _give_up(store, _call(1), _call(2))
    doubtful = await _give_up(store, _call(3), is_uncertain=True)
    await store.change(lambda conn: outbox.enqueue(conn, [_call(4)], NOW))
    found = await store.look(lambda conn: unsent(conn, 2))
    assert [(one.id, one.state, one.error) for one in found] == [
        (doubtful[0], State.UNCERTAIN, "fault 3"),
        (refused[1], State.PARKED, "fault 2"),
    ]


async def test_any_message_can_be_found(store: Store) -> None:
    [item_id] = await _give_up(store, _call(1, run_id=7))
    found = await store.look(lambda conn: find(conn, item_id))
    assert found
    assert (found.method, found.payload, found.run_id) == ("sendMessage", {"chat_id": 1, "text": "Hello 1"}, 7)
    assert await store.look(lambda conn: find(conn, item_id + 1)) is None


async def test_one_is_sent_again_as_if_it_never_had_been(store: Store) -> None:
    first, second = await _give_up(store, _call(1), _call(2))
    assert await store.change(lambda conn: retry(conn, [second])) == 1
    [again] = await store.change(_claim)
    assert (again.id, again.attempts, again.doubts, again.probes) == (second, 2, 0, 0)
    assert not await store.change(lambda conn: outbox.begin(conn, Claim(second, 1), NOW + timedelta(minutes=1)))
    assert [one.id for one in await store.look(lambda conn: unsent(conn, 9))] == [first]


async def test_of_all_only_those_that_were_refused_are_sent_again(store: Store) -> None:
    refused = await _give_up(store, _call(1))
    [doubtful] = await _give_up(store, _call(2), is_uncertain=True)
    assert await store.change(retry) == 1
    assert [item.id for item in await store.change(_claim)] == refused
    assert await store.change(lambda conn: retry(conn, [doubtful])) == 1


async def test_what_was_sent_and_what_belongs_to_a_recap_is_left_alone(store: Store) -> None:
    [of_recap] = await _give_up(store, _call(1, run_id=7))
    await store.change(lambda conn: outbox.enqueue(conn, [_call(2)], NOW))
    [item] = await store.change(_claim)
    await store.change(lambda conn: outbox.sent(conn, Claim(item.id, item.attempts), 5, NOW))
    assert await store.change(lambda conn: retry(conn, [of_recap, item.id])) == 0
    assert await store.change(retry) == 0
