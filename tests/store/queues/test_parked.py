from datetime import UTC, datetime, timedelta

from bot.store.engine import Store
from bot.store.queues import inbox
from bot.store.queues.lanes import Claim
from bot.store.queues.parked import find, parked, retry
from bot.store.tables import State

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def _park(store: Store, *numbers: int) -> None:
    async with store.write() as conn:
        for number in numbers:
            await inbox.put(
                conn, [{"update_id": number, "message": {"chat": {"id": 5}}}], NOW + timedelta(seconds=number)
            )
            await inbox.park(conn, Claim(number, 0), f"fault {number}")


async def test_parked_updates_are_listed_the_newest_first(store: Store) -> None:
    await _park(store, 1, 2, 3)
    async with store.write() as conn:
        await inbox.put(conn, [{"update_id": 4}], NOW)
    async with store.read() as conn:
        assert [(update.update_id, update.error) for update in await parked(conn, 2)] == [
            (3, "fault 3"),
            (2, "fault 2"),
        ]


async def test_any_update_can_be_found(store: Store) -> None:
    await _park(store, 1)
    async with store.read() as conn:
        found = await find(conn, 1)
        assert await find(conn, 2) is None
    assert found
    assert (found.chat_id, found.state, found.raw["update_id"]) == (5, State.PARKED, 1)


async def test_named_ones_are_handled_again_from_the_first_attempt_on(store: Store) -> None:
    await _park(store, 1, 2)
    async with store.write() as conn:
        assert await retry(conn, [2, 99]) == 1
        claimed = await inbox.claim(conn, NOW, timedelta(9), 9)
    assert [(item.update_id, item.attempts, item.deaths) for item in claimed or []] == [(2, 1, 0)]


async def test_without_names_all_are_handled_again_but_not_what_is_done(store: Store) -> None:
    await _park(store, 1, 2)
    async with store.write() as conn:
        await inbox.put(conn, [{"update_id": 3}], NOW)
        await inbox.finish(conn, Claim(3, 0))
        assert await retry(conn) == 2
        assert (await inbox.counts(conn))[State.DONE] == 1
        assert await inbox.oldest_waiting(conn) == NOW + timedelta(seconds=1)
