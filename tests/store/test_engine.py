import asyncio
import os
import signal
import subprocess
import sys
import threading
from contextlib import aclosing

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.errors import StoreFault
from bot.store.connection import Connection
from bot.store.engine import Store, open_store
from bot.store.tables import chats
from tests.store.one_title import set_title, title_of


async def _count_up(conn: Connection) -> None:
    await set_title(conn, str(int(await title_of(conn) or 0) + 1))


async def _count_up_in_steps(store: Store) -> None:
    async with store.write() as conn:
        await asyncio.sleep(0)
        await _count_up(conn)


async def test_concurrent_read_modify_writes_are_all_kept(store: Store) -> None:
    await asyncio.gather(*(store.change(_count_up) for _ in range(200)))
    assert await store.look(title_of) == "200"


async def test_writers_of_two_stores_lose_nothing(store: Store, url: str) -> None:
    other = await open_store(url)
    try:
        await asyncio.gather(*(each.change(_count_up) for _ in range(50) for each in (store, other)))
    finally:
        await other.close()
    assert await store.look(title_of) == "100"


async def test_a_transaction_in_steps_that_others_were_in_the_way_of_fails_and_has_changed_nothing(
    store: Store,
) -> None:
    await store.change(_count_up)
    ended = await asyncio.gather(*(_count_up_in_steps(store) for _ in range(50)), return_exceptions=True)
    faults = [fault for fault in ended if fault is not None]
    assert all(isinstance(fault, StoreFault) for fault in faults)
    assert await store.look(title_of) == str(51 - len(faults))


async def test_an_exception_undoes_the_whole_transaction(store: Store) -> None:
    async def fail() -> None:
        async with store.write() as conn:
            await set_title(conn, "gone")
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with store.read() as conn:
        assert await title_of(conn) is None


async def test_a_cancelled_writer_undoes_its_work_and_frees_the_way(store: Store) -> None:
    reached = asyncio.Event()

    async def write_for_ever() -> None:
        async with store.write() as conn:
            await set_title(conn, "gone")
            reached.set()
            await asyncio.sleep(3600)

    task = asyncio.create_task(write_for_ever())
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with store.write() as conn:
        assert await title_of(conn) is None


async def test_writers_that_are_cancelled_at_any_step_leave_a_working_store(store: Store) -> None:
    for steps in range(40):
        task = asyncio.create_task(_count_up_in_steps(store))
        for _ in range(steps):
            await asyncio.sleep(0.0002)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with store.read() as conn:
        before = int(await title_of(conn) or 0)
    await _count_up_in_steps(store)
    async with store.read() as conn:
        assert await title_of(conn) == str(before + 1)


async def test_a_transaction_in_one_function_returns_what_it_found(store: Store) -> None:
    async def work(conn: Connection) -> str | None:
        await set_title(conn, "new")
        return await title_of(conn)

    assert await store.change(work) == "new"
    assert await store.look(title_of) == "new"


async def test_transactions_in_one_function_and_in_steps_take_turns(store: Store) -> None:
    await store.change(_count_up)
    steps = asyncio.gather(*(_count_up_in_steps(store) for _ in range(30)), return_exceptions=True)
    await asyncio.gather(*(store.change(_count_up) for _ in range(30)))
    committed = (await steps).count(None)
    assert await store.look(title_of) == str(31 + committed)


async def test_an_exception_undoes_a_transaction_in_one_function(store: Store) -> None:
    async def fail(conn: Connection) -> None:
        await set_title(conn, "gone")
        raise LookupError

    with pytest.raises(LookupError):
        await store.change(fail)
    assert await store.look(title_of) is None


async def test_a_transaction_in_one_function_that_waits_for_something_else_is_refused_and_undone(store: Store) -> None:
    done = asyncio.get_running_loop().create_future()

    async def wait(conn: Connection) -> None:
        await set_title(conn, "gone")
        await done

    with pytest.raises(RuntimeError, match="nothing but the database"):
        await store.change(wait)
    assert await store.look(title_of) is None


