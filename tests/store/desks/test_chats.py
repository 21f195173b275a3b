from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.posts import Desk, Post
from bot.store.desks import chats, posts
from bot.store.desks.chats import Chat, Summarised
from bot.store.engine import Store

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
CHAT = Chat(-1001234567890, "supergroup", "Новости", "news", "ru")


async def test_a_chat_comes_back_as_it_was_seen_last(store: Store) -> None:
    renamed = replace(CHAT, kind="channel", title="News", username=None)
    async with store.write() as conn:
        assert await chats.get(conn, CHAT.id) is None
        await chats.touch(conn, CHAT)
        assert await chats.get(conn, CHAT.id) == CHAT
        await chats.touch(conn, renamed)
        assert await chats.get(conn, CHAT.id) == renamed


async def test_a_guessed_language_never_replaces_the_one_that_a_chat_has(store: Store) -> None:
    async with store.write() as conn:
        await chats.touch(conn, replace(CHAT, lang=None))
        await chats.touch(conn, CHAT)
        await chats.touch(conn, replace(CHAT, lang="en"))
        assert await chats.get(conn, CHAT.id) == CHAT


async def test_each_desk_remembers_how_far_it_was_summarised(store: Store) -> None:
    desk, topic = Desk(7), Desk(7, 3)
    async with store.write() as conn:
        assert await chats.last_summarised(conn, desk) is None
        await chats.set_summarised(conn, desk, 5, NOW)
        await chats.set_summarised(conn, topic, 9, NOW)
        await chats.set_summarised(conn, desk, 6, NOW + timedelta(hours=1))
        assert await chats.last_summarised(conn, desk) == Summarised(6, NOW + timedelta(hours=1))
        assert await chats.last_summarised(conn, topic) == Summarised(9, NOW)


async def test_the_mark_of_a_desk_never_goes_back(store: Store) -> None:
    async with store.write() as conn:
        await chats.set_summarised(conn, Desk(7), 6, NOW)
        await chats.set_summarised(conn, Desk(7), 5, NOW + timedelta(hours=1))
        assert await chats.last_summarised(conn, Desk(7)) == Summarised(6, NOW)


async def test_the_desks_of_a_group_follow_it_with_posts_and_mark(store: Store) -> None:
    old, new = Desk(-7), Desk(-1007)
    async with store.write() as conn:
        for number, text in enumerate(("first", "second")):
            await posts.add(conn, old, Post(f"{number}", text), NOW, message_id=number)
        await posts.add(conn, new, Post("9", "second"), NOW)
        await chats.set_summarised(conn, old, 1, NOW)
        for _ in range(2):
            await chats.move_desks(conn, old.chat_id, new.chat_id)
        assert [stored.post.text for stored in await posts.select(conn, new)] == ["first", "second"]
        assert await posts.select(conn, old) == []
        assert await chats.last_summarised(conn, new) == Summarised(1, NOW)
        assert await chats.last_summarised(conn, old) is None


async def test_a_desk_that_was_summarised_under_its_new_id_keeps_that_mark(store: Store) -> None:
    async with store.write() as conn:
        await chats.set_summarised(conn, Desk(-7), 1, NOW)
        await chats.set_summarised(conn, Desk(-1007), 5, NOW)
        await chats.move_desks(conn, -7, -1007)
        assert await chats.last_summarised(conn, Desk(-1007)) == Summarised(5, NOW)
