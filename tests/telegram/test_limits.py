import asyncio
import random
from bisect import bisect_left
from itertools import pairwise

import pytest

from bot.telegram import limits
from bot.telegram.limits import Limits

ANNA, GROUP = 7, -1009


@pytest.mark.parametrize(("bucket", "most", "seconds"), [("_CHAT", 2, 1.0), ("_GROUP", 20, 60.0)])
def test_no_bucket_lets_more_through_than_telegram_allows(bucket: str, most: int, seconds: float) -> None:
    size, period = getattr(limits, bucket)
    assert size + size * seconds / period <= most


async def test_a_chat_waits_a_second_between_messages() -> None:
    loop, times = asyncio.get_running_loop(), []
    buckets = Limits()
    for _ in range(3):
        async with buckets.message(ANNA):
            times.append(loop.time())
    assert all(later - earlier > 0.95 for earlier, later in pairwise(times))


async def test_however_late_messages_arrive_no_more_come_at_once_than_telegram_allows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a second of a tenth of its length each message takes as long as it likes, and arrives whenever it likes."""
    second, rng = 0.1, random.Random(5)  # noqa: S311 - it must come again, not be secret
    monkeypatch.setattr(limits, "_SECOND", second)
    buckets, loop, arrived = Limits(), asyncio.get_running_loop(), []

    async def send(chat_id: int) -> None:
        async with buckets.message(chat_id):
            await asyncio.sleep(rng.uniform(0, 2 * second))
            arrived.append(loop.time())
            await asyncio.sleep(rng.uniform(0, second))

    await asyncio.gather(*(send(chat_id) for chat_id in range(1, 301)))
    arrived.sort()
    most = max(bisect_left(arrived, time + second) - place for place, time in enumerate(arrived))
    assert most <= limits._ALL <= 30


async def test_calls_that_bring_no_message_count_among_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_ALL", 3)
    buckets, loop = Limits(), asyncio.get_running_loop()
    begin = loop.time()
    for _ in range(4):
        async with buckets.call():
            pass
    assert loop.time() - begin >= limits._SECOND * 0.95


async def test_chats_do_not_wait_for_each_other() -> None:
    started = asyncio.get_running_loop().time()
    buckets = Limits()
    for chat_id in range(1, 11):
        async with buckets.message(chat_id):
            pass
    assert asyncio.get_running_loop().time() - started < 0.5


async def test_a_group_is_full_before_it_has_had_too_many_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_CHAT", (100, 1.0))
    buckets = Limits()
    sent = 0
    while not buckets.group_is_full(GROUP):
        async with buckets.message(GROUP):
            sent += 1
    assert sent == 7
    assert not buckets.group_is_full(ANNA)


async def test_who_takes_over_counts_in_what_was_sent_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_SECOND", 0.2)
    loop, buckets = asyncio.get_running_loop(), Limits()
    begin = loop.time()
    await buckets.recall({ANNA: [0.3], GROUP: [1.0] * 7, GROUP - 1: [50.0]}, last=0.05)
    assert loop.time() - begin >= 0.14
    assert buckets.group_is_full(GROUP)
    assert not buckets.group_is_full(GROUP - 1)
    assert not buckets.has_room(ANNA)
    assert buckets.has_room(ANNA + 1)
