from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.engine import Store
from bot.store.queues import inbox
from bot.store.queues.inbox import InboxItem
from bot.store.queues.lanes import Turn
from bot.store.queues.updates import asks

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
LEASE = timedelta(seconds=60)
MANY = range(1, 101)


def _post(update_id: int, chat_id: int) -> dict[str, Any]:
    message = {"chat": {"id": chat_id}, "text": "The river rose.", "forward_origin": {"type": "hidden_user"}}
    return {"update_id": update_id, "message": message}


def _command(update_id: int, chat_id: int) -> dict[str, Any]:
    return {"update_id": update_id, "message": {"chat": {"id": chat_id}, "text": "/summary"}}


async def _put(store: Store, *updates: dict[str, Any]) -> None:
    await store.change(lambda conn: inbox.put(conn, updates, NOW))


async def _claim(store: Store, *, limit: int, asking: int, turn: Turn | None = None) -> list[InboxItem]:
    claimed = await store.claim(lambda conn: inbox.claim(conn, NOW, LEASE, limit, turn=turn, asking=asking))
    assert claimed is not None
    return claimed


async def test_who_waits_for_an_answer_comes_before_the_chats_whose_turn_it_is(store: Store) -> None:
    await _put(store, *(_post(number, number) for number in MANY), _command(1000, 1000))
    first, *others = await _claim(store, limit=4, asking=2)
    assert (first.update_id, first.asks) == (1000, True)
    assert [(item.update_id, item.asks) for item in others] == [(1, False), (2, False), (3, False)]


async def test_the_posts_that_a_chat_sent_before_come_before_its_question(store: Store) -> None:
    await _put(store, _post(1, 7), _post(2, 7), _command(3, 7), _post(4, 7))
    for update_id in (1, 2, 3):
        (item,) = await _claim(store, limit=4, asking=2)
        assert (item.update_id, item.asks) == (update_id, True)
        await store.change(partial(inbox.finish, claim=item.claim))
    (last,) = await _claim(store, limit=4, asking=2)
    assert (last.update_id, last.asks) == (4, False)


async def test_no_more_chats_come_before_their_turn_than_may(store: Store) -> None:
    await _put(store, *(_post(number, number) for number in MANY))
    await _put(store, *(_command(1000 + number, 1000 + number) for number in range(10)))
    turn = Turn()
    claimed = await _claim(store, limit=4, asking=3, turn=turn)
    assert [item.update_id for item in claimed] == [1000, 1001, 1002, 1]
    # Those who asked first are in hand by now: the others have their turn.
    assert [item.update_id for item in await _claim(store, limit=2, asking=0, turn=turn)] == [2, 3]
    assert [item.update_id for item in await _claim(store, limit=2, asking=-1, turn=turn)] == [4, 5]
    assert [item.update_id for item in await _claim(store, limit=2, asking=2, turn=turn)] == [1003, 1004]


async def test_all_hands_may_be_of_those_who_ask(store: Store) -> None:
    await _put(store, _post(1, 1), *(_command(1000 + number, 1000 + number) for number in range(4)))
    assert [item.update_id for item in await _claim(store, limit=2, asking=4)] == [1000, 1001]


async def test_a_chat_whose_update_waits_for_its_next_attempt_does_not_come_before_it_is_due(store: Store) -> None:
    await _put(store, _command(1, 7), _command(2, 7), _post(3, 8))
    (asked, _) = await _claim(store, limit=4, asking=2)
    await store.change(lambda conn: inbox.fail(conn, asked.claim, "a fault", NOW, 3))
    assert await _claim(store, limit=4, asking=2) == []


@pytest.mark.parametrize(
    ("update", "is_asked"),
    [
        ({"message": {"chat": {"id": 7}, "text": "/summary 24h"}}, True),
        ({"message": {"chat": {"id": 7}, "text": "what of the flood?"}}, True),
        ({"message": {"chat": {"id": -7}, "text": "/summary"}}, True),
        ({"message": {"chat": {"id": -7}, "text": "I had no lunch."}}, False),
        ({"callback_query": {"id": "1", "message": {"chat": {"id": 7}}}}, True),
        ({"inline_query": {"id": "1", "from": {"id": 7}, "query": "flood"}}, True),
        ({"message": {"chat": {"id": 7}, "text": "News.", "forward_origin": {"type": "channel"}}}, False),
        ({"message": {"chat": {"id": 7}, "text": "A long report. " * 100}}, False),
        ({"message": {"chat": {"id": 7}, "photo": [], "caption": "News."}}, False),
        ({"edited_message": {"chat": {"id": 7}, "text": "/summary"}}, False),
        ({"channel_post": {"chat": {"id": -7}, "text": "News."}}, False),
        ({"my_chat_member": {"chat": {"id": 7}}}, False),
    ],
)
def test_somebody_waits_who_pressed_or_typed_something(update: dict[str, Any], is_asked: bool) -> None:
    assert asks({"update_id": 1, **update}) is is_asked


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["text", "chat", "forward_origin", "id"]), inner),
)


@given(st.dictionaries(st.sampled_from(["message", "callback_query", "inline_query", "poll"]), _ANYTHING))
def test_whatever_comes_is_asked_or_is_not(update: dict[str, Any]) -> None:
    assert asks(update) in {True, False}
