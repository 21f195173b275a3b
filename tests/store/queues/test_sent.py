from datetime import UTC, datetime, timedelta

from bot.store.connection import Connection
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.outbox import Outgoing
from bot.store.queues.sent import Sent, sent_since

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def _seconds_ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


async def test_it_tells_what_was_sent_since_and_what_may_have_been(store: Store) -> None:
    async def send(conn: Connection) -> None:
        calls = [Outgoing(chat_id, 0, f"call {chat_id}", "sendMessage", {}, run_id=chat_id) for chat_id in range(1, 7)]
        await outbox.enqueue(conn, calls, _seconds_ago(600))
        long_ago, lately, begun, failed, _, _ = await outbox.claim(conn, _seconds_ago(500), LEASE, 6)
        assert await outbox.sent(conn, long_ago.claim, 1, _seconds_ago(61))
        assert await outbox.sent(conn, lately.claim, 2, _seconds_ago(59))
        assert await outbox.begin(conn, begun.claim, NOW + LEASE)
        assert await outbox.begin(conn, failed.claim, NOW + LEASE)
        assert await outbox.fail(conn, failed.claim, "blocked")

    await store.change(send)
    found = await store.look(lambda conn: sent_since(conn, _seconds_ago(60), NOW))
    assert sorted(found, key=lambda one: one.chat_id) == [
        Sent(2, "sendMessage", 2, _seconds_ago(59)),
        Sent(3, "sendMessage", 3, NOW),
    ]
