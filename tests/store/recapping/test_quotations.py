from datetime import datetime, timedelta

import pytest

from bot.posts import Post
from bot.recap import Quotation, RunState
from bot.store.connection import Connection
from bot.store.desks import posts
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.lanes import Claim
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import quotations, recaps, runs
from bot.store.upkeep.retention import forget
from tests.store.recapping.test_recaps import CHANNEL, DESK, HOUR, NOW, _add

LATER = NOW + HOUR


async def _post(conn: Connection, number: int) -> tuple[int, str]:
    stored = await posts.add(conn, DESK, Post(f"p{number}", f"Text {number}"), NOW, message_id=number)
    return stored.seq, stored.post.id


async def _edit(conn: Connection, number: int, text: str, now: datetime = LATER) -> None:
    await posts.edit(conn, DESK, number, Post(f"p{number}", text), now)


async def _run(conn: Connection, *quoted: tuple[int, str], state: RunState = RunState.POSTED) -> int:
    """Make a run with a quotation of each of some posts."""
    recap = await _add(conn)
    await runs.open_run(conn, recap.id, NOW, NOW)
    ((run),) = await runs.history(conn, recap.id, 1)
    await quotations.put(
        conn, run.id, [Quotation(1, f"<b>{name}</b>", name, ((seq, name),), (), NOW) for seq, name in quoted]
    )
    await runs.end(conn, run, state, NOW)
    return run.id


async def test_runs_that_quote_an_edition_that_was_replaced_are_found_until_they_quote_the_new_one(
    store: Store,
) -> None:
    async with store.write() as conn:
        first, second = await _post(conn, 1), await _post(conn, 2)
        run, other = await _run(conn, first, second), await _run(conn, second)
        assert await quotations.edited_runs(conn, NOW) == []
        await _edit(conn, 1, "Another text")
        assert await quotations.edited_runs(conn, NOW) == [run]
        (found,) = await quotations.edited_of_run(conn, run)
        assert found.quotation.html == "<b>p1</b>"
        assert await quotations.edited_of_run(conn, other) == []
        seq, name = first[0], f"p1@{LATER.timestamp():.6f}"
        again = Quotation(1, "<b>new</b>", "new", ((seq, name),), (), NOW)
        await quotations.change(conn, found.id, again)
        assert await quotations.edited_runs(conn, NOW) == []
        await _edit(conn, 1, "A third text", LATER + HOUR)
        assert [one.quotation for one in await quotations.edited_of_run(conn, run)] == [again]


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.SKIPPED, RunState.EMPTY])
async def test_what_was_not_posted_is_not_followed(store: Store, state: RunState) -> None:
    async with store.write() as conn:
        await _run(conn, await _post(conn, 1), state=state)
        await _edit(conn, 1, "Another text")
        assert await quotations.edited_runs(conn, NOW) == []


async def test_what_was_posted_too_long_ago_is_not_followed(store: Store) -> None:
    async with store.write() as conn:
        run = await _run(conn, await _post(conn, 1))
        await _edit(conn, 1, "Another text")
        assert await quotations.edited_runs(conn, NOW) == [run]
        assert await quotations.edited_runs(conn, NOW + timedelta(microseconds=1)) == []


async def test_what_is_dropped_is_followed_no_more(store: Store) -> None:
    async with store.write() as conn:
        run = await _run(conn, await _post(conn, 1))
        await _edit(conn, 1, "Another text")
        await quotations.drop(conn, [one.id for one in await quotations.edited_of_run(conn, run)])
        assert await quotations.edited_runs(conn, NOW) == []


async def test_the_last_edit_of_a_run_and_one_that_waits_are_known(store: Store) -> None:
    async with store.write() as conn:
        run = await _run(conn, await _post(conn, 1))
        part = Outgoing(CHANNEL.chat_id, 0, "part", "sendMessage", {"text": "a"}, run)
        await outbox.enqueue(conn, [part], NOW)
        assert await quotations.edited_last(conn, run) == (False, None)
        await outbox.enqueue(conn, [Outgoing(CHANNEL.chat_id, 0, "edit", "editMessageText", {}, run)], NOW)
        assert await quotations.edited_last(conn, run) == (True, NOW)
        await outbox.fail(conn, Claim(2, 0), "message can't be edited")
        assert await quotations.edited_last(conn, run) == (False, NOW)
        await outbox.enqueue(conn, [Outgoing(CHANNEL.chat_id, 0, "again", "editMessageText", {}, run)], NOW)
        await outbox.sent(conn, Claim(3, 0), None, LATER)
        assert await quotations.edited_last(conn, run) == (False, LATER)


async def test_they_go_with_the_recap_and_with_the_posts(store: Store) -> None:
    async with store.write() as conn:
        run = await _run(conn, await _post(conn, 1))
        await _edit(conn, 1, "Another text")
        await recaps.delete(conn, 1)
        assert await quotations.edited_of_run(conn, run) == []
        other = await _run(conn, await _post(conn, 2))
        await _edit(conn, 2, "Another text")
        await forget(conn, DESK.chat_id)
        assert await quotations.edited_of_run(conn, other) == []
