from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.posts import Analysis, Desk, Mark, MarkKind, Origin, OriginKind, Post
from bot.store.desks import analyses, chats, posts, sources
from bot.store.desks.chats import Chat
from bot.store.desks.posts import Counted, Which
from bot.store.engine import Store
from bot.store.tables import editions, forwards

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
HOUR = timedelta(hours=1)
DESK, TOPIC = Desk(7), Desk(7, 3)
POST = Post(
    id="7:1",
    text="\ud800 The king opened a bridge.\0",
    date=NOW - HOUR,
    origin=Origin(OriginKind.CHANNEL, "World News", "worldnews", -1001234, 9, "Ed."),
    url="https://t.me/worldnews/9",
    lang="en",
    marks=(Mark(MarkKind.LINK, 0, 3, "https://example.org"),),
)


def _written(text: str, number: int = 1) -> Post:
    return Post(f"7:{number}", text)


async def _texts(
    store: Store, desk: Desk = DESK, limit: int | None = None, chars: int | None = None, **which: Any
) -> list[str]:
    async with store.read() as conn:
        found = await posts.select(conn, desk, Which(**which), limit=limit, chars=chars)
    return [stored.post.text for stored in found]


async def test_a_post_comes_back_exactly_with_when_it_was_received(store: Store) -> None:
    async with store.write() as conn:
        added = await posts.add(conn, DESK, POST, NOW, message_id=1, sender_id=7)
        (stored,) = await posts.select(conn, DESK)
    assert added == stored
    assert (stored.post, stored.received) == (POST, NOW)


async def test_a_post_that_is_forwarded_again_is_kept_once_with_both_messages(store: Store) -> None:
    async with store.write() as conn:
        added = await posts.add(conn, DESK, POST, NOW, message_id=1, sender_id=7)
        again = replace(POST, id="7:2")
        assert await posts.add(conn, DESK, again, NOW + HOUR, message_id=2, sender_id=8) == added
        first, second = [await posts.find_by_message(conn, DESK, number) for number in (1, 2)]
        carriers = (await conn.execute(sa.select(forwards.c.message_id, forwards.c.sender_id))).all()
        assert await posts.count(conn, DESK) == 1
    assert first == second
    assert first
    assert first.post == POST
    assert sorted(map(tuple, carriers)) == [(1, 7), (2, 8)]


async def test_what_its_channel_has_edited_and_is_forwarded_again_says_so_from_then_on(store: Store) -> None:
    newer = replace(POST, id="7:5", text=POST.text + " It was raining.")
    async with store.write() as conn:
        await posts.add(conn, DESK, POST, NOW, message_id=2)
        added = await posts.add(conn, DESK, newer, NOW + HOUR, message_id=5)
        for number, late in ((3, POST), (5, newer), (5, POST)):
            assert await posts.add(conn, DESK, late, NOW + 2 * HOUR, message_id=number) == added
        assert await posts.add(conn, DESK, POST, NOW + 3 * HOUR) == added  # from a file
        older = (await conn.execute(sa.select(editions.c.content))).scalars().all()
        assert await posts.select(conn, DESK) == [added]
    assert (added.post.text, older) == (newer.text, [POST])


async def test_the_same_post_in_another_topic_is_another_desk_s(store: Store) -> None:
    async with store.write() as conn:
        await posts.add(conn, DESK, POST, NOW)
        await posts.add(conn, TOPIC, POST, NOW)
        assert await posts.count(conn, DESK) == await posts.count(conn, TOPIC) == 1


async def test_a_message_that_brought_nothing_carries_no_post(store: Store) -> None:
    async with store.write() as conn:
        await posts.add(conn, TOPIC, POST, NOW, message_id=1)
        assert await posts.find_by_message(conn, TOPIC, 2) is None
        assert await posts.find_by_message(conn, Desk(8, 3), 1) is None


