"""The queries of every update, every message and every minute take as long in a large database as in a small one."""

import asyncio
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.database import find
from bot.store.queues.outbox import claim
from bot.store.tables import outbox, posts
from bot.store.upkeep.migrate import migrate
from bot.store.upkeep.retention import purge_chosen
from tests.postgres import Server
from tests.store.many_rows import BIG, MONTH, NOW, Many, fill
from tests.store.plans import SORTS, hot_queries, judge

MANY = Many(20_000)
QUERIES = hot_queries(MANY)

# SQLite does not tell how many rows it sorts.
FEW_ARE_SORTED = {
    "claim updates": [
        "SCAN inbox USING INDEX ix_inbox_asking",
        SORTS,
        SORTS,
    ],  # those somebody waits for, to the 32nd
    "claim messages": [SORTS],
    "posts of a day that are not too long": [SORTS, SORTS],  # those of that day
    "posts after one": [SORTS],  # those after it
    "the window of a recap": [SORTS],  # those of the window
}


@pytest.fixture(scope="module")
def file(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{shutil.copy(migrated, tmp_path_factory.mktemp('plans') / 'many.sqlite3')}"
    fill(url, MANY)
    return url


@pytest.fixture(scope="module")
def server(postgres: Server) -> Iterator[str]:
    name = postgres.create()
    asyncio.run(migrate(postgres.url(name)))
    fill(postgres.url(name), MANY)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.mark.parametrize("name", QUERIES)
def test_postgres_looks_only_at_what_a_query_needs(server: str, name: str) -> None:
    assert judge(server, QUERIES[name]).faults == ()


@pytest.mark.parametrize("name", QUERIES)
def test_sqlite_looks_only_at_what_a_query_needs(file: str, name: str) -> None:
    assert list(judge(file, QUERIES[name]).faults) == FEW_ARE_SORTED.get(name, [])


def test_sqlite_looks_the_heads_of_lanes_up_and_does_not_walk_over_all_that_wait(file: str) -> None:
    """By the index of those that wait it took 48 ms for 35,000 updates of 50 chats, and takes 6."""
    steps = judge(file, QUERIES["claim updates"]).steps
    assert "SEARCH inbox USING INTEGER PRIMARY KEY (rowid=?)" in steps
    assert {step for step in steps if "ix_inbox_state" in step and "chat_id" not in step} == {_WHAT_IS_DUE}


_WHAT_IS_DUE = "SEARCH inbox USING COVERING INDEX ix_inbox_state_due (state=? AND due<?)"
_RESTING = 10_000


def _let_rest(url: str) -> None:
    """Let very many chats rest, with two messages each, and one after them not; as it is a moment after the first."""
    engine = find(url).write_engine()
    chats, row = range(1, _RESTING + 1), {"thread_id": 0, "method": "sendMessage", "payload": {}, "created": NOW}
    resting = [
        row | {"chat_id": chat, "key": f"{chat}:{part}", "due": NOW + MONTH, "attempts": 1 - part}
        for part in (0, 1)
        for chat in chats
    ]
    last = row | {"chat_id": _RESTING + 1, "key": "last"}
    with engine.begin() as connection:
        connection.execute(sa.insert(outbox), resting)
        connection.execute(sa.insert(outbox), last)
    engine.dispose()


async def _claim_the_last(conn: Connection) -> None:
    claimed = await claim(conn, NOW, timedelta(minutes=1), 8)
    assert [item.message.key for item in claimed] == ["last"]


def test_a_claim_looks_at_no_chat_that_rests(url: str) -> None:
    """It went through all of them: with 10,000 that took 0.35 s on Postgres, and 58 ms on SQLite."""
    _let_rest(url)
    judged = judge(url, _claim_the_last, most=100)
    assert judged.faults in ((), (SORTS,))  # SQLite does not tell how few it sorts
    if url.startswith("sqlite:"):
        walks = [step for step in judged.steps if "chat_id>?" in step]
        assert walks == 2 * ["SEARCH outbox USING INDEX ix_outbox_ready (state=? AND chat_id>?)"]


def test_postgres_looks_up_the_few_runs_of_chats_that_choose_how_long_they_keep(postgres_url: str) -> None:
    """With one query for recaps and runs it walked over all runs: it took each of the chats to have a recap."""
    with psycopg.connect(postgres_url) as connection:
        connection.execute(_RECAPS_OF_OTHERS)
    assert judge(postgres_url, lambda conn: purge_chosen(conn, NOW)).faults == ()


_RECAPS_OF_OTHERS = """
    INSERT INTO chat_settings (chat_id, content, keep_days) SELECT n, '{}', 7 FROM generate_series(1, 1000, 5) n;
    INSERT INTO recaps (id, owner_id, source_chat_id, source_thread_id, chat_id, thread_id, title, schedule, options,
        is_public, state, created, next_slot)
    SELECT n, n, n * 2, 0, -n, 0, '', '', '{}', false, 'active', 0, 0 FROM generate_series(1, 2000) n;
    INSERT INTO runs (recap_id, slot, state, attempts, ended)
    SELECT 1 + n % 2000, n, 'posted', 1, n FROM generate_series(1, 20000) n;
    ANALYZE chat_settings, recaps, runs;
"""


def test_sqlite_looks_the_messages_of_runs_up_and_does_not_walk_over_all_that_are_settled(file: str) -> None:
    steps = judge(file, QUERIES["delete what chats keep no longer"]).steps
    assert "SEARCH outbox USING INDEX ix_outbox_run_id (run_id=?)" in steps
    assert "SEARCH outbox USING INDEX ix_outbox_state_chat_id_id (state=?)" not in steps


_WALK = sa.select(posts.c.seq).where(posts.c.post_id == "m1")
_SORT = sa.select(posts.c.seq).where(posts.c.chat_id == BIG.chat_id).order_by(posts.c.post_id)


def test_what_postgres_does_too_much_would_be_told(server: str) -> None:
    assert judge(server, lambda conn: conn.execute(_WALK)).faults == ("walks over posts: 20,000 rows",)
    assert "sorts 5,000 rows" in judge(server, lambda conn: conn.execute(_SORT)).faults


def test_what_sqlite_does_too_much_would_be_told(file: str) -> None:
    assert judge(file, lambda conn: conn.execute(_WALK)).faults == ("SCAN posts",)
    assert judge(file, lambda conn: conn.execute(_SORT)).faults == (SORTS,)
