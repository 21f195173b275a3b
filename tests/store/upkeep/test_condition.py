from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.errors import SchemaFault
from bot.store.connection import Connection
from bot.store.engine import Store
from bot.store.queues import inbox, outbox
from bot.store.queues.outbox import Outgoing
from bot.store.tables import State
from bot.store.upkeep.condition import condition

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
LEASE = timedelta(seconds=60)


async def _fill(conn: Connection) -> None:
    for number in range(4):
        update = {"update_id": number, "message": {"chat": {"id": number}}}
        await inbox.put(conn, [update], NOW + timedelta(minutes=number))
        key = f"message {number}"
        await outbox.enqueue(conn, [Outgoing(number, 0, key, "sendMessage", {})], NOW + timedelta(hours=number))
    done, parked = await inbox.claim(conn, NOW, LEASE, 2) or []
    assert await inbox.finish(conn, done.claim)
    assert await inbox.park(conn, parked.claim, "broken")
    held, refused = await outbox.claim(conn, NOW, LEASE, 2)
    assert await outbox.uncertain(conn, held.claim, "nobody knows")
    assert await outbox.fail(conn, refused.claim, "blocked")


async def test_it_tells_what_waits_since_when_and_what_was_given_up(store: Store) -> None:
    await store.change(_fill)
    found = await condition(store)
    assert found.updates == {State.WAITING: 2, State.PARKED: 1}
    assert found.oldest_update == NOW + timedelta(minutes=2)
    assert found.last_update == NOW + timedelta(minutes=3)
    assert found.messages == {State.WAITING: 2, State.PARKED: 1, State.UNCERTAIN: 1}
    assert found.oldest_message == NOW + timedelta(hours=2)
    assert found.next_slot is None
    assert found.led == (frozenset() if store.is_shared else None)


async def test_nothing_waits_in_an_empty_database(store: Store) -> None:
    found = await condition(store)
    assert found.updates == {State.WAITING: 0, State.PARKED: 0}
    assert (found.oldest_update, found.last_update, found.oldest_message) == (None, None, None)


async def test_a_schema_of_another_version_is_noticed_while_we_run(store: Store) -> None:
    async def migrate(conn: Connection) -> None:
        await conn.execute(sa.text("UPDATE alembic_version SET version_num = 'a later one'"))

    await store.change(migrate)
    with pytest.raises(SchemaFault):
        await condition(store)
