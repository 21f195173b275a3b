from datetime import UTC, datetime, timedelta

from bot.posts import Desk
from bot.store.desks import bursts
from bot.store.desks.bursts import Burst
from bot.store.engine import Store

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DESK, TOPIC = Desk(7), Desk(7, 3)


async def test_a_burst_lasts_until_it_has_been_quiet_and_is_taken_once(store: Store) -> None:
    async with store.write() as conn:
        for second in range(3):
            await bursts.extend(conn, DESK, NOW + second * SECOND, NOW + (second + 3) * SECOND)
        assert await bursts.take(conn, NOW + 4 * SECOND) == []
        assert await bursts.next_due(conn) == NOW + 5 * SECOND
        assert await bursts.take(conn, NOW + 5 * SECOND) == [Burst(DESK, NOW)]
        assert await bursts.take(conn, NOW + 5 * SECOND) == []
        assert await bursts.next_due(conn) is None


async def test_desks_have_bursts_of_their_own_and_one_can_be_dropped(store: Store) -> None:
    async with store.write() as conn:
        await bursts.extend(conn, DESK, NOW, NOW + SECOND)
        await bursts.extend(conn, TOPIC, NOW, NOW + 2 * SECOND)
        assert await bursts.next_due(conn) == NOW + SECOND
        await bursts.drop(conn, DESK)
        assert await bursts.take(conn, NOW + 9 * SECOND) == [Burst(TOPIC, NOW)]
