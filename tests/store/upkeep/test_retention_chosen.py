"""What chats have chosen to keep for a shorter time than the bot does."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.chat_settings import ChatSettings
from bot.recap import RecapOptions, RunState, ToldStory
from bot.store.desks import chat_settings, posts
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import recaps
from bot.store.tables import State, runs, told
from bot.store.tables import outbox as outbox_rows
from bot.store.upkeep.retention import count_older, purge_chat, purge_chosen
from tests.store.upkeep.test_retention import NOW, OTHERS, OURS
from tests.store.upkeep.test_retention import _fill as fill
from tests.store.upkeep.test_retention import _rows as rows_of


async def test_what_a_chat_keeps_for_a_shorter_time_goes_sooner_and_nothing_of_other_chats(store: Store) -> None:
    ten_days_ago = NOW - timedelta(days=10)
    await fill(store, OURS, ten_days_ago, "ours", 1)
    await fill(store, OTHERS, ten_days_ago, "others", 2)
    async with store.write() as conn:
        await chat_settings.put(conn, OURS.chat_id, ChatSettings(keep_days=30))
        assert (await purge_chosen(conn, NOW)).total == 0
        await chat_settings.put(conn, OURS.chat_id, ChatSettings(keep_days=7))
        assert await count_older(conn, OURS.chat_id, NOW - timedelta(days=7)) == 1
        purged = await purge_chosen(conn, NOW)
        assert (purged.posts, purged.albums, purged.updates, purged.messages) == (1, 1, 1, 1)
        assert (await purge_chosen(conn, NOW)).total == 0
    rows = await rows_of(store)
    assert {rows[name] for name in ("posts", "forwards", "albums", "analyses", "inbox", "outbox")} == {1}
    async with store.read() as conn:
        assert [stored.post.id for stored in await posts.select(conn, OTHERS)] == ["others"]


async def test_chats_that_keep_for_different_times_each_have_theirs(store: Store) -> None:
    for desk, days in ((OURS, 1), (OTHERS, 7)):
        await fill(store, desk, NOW - timedelta(days=days, hours=1), f"{days} days old", days)
        async with store.write() as conn:
            await chat_settings.put(conn, desk.chat_id, ChatSettings(keep_days=days))
    deleted = 0
    async with store.write() as conn:
        while (purged := await purge_chosen(conn, NOW)).total:
            deleted += purged.posts
    assert deleted == 2


async def test_what_a_group_has_chosen_holds_where_it_moved(store: Store) -> None:
    await fill(store, OTHERS, NOW - timedelta(days=2), "old", 1)
    async with store.write() as conn:
        await chat_settings.put(conn, OURS.chat_id, ChatSettings(keep_days=1))
        await chat_settings.move(conn, OURS.chat_id, OTHERS.chat_id)
        assert (await purge_chosen(conn, NOW)).posts == 1


async def test_what_recaps_told_of_a_chat_goes_with_its_posts(store: Store) -> None:
    ten_days_ago = NOW - timedelta(days=10)
    await fill(store, OURS, NOW, "new", 1)
    async with store.write() as conn:
        recap = await recaps.create(
            conn,
            owner_id=1,
            source=OURS,
            destination=OTHERS,
            title="News",
            schedule="daily 09:00 UTC",
            options=RecapOptions(),
            next_slot=NOW,
            now=ten_days_ago,
        )
        ended = sa.insert(runs).values(_ended_run(recap.id, ten_days_ago)).returning(runs.c.id)
        run_id = (await conn.execute(ended)).scalar_one()
        story = ToldStory("The river rose", (1,))
        await conn.execute(sa.insert(told), {"run_id": run_id, "part": 1, "content": story})
        part = Outgoing(OTHERS.chat_id, 0, "part", "sendMessage", {"text": "The river rose"}, run_id)
        await outbox.enqueue(conn, [part], ten_days_ago)
        await conn.execute(sa.update(outbox_rows).where(outbox_rows.c.key == "part").values(state=State.DONE))
        deleted = await purge_chat(conn, OURS.chat_id, NOW - timedelta(days=7))
    assert deleted == 0
    rows = await rows_of(store)
    assert (rows["runs"], rows["told"], rows["outbox"], rows["posts"], rows["recaps"]) == (0, 0, 1, 1, 1)


def _ended_run(recap_id: int, when: datetime) -> dict[str, object]:
    return {"recap_id": recap_id, "slot": when, "state": RunState.POSTED, "ended": when}
