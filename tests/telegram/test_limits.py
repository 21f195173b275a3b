import asyncio
from itertools import pairwise

import pytest

from bot.telegram import limits
from bot.telegram.limits import Limits

ANNA, GROUP = 7, -1009


@pytest.mark.parametrize(("bucket", "most", "seconds"), [("_ALL", 30, 1.0), ("_CHAT", 2, 1.0), ("_GROUP", 20, 60.0)])
def test_no_bucket_lets_more_through_than_telegram_allows(bucket: str, most: int, seconds: float) -> None:
    size, period = getattr(limits, bucket)
    assert size + size * seconds / period <= most


async def test_a_chat_waits_a_second_between_messages() -> None:
    loop, times = asyncio.get_running_loop(), []
    buckets = Limits()
    for _ in range(3):
        await buckets.wait_for_message(ANNA)
        times.append(loop.time())
    assert all(later - earlier > 0.95 for earlier, later in pairwise(times))


async def test_chats_do_not_wait_for_each_other() -> None:
    started = asyncio.get_running_loop().time()
    buckets = Limits()
    for chat_id in range(1, 11):
        await buckets.wait_for_message(chat_id)
    assert asyncio.get_running_loop().time() - started < 0.5


async def test_a_group_is_full_before_it_has_had_too_many_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_CHAT", (100, 1.0))
    buckets = Limits()
    sent = 0
    while not buckets.group_is_full(GROUP):
        await buckets.wait_for_message(GROUP)
        sent += 1
    assert sent == 7
    assert not buckets.group_is_full(ANNA)
