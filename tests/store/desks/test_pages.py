from datetime import UTC, datetime

import pytest

from bot.posts import Desk, Post
from bot.store.desks import pages, posts
from bot.store.engine import Store

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
DESK = Desk(7)


async def _collect(store: Store, *lengths: int) -> None:
    """Put posts of such lengths on a desk, and one on another desk behind each."""
    async with store.write() as conn:
        for number, length in enumerate(lengths):
            for desk in (DESK, Desk(8)):
                await posts.add(conn, desk, Post(f"{number}", str(number) * length), NOW, by_text=False)


async def _lengths(store: Store, chars: int) -> list[list[int]]:
    async with store.read() as conn:
        found = await pages.split(conn, DESK, chars)
        return [[len(stored.post.text) for stored in await pages.read(conn, DESK, page)] for page in found]


@pytest.mark.parametrize("chars", [1, 500, 2_000, 10_000, 1_000_000])
async def test_pages_hold_every_post_of_the_desk_once_and_in_order(store: Store, chars: int) -> None:
    lengths = [300, 20, 5_000, 1, 1, 700, 700, 700]
    await _collect(store, *lengths)
    found = await _lengths(store, chars)
    assert [length for page in found for length in page] == lengths
    assert all(sum(page[:-1]) < chars for page in found)
    assert all(found)


async def test_a_page_begins_where_the_one_before_is_full(store: Store) -> None:
    await _collect(store, 600, 600, 5_000, 1)
    assert await _lengths(store, 1_000) == [[600, 600], [5_000], [1]]


async def test_a_desk_without_posts_has_no_pages(store: Store) -> None:
    assert await _lengths(store, 100) == []