async def test_posts_are_chosen_by_time_by_number_and_by_what_was_told(store: Store) -> None:
    async with store.write() as conn:
        for hour, text in enumerate(("a", "b", "c", "d")):
            await posts.add(conn, DESK, _written(text), NOW + hour * HOUR)
        second = (await posts.select(conn, DESK))[1].seq
    assert await _texts(store) == ["a", "b", "c", "d"]
    assert await _texts(store, since=NOW + HOUR) == ["b", "c", "d"]
    assert await _texts(store, until=NOW + HOUR) == ["a"]
    assert await _texts(store, limit=2) == ["c", "d"]
    assert await _texts(store, after=second) == ["c", "d"]
    assert await _texts(store, since=NOW + HOUR, until=NOW + 3 * HOUR, limit=1) == ["c"]


async def test_posts_are_counted_with_the_time_in_which_they_came(store: Store) -> None:
    async with store.write() as conn:
        assert await posts.survey(conn, DESK) == Counted(0, None, None)
        for hour in range(4):
            await posts.add(conn, DESK, _written(f"{hour}"), NOW + hour * HOUR)
        assert await posts.survey(conn, DESK) == Counted(4, NOW, NOW + 3 * HOUR)
        middle = Which(since=NOW + HOUR, until=NOW + 3 * HOUR)
        assert await posts.survey(conn, DESK, middle) == Counted(2, NOW + HOUR, NOW + 2 * HOUR)


async def test_the_newest_posts_are_chosen_until_they_are_too_long_together(store: Store) -> None:
    async with store.write() as conn:
        for hour, text in enumerate(("a" * 9000, "b" * 3000, "c" * 3000, "d" * 3000)):
            await posts.add(conn, DESK, _written(text, hour), NOW + hour * HOUR)
    chosen = {
        chars: [text[0] for text in await _texts(store, chars=chars)] for chars in (0, 2000, 4000, 20_000, 90_000)
    }
    assert chosen == {
        0: ["d"],
        2000: ["d"],
        4000: ["c", "d"],
        20_000: ["a", "b", "c", "d"],
        90_000: ["a", "b", "c", "d"],
    }
    assert [text[0] for text in await _texts(store, chars=90_000, limit=2, until=NOW + 3 * HOUR)] == ["b", "c"]


async def test_posts_and_their_sources_are_counted(store: Store) -> None:
    async with store.write() as conn:
        for number, origin in enumerate((CHANNEL, OTHER, CHANNEL, None, None)):
            post = Post(f"7:{number}", f"Text {number}", origin=origin and replace(origin, message_id=number))
            await posts.add(conn, DESK, post, NOW + number * HOUR)
        await posts.add(conn, TOPIC, _written("Text"), NOW)
        assert await posts.tally(conn, DESK, NOW) == (5, 3)
        assert await posts.tally(conn, DESK, NOW + 2 * HOUR) == (3, 2)
        assert await posts.tally(conn, DESK, NOW + 9 * HOUR) == (0, 0)


async def test_an_edit_takes_the_place_of_the_text_and_keeps_the_older(store: Store) -> None:
    async with store.write() as conn:
        await posts.add(conn, DESK, _written("Five people fled."), NOW, message_id=1)
        for minute, text in enumerate(("Six people fled.", "Seven people fled."), start=1):
            assert await posts.update_text(conn, DESK, 1, _written(text), NOW + timedelta(minutes=minute))
        (stored,) = await posts.select(conn, DESK)
        older = (await conn.execute(sa.select(editions.c.content).order_by(editions.c.until))).scalars().all()
    assert (stored.post.text, stored.received) == ("Seven people fled.", NOW)
    assert [post.text for post in older] == ["Five people fled.", "Six people fled."]
    assert len({stored.post.id, *(post.id for post in older)}) == 3


async def test_an_edit_that_changes_no_word_or_meets_no_post_changes_nothing(store: Store) -> None:
    async with store.write() as conn:
        await posts.add(conn, DESK, _written("Five people fled."), NOW, message_id=1)
        (before,) = await posts.select(conn, DESK)
        assert await posts.update_text(conn, DESK, 1, _written("Five people fled."), NOW + HOUR) == before.seq
        assert await posts.update_text(conn, DESK, 2, _written("Six people fled."), NOW + HOUR) is None
        assert await posts.select(conn, DESK) == [before]


async def test_the_original_forwarded_after_an_edit_is_still_the_same_post(store: Store) -> None:
    async with store.write() as conn:
        await posts.add(conn, DESK, POST, NOW, message_id=1)
        await posts.update_text(conn, DESK, 1, replace(POST, text="Edited."), NOW)
        await posts.add(conn, DESK, POST, NOW, message_id=2)
        assert await posts.count(conn, DESK) == 1


