from datetime import UTC, datetime, timedelta

import pytest

from bot.store import outbox
from bot.store.engine import Store
from bot.store.lanes import Claim
from bot.store.outbox import Outgoing

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
LEASE = timedelta(seconds=60)


@pytest.fixture
async def leased(store: Store) -> Store:
    """Two chats with two messages each, the first of each leased."""
    async with store.write() as conn:
        messages = [Outgoing(chat, 0, f"{chat}:{part}", "sendMessage", {}) for part in (1, 2) for chat in (7, 8)]
        await outbox.enqueue(conn, messages, NOW)
        await outbox.claim(conn, NOW, LEASE, 10)
    return store


async def _next_due(store: Store) -> datetime | None:
    async with store.read() as conn:
        return await outbox.next_due(conn)


async def test_nothing_is_due_where_nothing_waits(store: Store) -> None:
    assert await _next_due(store) is None


async def test_a_lease_that_runs_out_is_due_then(leased: Store) -> None:
    assert await _next_due(leased) == NOW + LEASE


async def test_a_row_that_is_to_be_tried_again_is_due_then(leased: Store) -> None:
    async with leased.write() as conn:
        await outbox.retry(conn, Claim(1, 1), NOW + timedelta(seconds=5), "no network")
    assert await _next_due(leased) == NOW + timedelta(seconds=5)


async def test_rows_behind_the_first_of_their_chat_are_not_due(store: Store) -> None:
    async with store.write() as conn:
        await outbox.enqueue(conn, [Outgoing(7, 0, key, "sendMessage", {}) for key in "ab"], NOW)
        (first,) = await outbox.claim(conn, NOW, LEASE, 10)
        await outbox.retry(conn, first.claim, NOW + timedelta(hours=1), "no network")
    assert await _next_due(store) == NOW + timedelta(hours=1)


async def test_leases_that_were_ended_are_free_at_once_and_what_was_begun_is_doubtful(leased: Store) -> None:
    async with leased.write() as conn:
        await outbox.begin(conn, Claim(1, 1), NOW + LEASE)
        await outbox.end_leases(conn, NOW)
        claimed = await outbox.claim(conn, NOW, LEASE, 10)
    assert [(item.message.key, item.doubts) for item in claimed] == [("7:1", 1), ("8:1", 0)]


async def test_ending_leases_leaves_alone_what_waits_for_its_time(leased: Store) -> None:
    async with leased.write() as conn:
        await outbox.retry(conn, Claim(1, 1), NOW + timedelta(seconds=5), "no network")
        await outbox.end_leases(conn, NOW)
        claimed = await outbox.claim(conn, NOW, LEASE, 10)
    assert [item.message.key for item in claimed] == ["8:1"]


async def test_doubts_are_counted_whether_a_call_was_carried_out(store: Store) -> None:
    later = NOW + LEASE
    async with store.write() as conn:
        await outbox.enqueue(conn, [Outgoing(7, 0, "a", "sendMessage", {})], NOW)
        (first,) = await outbox.claim(conn, NOW, LEASE, 10)
        await outbox.retry(conn, first.claim, NOW, "no network")
        (second,) = await outbox.claim(conn, NOW, LEASE, 10)
        await outbox.retry(conn, second.claim, NOW, "the connection broke", doubtful=True)
        (third,) = await outbox.claim(conn, NOW, LEASE, 10)
        await outbox.begin(conn, third.claim, NOW + LEASE)
        (fourth,) = await outbox.claim(conn, later, LEASE, 10)
        await outbox.retry(conn, fourth.claim, later, "no network")
        (fifth,) = await outbox.claim(conn, later, LEASE, 10)
    assert [item.doubts for item in (first, second, third, fourth, fifth)] == [0, 0, 1, 2, 2]
