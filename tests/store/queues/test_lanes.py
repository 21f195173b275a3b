import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.connection import Connection
from bot.store.database import find
from bot.store.engine import Store
from bot.store.queues import inbox, outbox
from bot.store.queues.lanes import Claim, Turn
from bot.store.queues.outbox import OutboxItem, Outgoing
from bot.store.tables import State
from bot.store.tables import inbox as inbox_rows
from bot.store.tables import outbox as outbox_rows
from tests.store.plans import judge

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


async def _fill(store: Store, chats: Iterable[int], messages: int) -> None:
    many = [Outgoing(chat, 0, f"{chat}:{number}", "sendMessage", {}) for number in range(messages) for chat in chats]
    await store.change(lambda conn: outbox.enqueue(conn, many, NOW))


async def _send(store: Store, limit: int, turn: Turn) -> list[int]:
    """Claim messages and send them at once; return their chats."""
    claimed = await store.claim(lambda conn: outbox.claim(conn, NOW, LEASE, limit, turn=turn))
    for item in claimed:
        await store.change(partial(outbox.sent, claim=item.claim, message_id=None, now=NOW))
    return [item.message.chat_id for item in claimed]


async def test_chats_take_turns(store: Store) -> None:
    turn = Turn()
    await _fill(store, range(5), 3)
    assert [await _send(store, 2, turn) for _ in range(5)] == [[0, 1], [2, 3], [4, 0], [1, 2], [3, 4]]


async def test_a_message_does_not_wait_for_all_that_is_older_in_other_chats(store: Store) -> None:
    turn, chats = Turn(), range(100)
    await _fill(store, chats, 4)
    await _fill(store, [50], 1)
    await _fill(store, [-1, 1000], 1)
    told = [chat for _ in range(30) for chat in await _send(store, 4, turn)]
    assert sorted(told[:102]) == [-1, *chats, 1000]


async def test_order_is_kept_within_each_chat_whoever_claims(store: Store) -> None:
    turns = cycle((Turn(), Turn()))
    await _fill(store, range(40), 3)
    keys: list[str] = []
    while claimed := await store.claim(partial(outbox.claim, now=NOW, lease=LEASE, limit=7, turn=next(turns))):
        keys += [item.message.key for item in claimed]
        for item in claimed:
            await store.change(partial(outbox.sent, claim=item.claim, message_id=None, now=NOW))
    assert len(keys) == len(set(keys)) == 120
    for chat in range(40):
        assert [key for key in keys if key.startswith(f"{chat}:")] == [f"{chat}:{number}" for number in range(3)]


async def test_chats_that_rest_hide_none_that_does_not(store: Store) -> None:
    await _fill(store, range(200), 1)
    first = await store.claim(lambda conn: outbox.claim(conn, NOW, LEASE, 200))
    for item in first:
        await store.change(partial(outbox.retry, claim=item.claim, not_before=NOW + LEASE, error="no network"))
    await _fill(store, [500], 1)
    turn = Turn(after=90)
    assert await _send(store, 8, turn) == [500]
    assert await _send(store, 8, turn) == []
    claimed = await store.claim(lambda conn: outbox.claim(conn, NOW + LEASE, LEASE, 300, turn=turn))
    assert sorted(item.message.chat_id for item in claimed) == list(range(200))


async def _rest_all(store: Store, until: datetime) -> None:
    """Claim a message of each chat, and let it be sent again then."""
    for item in await store.claim(lambda conn: outbox.claim(conn, NOW, LEASE, 200)):
        await store.change(partial(outbox.retry, claim=item.claim, not_before=until, error="no network"))


async def _ready(store: Store) -> list[str]:
    """Tell the keys of the messages that wait for no time."""
    ready = sa.select(outbox_rows.c.key).where(outbox_rows.c.state == State.WAITING, outbox_rows.c.due.is_(None))
    return list(await store.look(lambda conn: _scalars(conn, ready.order_by(outbox_rows.c.id))))


async def _scalars(conn: Connection, statement: sa.Select[str]) -> Sequence[str]:
    return (await conn.execute(statement)).scalars().all()


async def test_a_chat_rests_with_what_waits_behind_its_first_message_and_goes_on_with_it(store: Store) -> None:
    await _fill(store, [7], 3)
    await _rest_all(store, NOW + LEASE)
    assert await _ready(store) == []
    await _fill(store, [8], 1)
    assert await _send(store, 9, Turn()) == [8]
    (first,) = await store.claim(lambda conn: outbox.claim(conn, NOW + LEASE, LEASE, 9))
    assert first.message.key == "7:0"
    assert await _ready(store) == ["7:0", "7:1", "7:2"]


async def test_what_comes_to_a_chat_that_rests_waits_behind_what_is_there(store: Store) -> None:
    await _fill(store, [7], 1)
    await _rest_all(store, NOW + LEASE)
    await store.change(lambda conn: outbox.enqueue(conn, [Outgoing(7, 0, "new", "sendMessage", {})], NOW))
    assert await _send(store, 9, Turn()) == []
    (first,) = await store.claim(lambda conn: outbox.claim(conn, NOW + LEASE, LEASE, 9))
    assert first.message.key == "7:0"


