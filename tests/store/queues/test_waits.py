from datetime import UTC, datetime, timedelta

import pytest

from bot.store.engine import Store
from bot.store.queues import outbox, waits
from bot.store.queues.outbox import Outgoing

NOW = datetime(2025, 5, 5, 8, tzinfo=UTC)
MESSAGES = [Outgoing(chat, 0, f"to {chat}", "sendMessage", {"text": "Hello"}) for chat in (1, 2)]


@pytest.mark.parametrize(("wait", "comes"), [(timedelta(minutes=59), False), (timedelta(hours=6), True)])
async def test_what_waits_for_a_time_that_is_too_far_is_taken_up_now(
    store: Store, wait: timedelta, *, comes: bool
) -> None:
    async with store.write() as conn:
        await outbox.enqueue(conn, MESSAGES, NOW)
        first, _ = await outbox.claim(conn, NOW + wait - timedelta(minutes=1), timedelta(minutes=1), 10)
        await outbox.retry(conn, first.claim, NOW + wait, "Telegram wants a rest")
        await waits.bring_near(conn, NOW)
        claimed = await outbox.claim(conn, NOW, timedelta(minutes=1), 10)
    assert len(claimed) == (2 if comes else 0)
