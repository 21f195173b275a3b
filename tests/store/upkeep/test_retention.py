from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.posts import Analysis, Desk, Post
from bot.store.desks import albums, analyses, bursts, chat_settings, chats, posts
from bot.store.desks.chats import Chat
from bot.store.engine import Store
from bot.store.queues import inbox, outbox
from bot.store.queues.lanes import Claim
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import recaps
from bot.store.tables import metadata
from bot.store.upkeep.retention import follow, forget, purge

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OLD = NOW - timedelta(days=40)
LIMIT = NOW - timedelta(days=30)
OURS, OTHERS = Desk(5), Desk(6)


async def _fill(store: Store, desk: Desk, when: datetime, name: str, number: int) -> None:
    """Let a chat have one of everything."""
    post = Post(id=name, text=f"The river rose by two metres near {name}.")
    async with store.write() as conn:
        await chats.touch(conn, Chat(desk.chat_id, "private", "Anna"))
        await albums.put_part(conn, desk, name, post, when, message_id=number, sender_id=1)
        await bursts.extend(conn, desk, when, when)
        stored = (await posts.select(conn, desk))[-1]
        await analyses.put(conn, {stored.seq: Analysis(post.id, 1, "en", False, (), (), ())})
        await chats.set_summarised(conn, desk, stored.seq, when)
        await inbox.put(conn, [{"update_id": number, "message": {"chat": {"id": desk.chat_id}}}], when)
        await inbox.finish(conn, Claim(number, 0))
        await outbox.enqueue(conn, [Outgoing(desk.chat_id, 0, name, "sendMessage", {"text": "x"})], when)
        item = (await outbox.claim(conn, when, timedelta(seconds=9), 1))[0]
        await outbox.sent(conn, item.claim, 1, when)


async def _rows(store: Store) -> dict[str, int]:
    async with store.read() as conn:
        return {
            table.name: (await conn.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
        }


async def test_what_is_older_goes_with_all_that_belongs_to_it(store: Store) -> None:
    await _fill(store, OURS, OLD, "old", 1)
    await _fill(store, OURS, NOW, "new", 2)
    async with store.write() as conn:
        purged = await purge(conn, LIMIT)
    assert (purged.posts, purged.albums, purged.updates, purged.messages, purged.total) == (1, 1, 1, 1, 4)
    rows = await _rows(store)
    assert {rows[name] for name in ("posts", "forwards", "albums", "analyses", "inbox", "outbox")} == {1}
    async with store.read() as conn:
        assert [stored.post.id for stored in await posts.select(conn, OURS)] == ["new"]
    async with store.read() as conn:
        assert len(await analyses.get(conn, [2], version=1)) == 1


async def test_what_waits_stays_however_old_it_is(store: Store) -> None:
    async with store.write() as conn:
        await inbox.put(conn, [{"update_id": 1}], OLD)
        await outbox.enqueue(conn, [Outgoing(5, 0, "late", "sendMessage", {})], OLD)
        assert (await purge(conn, LIMIT)).total == 0


async def test_much_goes_in_parts(store: Store) -> None:
    async with store.write() as conn:
        for number in range(1200):
            await posts.add(conn, OURS, Post(id=str(number), text=f"Text number {number}."), OLD)
    async with store.write() as conn:
        assert (await purge(conn, LIMIT)).posts == 1000
    async with store.write() as conn:
        assert (await purge(conn, LIMIT)).posts == 200
        assert (await purge(conn, LIMIT)).total == 0


async def test_a_chat_that_is_forgotten_leaves_nothing_and_others_keep_all(store: Store) -> None:
    await _fill(store, OTHERS, NOW, "others", 3)
    before = await _rows(store)
    await _fill(store, OURS, NOW, "ours", 4)
    await _fill(store, Desk(5, 7), NOW, "topic", 5)
    async with store.write() as conn:
        assert await forget(conn, 5) == 2
    assert await _rows(store) == before


async def test_what_a_group_left_is_forgotten_with_the_supergroup_that_it_became(store: Store) -> None:
    await _fill(store, OTHERS, NOW, "others", 3)
    before = await _rows(store)
    await _fill(store, OURS, NOW, "ours", 4)
    async with store.write() as conn:
        await chats.move_desks(conn, 5, -1005)
        await recaps.move(conn, 5, -1005)
        await chat_settings.move(conn, 5, -1005)
        await bursts.move(conn, 5, -1005)
        await follow(conn, 5, -1005)
        await forget(conn, -1005)
    # What the chat is called tells that a supergroup of that name is one that the bot knows.
    assert {**await _rows(store), "chats": before["chats"]} == before


async def test_the_update_that_asks_to_forget_is_still_there_to_be_finished(store: Store) -> None:
    async with store.write() as conn:
        await inbox.put(conn, [{"update_id": 1, "message": {"chat": {"id": 5}}}], NOW)
        await forget(conn, 5)
        assert await inbox.finish(conn, Claim(1, 0))
