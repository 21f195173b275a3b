from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Desk, Mark, MarkKind, Origin, OriginKind, Post
from bot.store.desks import albums, posts
from bot.store.desks.albums import merge
from bot.store.engine import Store

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
DESK = Desk(7)


def _part(number: int, text: str = "") -> Post:
    origin = Origin(OriginKind.CHANNEL, "World News", "worldnews", -1001234, 100 + number)
    return Post(f"7:{number}", text, NOW, origin, f"https://t.me/worldnews/{100 + number}")


async def _put(store: Store, album: str, *parts: Post) -> None:
    for part in parts:
        async with store.write() as conn:
            number = int(part.id.partition(":")[2])
            await albums.put_part(conn, DESK, album, part, NOW, message_id=number, sender_id=7)


async def _texts(store: Store) -> list[str]:
    async with store.read() as conn:
        return [stored.post.text for stored in await posts.select(conn, DESK)]


@pytest.mark.parametrize("order", list(permutations([1, 2, 3])))
async def test_an_album_is_one_post_that_all_its_messages_brought_in_whatever_order(
    store: Store, order: tuple[int, ...]
) -> None:
    parts = {1: _part(1), 2: _part(2, "The bridge is open."), 3: _part(3, "It cost 12 million.")}
    await _put(store, "a", *(parts[number] for number in order))
    assert await _texts(store) == ["The bridge is open.\n\nIt cost 12 million."]
    async with store.read() as conn:
        found = [await posts.find_by_message(conn, DESK, number) for number in parts]
    assert found[0]
    assert found[0].post.url == "https://t.me/worldnews/102"
    assert found == [found[0]] * 3


async def test_an_album_without_text_is_no_post(store: Store) -> None:
    await _put(store, "a", _part(1), _part(2, " \n"))
    assert await _texts(store) == []


async def test_albums_are_kept_apart(store: Store) -> None:
    await _put(store, "a", _part(1, "The bridge is open."), _part(2))
    await _put(store, "b", _part(3), _part(4, "Rain is coming."))
    assert await _texts(store) == ["The bridge is open.", "Rain is coming."]


async def test_an_album_that_is_forwarded_again_is_kept_once(store: Store) -> None:
    for album, first in (("a", 1), ("b", 11)):
        for part in (_part(1, "The bridge is open."), _part(2)):
            async with store.write() as conn:
                number = first + int(part.id[-1])
                await albums.put_part(conn, DESK, album, part, NOW, message_id=number)
    assert await _texts(store) == ["The bridge is open."]


@pytest.mark.parametrize("forwarded", [True, False], ids=["forwarded", "sent by hand"])
async def test_in_whatever_order_its_parts_come_again_an_album_is_one_post(store: Store, forwarded: bool) -> None:
    orders = list(permutations([1, 2, 3]))
    for case, (first, second) in enumerate(product(orders, orders)):
        desk = Desk(1000 + case)
        texts = {1: "The bridge is open.", 2: "It cost 12 million.", 3: ""}
        async with store.write() as conn:
            for album, order in enumerate((first, second)):
                for number in order:
                    part = _part(number, texts[number])
                    part = part if forwarded else replace(part, origin=None, url=None)
                    message_id = 10 * album + number
                    await albums.put_part(conn, desk, str(album), part, NOW, message_id=message_id)
            found = [
                await posts.find_by_message(conn, desk, 10 * album + number) for album in (0, 1) for number in texts
            ]
            (stored,) = await posts.select(conn, desk)
        assert stored.post.text == "The bridge is open.\n\nIt cost 12 million."
        assert found == [stored] * 6


async def test_a_part_that_is_forwarded_alone_does_not_take_the_place_of_its_album(store: Store) -> None:
    await _put(store, "a", _part(1, "The bridge is open."), _part(2, "It cost 12 million."))
    async with store.write() as conn:
        await posts.add(conn, DESK, _part(1, "The bridge is open."), NOW, message_id=9)
    assert await _texts(store) == ["The bridge is open.\n\nIt cost 12 million."]


async def test_an_edited_caption_takes_the_place_of_the_older(store: Store) -> None:
    await _put(store, "a", _part(1, "The bridge is open."), _part(2, "It cost 12 million."), _part(3))
    await _put(store, "a", _part(2, "It cost 15 million."))
    assert await _texts(store) == ["The bridge is open.\n\nIt cost 15 million."]


@given(st.lists(st.text(min_size=1), max_size=4))
def test_marks_stay_at_their_words(texts: list[str]) -> None:
    parts = [Post(str(number), text, marks=(Mark(MarkKind.BOLD, 0, len(text)),)) for number, text in enumerate(texts)]
    worded = [text for text in texts if text.strip()]
    whole = merge(parts)
    if whole is None:
        assert not worded
    else:
        assert [whole.text[mark.start : mark.end] for mark in whole.marks] == worded