async def test_a_transaction_in_one_function_that_nobody_waits_for_is_whole_and_the_next_comes_behind_it(
    store: Store,
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    async def work(conn: Connection) -> None:
        await set_title(conn, "half")
        reached.set()
        go_on.wait(60)
        await set_title(conn, "whole")

    task = asyncio.create_task(store.change(work))
    await asyncio.to_thread(reached.wait, 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    following = asyncio.create_task(store.change(title_of))
    go_on.set()
    assert await following == "whole"


async def test_a_look_can_not_write(store: Store) -> None:
    with pytest.raises(StoreFault, match="read-only"):
        await store.look(lambda conn: set_title(conn, "no"))


async def test_a_reader_waits_for_no_writer_and_sees_one_moment(store: Store) -> None:
    async with store.write() as writer:
        await set_title(writer, "old")
    async with store.read() as reader:
        assert await title_of(reader) == "old"
        async with store.write() as writer:
            await set_title(writer, "new")
        assert await title_of(reader) == "old"
    async with store.read() as reader:
        assert await title_of(reader) == "new"


async def test_a_reader_can_not_write(store: Store) -> None:
    with pytest.raises(StoreFault, match="read-only"):
        async with store.read() as conn:
            await set_title(conn, "no")


async def test_many_readers_read_at_once(store: Store) -> None:
    async def read() -> str | None:
        async with store.read() as conn:
            return await title_of(conn)

    assert await asyncio.gather(*(read() for _ in range(100))) == [None] * 100


async def test_a_broken_rule_of_the_schema_is_no_fault_of_the_database(store: Store) -> None:
    with pytest.raises(IntegrityError):
        async with store.write() as conn:
            await conn.execute(sa.insert(chats).values(id=1, kind="private", title=None))


async def test_more_look_at_once_than_there_are_readers(store: Store) -> None:
    assert await asyncio.gather(*(store.look(title_of) for _ in range(100))) == [None] * 100


_WRITER = """
import asyncio, sys
import sqlalchemy as sa
from bot.store.engine import open_store
from bot.store.tables import chats

async def main():
    store = await open_store(sys.argv[1])
    for number in range(1, 1_000_000):
        async with store.write() as conn:
            for half in (number, -number):
                await conn.execute(sa.insert(chats).values(id=half, kind="private", title="x" * 2000))
        print(number, flush=True)

asyncio.run(main())
"""


def _write_and_kill(url: str, confirmed: int) -> int:
    """Kill a writer that has confirmed so many transactions; return how many it had confirmed in the end."""
    with subprocess.Popen([sys.executable, "-c", _WRITER, url], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        for line in writer.stdout:
            if int(line) >= confirmed:
                break
        os.kill(writer.pid, signal.SIGKILL)
        return int([line, *writer.stdout][-1])


@pytest.mark.parametrize("confirmed", [1, 20, 100])
async def test_a_killed_writer_leaves_whole_transactions_and_all_that_it_confirmed(
    store: Store, url: str, confirmed: int
) -> None:
    last = await asyncio.to_thread(_write_and_kill, url, confirmed)
    async with store.read() as conn:
        stored = set((await conn.execute(sa.select(chats.c.id))).scalars())
    assert stored >= {*range(1, last + 1)}
    assert stored == {-number for number in stored}


@pytest.mark.parametrize("count", [0, 1, 1001])
async def test_rows_that_are_streamed_are_those_that_are_fetched_at_once(store: Store, count: int) -> None:
    statement = sa.select(chats.c.id, chats.c.title).order_by(chats.c.id)
    async with store.write() as conn:
        for number in range(count):
            await conn.execute(sa.insert(chats).values(id=number, kind="private", title=f"chat {number}"))
        streamed = [tuple(row) async for row in conn.stream(statement)]
        assert streamed == [(number, f"chat {number}") for number in range(count)]
        assert streamed == [tuple(row) for row in await conn.execute(statement)]


async def test_whoever_stops_in_the_middle_of_a_stream_can_go_on_with_the_transaction(store: Store) -> None:
    async with store.write() as conn:
        for number in range(1001):
            await conn.execute(sa.insert(chats).values(id=number, kind="private", title=f"chat {number}"))
        async with aclosing(conn.stream(sa.select(chats.c.title))) as rows:
            async for _ in rows:
                break
        await conn.execute(sa.delete(chats).where(chats.c.id > 0))
        assert await title_of(conn) == "chat 0"
