from datetime import UTC, datetime

from bot.posts import Desk, Origin, OriginKind, Post
from bot.store.desks import chats, posts, sources
from bot.store.desks.posts import Which
from bot.store.desks.sources import Source
from bot.store.engine import Store
from bot.store.upkeep.retention import forget

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OURS, TOPIC, OTHERS = Desk(5), Desk(5, 2), Desk(6)


async def _add(store: Store, desk: Desk, *sources_: str | None) -> None:
    async with store.write() as conn:
        for number, name in enumerate(sources_):
            origin = Origin(OriginKind.HIDDEN_USER, name) if name is not None else None
            text = f"The river near {name} in {desk} rose by {number} metres."
            await posts.add(conn, desk, Post(id=f"{desk}:{number}", text=text, origin=origin), NOW)


async def _told(store: Store, desk: Desk, limit: int | None = None) -> list[str | None]:
    async with store.read() as conn:
        return [stored.post.source for stored in await posts.select(conn, desk, Which(told=True), limit=limit)]


async def test_sources_are_counted_by_desk_the_busiest_first(store: Store) -> None:
    await _add(store, OURS, "River", "Town", "Town", None)
    await _add(store, TOPIC, "Sea")
    async with store.read() as conn:
        assert await sources.select(conn, OURS) == [Source("Town", 2, muted=False), Source("River", 1, muted=False)]
        assert await sources.select(conn, TOPIC) == [Source("Sea", 1, muted=False)]
        assert await sources.select(conn, OTHERS) == []


async def test_the_posts_of_a_muted_source_are_kept_and_not_told(store: Store) -> None:
    await _add(store, OURS, "River", "Town", "Town", None)
    await _add(store, TOPIC, "Town")
    async with store.write() as conn:
        await sources.mute(conn, OURS, "Town")
        await sources.mute(conn, OURS, "Town")
    assert await _told(store, OURS) == ["River", None]
    assert await _told(store, OURS, limit=2) == ["River", None]
    assert await _told(store, TOPIC) == ["Town"]
    async with store.read() as conn:
        assert len(await posts.select(conn, OURS)) == 4
        assert (await sources.select(conn, OURS))[0] == Source("Town", 2, muted=True)
    async with store.write() as conn:
        await sources.unmute(conn, OURS, "Town")
        await sources.unmute(conn, OURS, "Town")
    assert await _told(store, OURS) == ["River", "Town", "Town", None]


async def test_a_source_can_be_muted_before_it_writes(store: Store) -> None:
    async with store.write() as conn:
        await sources.mute(conn, OURS, "Town")
        assert await sources.select(conn, OURS) == [Source("Town", 0, muted=True)]
    await _add(store, OURS, "Town")
    assert await _told(store, OURS) == []


async def test_a_name_that_no_database_holds_is_stored_without_what_it_refuses(store: Store) -> None:
    await _add(store, OURS, "River\ud800 \0News", "\0")
    async with store.write() as conn:
        assert [source.name for source in await sources.select(conn, OURS)] == ["River? News"]
        await sources.mute(conn, OURS, "River? News")
    assert await _told(store, OURS) == ["\0"]


async def test_what_is_muted_follows_a_group_and_is_forgotten_with_it(store: Store) -> None:
    async with store.write() as conn:
        for desk, name in ((OURS, "Town"), (TOPIC, "Sea"), (OTHERS, "Town")):
            await sources.mute(conn, desk, name)
        await chats.move_desks(conn, OURS.chat_id, OTHERS.chat_id)
        await chats.move_desks(conn, OURS.chat_id, OTHERS.chat_id)
        assert await sources.select(conn, OURS) == []
        assert await sources.select(conn, OTHERS) == [Source("Town", 0, muted=True)]
        assert await sources.select(conn, Desk(OTHERS.chat_id, 2)) == [Source("Sea", 0, muted=True)]
        await forget(conn, OTHERS.chat_id)
        assert await sources.select(conn, OTHERS) == []
