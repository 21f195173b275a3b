"""What is so only with Postgres: several that write at once, who are woken, and a server that may go away."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

from bot.errors import StoreFault
from bot.posts import Desk, Post
from bot.recap import RecapOptions, RunState
from bot.store.connection import Connection, Work
from bot.store.database import shown
from bot.store.desks import bursts, posts
from bot.store.engine import Store, open_store
from bot.store.migrations.postgres import CHANNEL
from bot.store.queues import inbox, outbox, parked
from bot.store.queues.inbox import InboxItem
from bot.store.queues.lanes import Claim
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import recaps, runs, windows
from bot.store.tables import State, chats
from bot.store.upkeep.migrate import migrate
from tests.postgres import Server
from tests.store.one_title import set_title, title_of
from tests.waiting import until

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
LEASE = timedelta(seconds=60)


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[Store]:
    store = await open_store(postgres_url)
    yield store
    await store.close()


@pytest.fixture
async def other(postgres_url: str) -> AsyncIterator[Store]:
    """The store as another process has it."""
    store = await open_store(postgres_url)
    yield store
    await store.close()


@pytest.fixture
def session(postgres_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgres_url, autocommit=True) as session:
        yield session


async def test_it_is_shared(store: Store) -> None:
    assert store.is_shared


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
async def test_every_usual_way_to_write_the_url_is_understood(postgres_url: str, scheme: str) -> None:
    await (await open_store(postgres_url.replace("postgresql", scheme, 1))).close()


def test_a_url_is_shown_without_its_password() -> None:
    assert "secret" not in shown("postgresql://anna:secret@host/base")
    assert "secret" not in shown("no url: secret")


async def test_work_that_others_were_in_the_way_of_is_done_again(store: Store, other: Store) -> None:
    await store.change(lambda conn: set_title(conn, "0"))
    seen, go_on = threading.Event(), threading.Event()
    times = []

    async def count_up(conn: Connection) -> None:
        title = await title_of(conn)
        times.append(title)
        seen.set()
        go_on.wait(60)
        await set_title(conn, f"{title} counted")

    counting = asyncio.create_task(store.change(count_up))
    await asyncio.to_thread(seen.wait, 60)
    await other.change(lambda conn: set_title(conn, "1"))
    go_on.set()
    await counting
    assert times == ["0", "1"]
    assert await store.look(title_of) == "1 counted"


async def test_work_that_never_comes_through_is_a_fault_after_some_times(store: Store, other: Store) -> None:
    times = []
    loop = asyncio.get_running_loop()

    async def lose(conn: Connection) -> None:
        times.append(await title_of(conn))
        asyncio.run_coroutine_threadsafe(other.change(lambda conn: set_title(conn, str(len(times)))), loop).result(60)
        await set_title(conn, "ours")

    with pytest.raises(StoreFault, match="too many"):
        await store.change(lose)
    assert len(times) > 3
    assert await store.look(title_of) == str(len(times))


async def test_what_would_break_a_rule_however_often_it_is_done_comes_out_as_it_is(store: Store) -> None:
    async def twice(conn: Connection) -> None:
        for _ in range(2):
            await conn.execute(sa.insert(chats).values(id=1, kind="private", title="Anna"))

    with pytest.raises(IntegrityError):
        await store.change(twice)


async def test_several_that_claim_at_once_get_everything_once_and_each_chat_in_order(
    store: Store, other: Store
) -> None:
    updates = [{"update_id": n, "message": {"chat": {"id": n % 7 + 1}}} for n in range(210)]
    await store.change(lambda conn: inbox.put(conn, updates, NOW))
    done: list[int] = []

    async def work(store: Store) -> None:
        while await _waits(store):
            for item in await store.claim(lambda conn: inbox.claim(conn, NOW, LEASE, 3)) or []:
                assert await store.change(partial(inbox.finish, claim=item.claim))
                done.append(item.update_id)

    await asyncio.gather(*(work(each) for each in (store, other, store)))
    assert sorted(done) == list(range(210))
    for chat in range(7):
        of_chat = [number for number in done if number % 7 == chat]
        assert of_chat == sorted(of_chat)


async def _waits(store: Store) -> bool:
    return (await store.look(inbox.counts))[State.WAITING] > 0


async def test_a_claim_passes_over_what_somebody_else_is_about_to_claim(store: Store, other: Store) -> None:
    updates = [{"update_id": n, "message": {"chat": {"id": n}}} for n in (1, 2, 3)]
    await store.change(lambda conn: inbox.put(conn, updates, NOW))
    has_claimed, go_on = threading.Event(), threading.Event()

    async def claim_slowly(conn: Connection) -> list[InboxItem] | None:
        claimed = await inbox.claim(conn, NOW, LEASE, 1)
        has_claimed.set()
        go_on.wait(60)
        return claimed

    claiming = asyncio.create_task(store.claim(claim_slowly))
    await asyncio.to_thread(has_claimed.wait, 60)
    others = await other.claim(lambda conn: inbox.claim(conn, NOW, LEASE, 9))
    go_on.set()
    assert [item.update_id for item in await claiming or []] == [1]
    assert [item.update_id for item in others or []] == [2, 3]


async def test_a_burst_that_somebody_else_is_taking_is_passed_over(store: Store, other: Store) -> None:
    for chat in (1, 2):
        await store.change(partial(bursts.extend, desk=Desk(chat), now=NOW, due=NOW + chat * LEASE))
    async with store.write() as conn, other.write() as theirs:
        assert [burst.desk.chat_id for burst in await bursts.take(conn, NOW + LEASE)] == [1]
        assert [burst.desk.chat_id for burst in await bursts.take(theirs, NOW + 2 * LEASE)] == [2]


@pytest.mark.parametrize("last", [0, 0x7FFF_FFFF - 1, 0x7FFF_FFFF, 0x1_8000_0000 - 1])
async def test_of_a_recap_all_posts_are_told_though_one_with_a_smaller_number_is_stored_later(
    store: Store, other: Store, session: psycopg.Connection, last: int
) -> None:
    desks = Desk(1), Desk(2)
    if last:
        session.execute("SELECT setval('posts_seq_seq', %s)", [last])

    async def window() -> list[str]:
        upto = await store.look(windows.settled_seq)
        async with store.read() as conn:
            found = await windows.select(conn, desks, after=None, upto=upto, since=NOW, limit=9)
        return [stored.post.id for stored in found]

    async with store.write() as late:
        await posts.add(late, desks[0], Post("slow", "It was closed for a week."), NOW)
        await other.change(lambda conn: posts.add(conn, desks[1], Post("quick", "The river rose."), NOW))
        assert await window() == []
    assert await window() == ["slow", "quick"]


async def test_of_two_that_begin_slots_of_a_recap_at_once_one_sees_the_run_of_the_other(
    store: Store, other: Store
) -> None:
    recap = await store.change(_recap)
    async with store.write() as conn:
        await runs.open_run(conn, recap, NOW, NOW)
        later = asyncio.create_task(other.change(lambda conn: runs.open_run(conn, recap, NOW + LEASE, NOW)))
        await _until_somebody_waits_for_a_lock(other)
    assert await later
    history = await store.look(lambda conn: runs.history(conn, recap, 9))
    assert [run.state for run in history] == [RunState.WAITING, RunState.SKIPPED]


async def _until_somebody_waits_for_a_lock(store: Store) -> None:
    async def is_so() -> bool:
        return bool(await store.look(_waiting_for_locks))

    await until(is_so, 30)


async def _waiting_for_locks(conn: Connection) -> int:
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    return int((await conn.execute(waiting)).scalar_one())


async def _recap(conn: Connection) -> int:
    recap = await recaps.create(
        conn,
        owner_id=1,
        source=Desk(1),
        destination=Desk(2),
        title="News",
        schedule="daily 09:00 UTC",
        options=RecapOptions(),
        next_slot=NOW + LEASE,
        now=NOW,
    )
    return recap.id


async def _heard(session: psycopg.Connection) -> list[str]:
    """Tell what the session has heard of until now."""
    mark = "that is all"
    session.execute(sql.SQL("NOTIFY {}, {}").format(sql.Identifier(CHANNEL), sql.Literal(mark)))
    heard = []
    for notice in session.notifies():
        if notice.payload == mark:
            break
        heard.append(notice.payload)
    return heard


async def test_whoever_listens_hears_of_new_work_and_of_work_that_becomes_due(
    store: Store, session: psycopg.Connection
) -> None:
    session.execute(f"LISTEN {CHANNEL}")
    updates = [{"update_id": n, "message": {"chat": {"id": n}}} for n in (1, 2)]

    async def hears(work: Work[object]) -> list[str]:
        await store.change(work)
        return sorted(await _heard(session))

    assert await hears(lambda conn: inbox.put(conn, updates, NOW)) == ["inbox"]
    assert await hears(lambda conn: inbox.put(conn, updates, NOW)) == []
    assert await hears(lambda conn: inbox.claim(conn, NOW, LEASE, 2)) == []
    assert await hears(lambda conn: inbox.renew(conn, [Claim(1, 1)], NOW + 2 * LEASE)) == []
    assert await hears(lambda conn: inbox.release(conn, [Claim(1, 1)])) == ["inbox"]
    assert await hears(lambda conn: inbox.finish(conn, Claim(1, 0))) == []
    assert await hears(lambda conn: inbox.park(conn, Claim(2, 1), "boom")) == []
    assert await hears(lambda conn: parked.retry(conn, [2])) == ["inbox"]
    message = Outgoing(7, 0, "a", "sendMessage", {})
    assert await hears(lambda conn: outbox.enqueue(conn, [message], NOW)) == ["outbox"]
    assert await hears(lambda conn: outbox.enqueue(conn, [message], NOW)) == []
    assert await hears(lambda conn: bursts.extend(conn, Desk(7), NOW, NOW)) == ["bursts"]
    assert await hears(lambda conn: bursts.extend(conn, Desk(7), NOW, NOW)) == []
    assert await hears(_recap) == ["recaps"]
    assert await hears(lambda conn: recaps.set_next_slot(conn, 1, NOW + 2 * LEASE)) == []
    assert await hears(lambda conn: recaps.set_next_slot(conn, 1, NOW)) == ["recaps"]
    assert await hears(lambda conn: runs.open_run(conn, 1, NOW, NOW)) == ["runs"]
    (run,) = await store.change(lambda conn: runs.claim(conn, NOW, LEASE, 1))
    assert await hears(lambda conn: runs.send(conn, run, parts=1, posts=1, told_seq=1)) == []
    assert await hears(lambda conn: runs.end(conn, run, run.state.POSTED, NOW)) == ["runs"]
    await store.change(lambda conn: posts.add(conn, Desk(7), Post("1", "The river rose."), NOW, message_id=1))
    edited = Post("1", "The river rose by two metres.")
    assert await hears(lambda conn: posts.edit(conn, Desk(7), 1, edited, NOW)) == ["editions"]


async def test_a_connection_that_was_lost_is_made_anew(store: Store, session: psycopg.Connection) -> None:
    await store.change(lambda conn: set_title(conn, "before"))
    assert await store.look(title_of) == "before"
    session.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sitrep'")
    assert await store.look(title_of) == "before"
    await store.change(lambda conn: set_title(conn, "after"))
    assert await store.look(title_of) == "after"


async def test_what_was_lost_at_the_commit_is_a_fault_and_not_done_again(
    store: Store, session: psycopg.Connection
) -> None:
    times = []

    async def work(conn: Connection) -> None:
        times.append("once")
        await set_title(conn, "new")
        ours = (await conn.execute(sa.text("SELECT pg_backend_pid()"))).scalar_one()
        session.execute("SELECT pg_terminate_backend(%s, 60000)", [ours])

    with pytest.raises(StoreFault) as caught:
        await store.change(work)
    assert _is_one_line(caught.value)
    assert times == ["once"]
    assert await store.look(title_of) is None


async def test_a_server_that_is_down_is_named_and_back_it_is_found() -> None:
    server = Server("fsync=off")
    try:
        server.start()
        url = server.url(server.create())
        await migrate(url)
        store = await open_store(url)
        await store.change(lambda conn: set_title(conn, "before"))
        server.stop()
        with pytest.raises(StoreFault, match="test_1 at this machine") as caught:
            await store.change(lambda conn: set_title(conn, "meanwhile"))
        assert _is_one_line(caught.value)
        with pytest.raises(StoreFault):
            await open_store(url)
        server.start()
        assert await store.look(title_of) == "before"
        await store.change(lambda conn: set_title(conn, "after"))
        await store.close()
    finally:
        server.close()


def _is_one_line(fault: Exception) -> bool:
    return "\n" not in str(fault) and "SELECT" not in str(fault) and "http" not in str(fault)


async def test_a_database_that_is_not_there_is_named_and_no_password(postgres_url: str) -> None:
    url = make_url(postgres_url).set(database="nowhere", password="secret")
    with pytest.raises(StoreFault, match="nowhere") as caught:
        await open_store(url.render_as_string(hide_password=False))
    assert _is_one_line(caught.value)
    assert "secret" not in str(caught.value)


async def test_missing_rights_are_named(postgres_url: str, session: psycopg.Connection) -> None:
    session.execute("DROP ROLE IF EXISTS stranger")
    session.execute("CREATE ROLE stranger LOGIN")
    url = make_url(postgres_url).set(username="stranger")
    with pytest.raises(StoreFault, match="access is denied") as caught:
        await open_store(url.render_as_string(hide_password=False))
    assert _is_one_line(caught.value)


async def test_a_lock_that_is_kept_too_long_is_named(
    store: Store, session: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def change_hastily(conn: Connection) -> None:
        await conn.execute(sa.text("SET LOCAL lock_timeout = '10ms'"))
        await set_title(conn, "no")

    with session.transaction():
        session.execute("LOCK TABLE chats IN EXCLUSIVE MODE")
        with pytest.raises(StoreFault, match="locked") as caught:
            await store.change(change_hastily)
    assert _is_one_line(caught.value)


async def test_a_database_of_another_encoding_is_refused(postgres: Server, session: psycopg.Connection) -> None:
    session.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    try:
        with pytest.raises(StoreFault, match="UTF8"):
            await migrate(postgres.url("latin"))
    finally:
        postgres.drop("latin")
