from datetime import UTC, datetime

from bot.store.desks import guests
from bot.store.engine import Store

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def test_who_was_let_in_stays_in(store: Store) -> None:
    async with store.write() as conn:
        assert not await guests.is_guest(conn, 7)
        await guests.add(conn, 7, NOW)
        await guests.add(conn, 7, NOW)
    async with store.read() as conn:
        assert await guests.is_guest(conn, 7)
        assert not await guests.is_guest(conn, 8)