async def test_of_a_long_queue_only_the_next_ones_rest_and_its_order_holds(store: Store) -> None:
    await _fill(store, [7], 30)
    await _rest_all(store, NOW + LEASE)
    assert await _ready(store) == [f"7:{number}" for number in range(11, 30)]
    assert await _send(store, 9, Turn()) == []
    later = NOW + LEASE
    keys = []
    while claimed := await store.claim(lambda conn: outbox.claim(conn, later, LEASE, 9)):
        keys += [item.message.key for item in claimed]
        for item in claimed:
            await store.change(partial(outbox.sent, claim=item.claim, message_id=None, now=later))
    assert keys == [f"7:{number}" for number in range(30)]


async def test_what_is_to_be_handled_alone_keeps_its_turn_until_nothing_else_is_in_hand(store: Store) -> None:
    turn, later = Turn(), NOW + LEASE
    await store.change(lambda conn: inbox.put(conn, [{"update_id": 1, "message": {"chat": {"id": 50}}}], NOW))
    await store.claim(lambda conn: inbox.claim(conn, NOW, timedelta(), 1))
    others = [{"update_id": 2 + chat, "message": {"chat": {"id": chat}}} for chat in range(40)]
    await store.change(lambda conn: inbox.put(conn, others, NOW))

    async def claim(*in_hand: int) -> list[int] | None:
        claimed = await store.claim(lambda conn: inbox.claim(conn, later, LEASE, 40, in_hand, turn=turn))
        return None if claimed is None else [item.update_id for item in claimed]

    assert await claim(2) is None
    assert await claim() == [1]
    assert await claim(1) == [*range(2, 42)]


async def test_when_very_many_chats_rest_the_next_one_is_looked_up(store: Store, url: str) -> None:
    """It went through all of them: with 10,000 that took Postgres 0.6 s, and SQLite 22 ms."""
    await _fill(store, range(3_000), 2)
    lasting = sa.update(outbox_rows).where(outbox_rows.c.key.like("%:0"))
    await store.change(lambda conn: conn.execute(lasting.values(due=NOW + LEASE)))
    if store.is_shared:
        await store.change(lambda conn: conn.execute(sa.text("ANALYZE outbox")))
    judged = await asyncio.to_thread(judge, url, outbox.next_due, most=100)
    assert judged.faults == ()
    if not store.is_shared:
        assert {step for step in judged.steps if step.startswith("SEARCH outbox ")} == {
            "SEARCH outbox USING INDEX ix_outbox_state_due (state=? AND due>?)",
            "SEARCH outbox USING INDEX ix_outbox_state_lease_until (state=? AND lease_until>?)",
        }


_TIMES = st.none() | st.integers(-3, 3)


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from([State.WAITING, State.DONE]), _TIMES, _TIMES), max_size=9
    )
)
@settings(deadline=None, max_examples=50)
def test_the_next_row_is_the_first_of_its_lane_that_comes_to_be_free(
    migrated: Path, rows: list[tuple[int, State, int | None, int | None]]
) -> None:
    def moment(seconds: int | None) -> datetime | None:
        return None if seconds is None else NOW + timedelta(seconds=seconds)

    engine = find(f"sqlite:///{migrated}").write_engine()
    heads: dict[int, int | None] = {}
    with engine.connect() as connection:
        for number, (chat, state, due, lease) in enumerate(rows):
            values = {"chat_id": chat, "state": state, "due": moment(due), "lease_until": moment(lease)}
            raw = {"update_id": number, "attempts": 0, "deaths": 0, "raw": "{}", "received": NOW}
            connection.execute(sa.insert(inbox_rows).values(raw | values))
            if state == State.WAITING:
                heads.setdefault(chat, max((time for time in (due, lease) if time is not None), default=None))
        found = asyncio.run(_next_update(Connection(connection)))
        connection.rollback()
    engine.dispose()
    assert found == moment(min((head for head in heads.values() if head is not None), default=None))


async def _next_update(conn: Connection) -> datetime | None:
    return await inbox.next_due(conn)


@given(st.lists(st.tuples(st.sampled_from(("put", "rest", "send", "wait")), st.integers(0, 2), st.integers(1, 3))))
@settings(deadline=None, max_examples=50)
def test_a_claim_finds_the_first_message_of_each_chat_that_does_not_rest_and_nothing_else(
    migrated: Path, steps: list[tuple[str, int, int]]
) -> None:
    engine = find(f"sqlite:///{migrated}").write_engine()
    with engine.connect() as connection:
        asyncio.run(_live_through(Connection(connection), steps))
        connection.rollback()
    engine.dispose()


async def _live_through(conn: Connection, steps: list[tuple[str, int, int]]) -> None:
    """Claim after each step whatever is free."""
    now, waiting, rests_until = NOW, defaultdict[int, list[str]](list), dict[int, datetime]()
    in_hand = dict[int, OutboxItem]()
    for number, (step, chat, seconds) in enumerate(steps):
        later = now + timedelta(seconds=seconds)
        if step == "put":
            await outbox.enqueue(conn, [Outgoing(chat, 0, str(number), "sendMessage", {})], now)
            waiting[chat].append(str(number))
        elif step == "wait":
            now = later
        elif item := in_hand.pop(chat, None):
            if step == "rest":
                await outbox.retry(conn, item.claim, later, "no network")
                rests_until[chat] = later
            else:
                await outbox.sent(conn, item.claim, None, now)
                waiting[chat].pop(0)
        claimed = await outbox.claim(conn, now, timedelta(days=1), 9)
        free = [chat for chat in waiting if chat not in in_hand and rests_until.get(chat, now) <= now]
        assert {item.message.key for item in claimed} == {waiting[chat][0] for chat in free if waiting[chat]}
        in_hand |= {item.message.chat_id: item for item in claimed}
