from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.posts import Desk
from bot.store import chats
from bot.store.chats import Chat, Summarised
from bot.store.engine import Store

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
CHAT = Chat(-1001234567890, "supergroup", "Новости", "news", "ru", "Asia/Yerevan")


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
        await chats.touch(conn, replace(CHAT, lang=None, timezone=None))
        await chats.touch(conn, CHAT)
        await chats.touch(conn, replace(CHAT, lang="en", timezone="UTC"))
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
