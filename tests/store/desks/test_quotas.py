import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st

from bot.store.connection import Connection
from bot.store.database import find
from bot.store.desks import quotas
from bot.store.engine import Store, open_store
from bot.store.tables import quotas as table
from bot.store.upkeep.migrate import migrate
from bot.store.upkeep.retention import forget
from tests.postgres import Server

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
_MICROSECONDS = 60_000_000
ANNA, BORIS = 7, 8


async def _take(store: Store, person: int = ANNA, kind: str = "posts", most: int = 3, now: datetime = NOW) -> bool:
    return await store.claim(lambda conn: quotas.take(conn, person, kind, most, now))


async def _kept(store: Store) -> list[tuple[int, str]]:
    found = await store.look(lambda conn: conn.execute(sa.select(table.c.person_id, table.c.kind)))
    return sorted((person, kind) for person, kind in found)


@pytest.fixture
async def other(url: str) -> AsyncIterator[Store]:
    """The same database, as another process has it open."""
    store = await open_store(url)
    yield store
    await store.close()


async def test_so_much_is_let_through_at_once_and_then_what_drains(store: Store) -> None:
    assert [await _take(store) for _ in range(4)] == [True, True, True, False]
    later = NOW + MINUTE / 3
    assert not await _take(store, now=later - timedelta(microseconds=1))
    assert [await _take(store, now=later) for _ in range(2)] == [True, False]
    assert [await _take(store, now=later + MINUTE) for _ in range(4)] == [True, True, True, False]


async def test_people_and_kinds_have_quotas_of_their_own(store: Store) -> None:
    assert not [None for _ in range(3) if not await _take(store)]
    assert await _take(store, BORIS)
    assert await _take(store, kind="summaries")
    assert not await _take(store)


async def test_a_limit_that_was_changed_holds_at_once(store: Store) -> None:
    assert [await _take(store, most=2) for _ in range(3)] == [True, True, False]
    later = NOW + MINUTE / 2
    assert [await _take(store, most=10, now=later) for _ in range(6)] == [True] * 5 + [False]


async def test_two_that_take_at_once_share_a_limit(store: Store, other: Store) -> None:
    taken = await asyncio.gather(*(_take(who, most=25) for _ in range(25) for who in (store, other)))
    assert Counter(taken) == {True: 25, False: 25}


async def test_what_was_used_is_remembered_when_the_process_is_started_anew(url: str) -> None:
    for expected in ([True, True], [True, False]):
        store = await open_store(url)
        assert [await _take(store) for _ in range(2)] == expected
        await store.close()


async def test_what_a_clock_that_was_wrong_has_written_counts_for_nothing(store: Store) -> None:
    assert await _take(store, now=NOW + timedelta(days=365))
    assert [await _take(store) for _ in range(4)] == [True, True, True, False]


async def test_a_clock_that_is_a_little_behind_sees_what_was_used(store: Store) -> None:
    assert [await _take(store) for _ in range(3)] == [True] * 3
    assert not await _take(store, now=NOW - timedelta(seconds=30))


async def test_what_has_drained_is_deleted_and_what_counts_is_not(store: Store) -> None:
    for _ in range(2):
        await _take(store, ANNA)
    await _take(store, BORIS)
    await _take(store, 9, now=NOW + timedelta(days=365))
    await store.claim(lambda conn: quotas.drop_drained(conn, NOW + MINUTE / 3))
    assert await _kept(store) == [(ANNA, "posts")]
    assert [await _take(store, now=NOW + MINUTE / 3) for _ in range(3)] == [True, True, False]
    await store.claim(lambda conn: quotas.drop_drained(conn, NOW + 3 * MINUTE))
    assert await _kept(store) == []


async def test_who_was_refused_can_t_begin_anew_by_being_forgotten(store: Store) -> None:
    assert [await _take(store) for _ in range(4)] == [True, True, True, False]
    await store.change(lambda conn: forget(conn, ANNA))
    assert not await _take(store)


async def test_no_commit_waits_for_the_disk_of_postgres(postgres_url: str) -> None:
    store = await open_store(postgres_url)
    kind = sa.text("SELECT relpersistence::text FROM pg_class WHERE oid = 'quotas'::regclass")
    assert (await store.look(lambda conn: conn.execute(kind))).scalar() == "u"  # unlogged
    await store.close()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def engine(
    request: pytest.FixtureRequest, postgres: Server, migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sa.Engine]:
    """An engine whose transactions are undone."""
    name = postgres.create()
    url = postgres.url(name)
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(migrated, tmp_path_factory.mktemp('quotas') / 'sitrep.sqlite3')}"
    else:
        asyncio.run(migrate(url))
    engine = find(url).write_engine()
    yield engine
    engine.dispose()
    postgres.drop(name)


def _let_through(engine: sa.Engine, most: int, moments: list[int]) -> list[int]:
    """Return those moments, in microseconds, at which a quota that nobody has used at first lets somebody through."""

    async def take(conn: Connection) -> list[int]:
        return [
            moment
            for moment in moments
            if await quotas.take(conn, ANNA, "posts", most, NOW + timedelta(microseconds=moment))
        ]

    with engine.connect() as connection:
        through = asyncio.run(take(Connection(connection)))
        connection.rollback()
    return through


_MOMENTS = st.lists(st.integers(0, 3 * _MICROSECONDS) | st.integers(0, 100), max_size=40).map(sorted)


@given(most=st.sampled_from([1, 2, 3, 4, 5, 6, 10, 12, 20]), moments=_MOMENTS)
@example(most=3, moments=[0, 0, 0, 0, 20_000_000, 20_000_000, 60_000_000, 60_000_000])
def test_one_moment_says_as_much_as_how_full_a_bucket_is_and_when_it_was(
    engine: sa.Engine, most: int, moments: list[int]
) -> None:
    level, before, expected = Fraction(0), 0, []
    for moment in moments:
        level = max(Fraction(0), level - Fraction((moment - before) * most, _MICROSECONDS))
        before = moment
        if level + 1 <= most:
            level += 1
            expected.append(moment)
    assert _let_through(engine, most, moments) == expected


@given(most=st.integers(1, 30), moments=_MOMENTS, window=st.integers(0, 2 * _MICROSECONDS))
@example(most=7, moments=[0] * 8, window=0)
def test_within_any_time_no_more_is_let_through_than_a_bucket_holds_and_what_it_drains(
    engine: sa.Engine, most: int, moments: list[int], window: int
) -> None:
    through = _let_through(engine, most, moments)
    allowed = most + Fraction(window * most, _MICROSECONDS) + Fraction(1, 1000)  # shares of a minute are whole
    assert all(sum(start <= moment <= start + window for moment in through) <= allowed for start in through)
    assert len(through) >= min(most, len(moments))