LONG = "The parliament voted on Monday for a budget of 1.5 billion euros, after a debate that lasted the whole night."
CHANNEL, OTHER = (Origin(OriginKind.CHANNEL, str(number), chat_id=number, message_id=9) for number in (-1001, -1002))
ANNA = Origin(OriginKind.USER, "Anna", chat_id=7)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (CHANNEL, OTHER, 1),
        (CHANNEL, ANNA, 1),
        (ANNA, CHANNEL, 1),
        (CHANNEL, replace(CHANNEL, message_id=10), 2),
    ],
    ids=["through another channel", "pasted by hand", "forwarded after it was pasted", "posted again by its channel"],
)
async def test_the_same_words_are_the_same_post_unless_one_channel_repeats_itself(
    store: Store, first: Origin, second: Origin, kept: int
) -> None:
    async with store.write() as conn:
        await posts.add(conn, DESK, Post("7:1", LONG, origin=first), NOW, message_id=1)
        await posts.add(conn, DESK, Post("7:2", f"**{LONG.upper()}**", origin=second), NOW, message_id=2)
        assert await posts.count(conn, DESK) == kept
        carried = [await posts.find_by_message(conn, DESK, number) for number in (1, 2)]
    assert all(carried)


async def test_what_stands_in_its_own_place_is_found_there_before_its_words_are_looked_for(store: Store) -> None:
    async with store.write() as conn:
        alike = await posts.add(conn, DESK, Post("7:1", LONG, origin=CHANNEL), NOW)
        there = await posts.add(conn, DESK, Post("7:2", "Short.", origin=OTHER), NOW)
        assert await posts.find(conn, DESK, Post("7:3", LONG, origin=OTHER)) == there
        assert await posts.find(conn, DESK, Post("7:3", LONG, origin=ANNA)) == alike


async def test_who_edits_a_copy_leaves_the_original_as_it_is(store: Store) -> None:
    async with store.write() as conn:
        await posts.add(conn, DESK, Post("7:1", LONG, origin=CHANNEL), NOW, message_id=1)
        await posts.add(conn, DESK, Post("7:2", LONG, origin=ANNA), NOW, message_id=2, sender_id=7)
        for text in ("I think so, too.", "I don't think so."):
            await posts.edit(conn, DESK, 2, Post("7:2", text, origin=ANNA), NOW + HOUR)
        await posts.edit(conn, DESK, 3, Post("7:3", "An edit of what was never seen."), NOW + HOUR)
        sender = await conn.execute(sa.select(forwards.c.sender_id).where(forwards.c.message_id == 2))
        assert sender.scalar_one() == 7
    assert await _texts(store) == [LONG, "I don't think so."]


async def test_posts_of_one_file_can_be_left_out_of_the_count(store: Store) -> None:
    async with store.write() as conn:
        for name in ("7:5:1", "7:5:2", "7:51:1", "7_5:1"):
            await posts.add(conn, DESK, Post(name, name), NOW)
        assert await posts.count(conn, DESK, besides="7:5:") == 2


async def test_names_that_no_database_holds_name_the_same_post_all_the_same(store: Store) -> None:
    strange = "https://example.org/\0\ud800"
    post, edited = Post(f"file:{strange}", "The river rose.", url=strange), Post(f"file:{strange}", "It fell.")
    async with store.write() as conn:
        stored = await posts.add(conn, DESK, post, NOW, message_id=1)
        assert await posts.add(conn, DESK, post, NOW) == stored
        await analyses.put(conn, {stored.seq: Analysis(post.id, 1, "en", False, (), (), ())})
        assert list(await analyses.get(conn, [stored.seq], 1)) == [stored.seq]
        assert await posts.count(conn, DESK, besides="file:") == 0
        await posts.edit(conn, DESK, 1, edited, NOW + HOUR)
        await chats.touch(conn, Chat(7, "private", strange, strange))
        await sources.mute(conn, DESK, strange)
        await sources.unmute(conn, DESK, strange)
        assert await sources.select(conn, DESK) == []
    assert await _texts(store) == ["It fell."]
