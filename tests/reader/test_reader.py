import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.errors import ReaderFault
from bot.posts import Post
from bot.reader import reader as module
from bot.reader import work
from bot.reader.process import ReaderProcess
from bot.reader.reader import Reader
from bot.reader.work import ReadPost
from bot.text.analysis import analyse
from bot.text.stems import post_stems

POSTS = [
    Post(id=str(number), text=f"A storm left {number},000 people without power in Oslo.") for number in range(1, 8)
]
POISON = Post(id="poison", text="This ends whoever reads it.")
FAULTY = Post(id="faulty", text="Nobody can read this.")


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    one = Reader(ReaderProcess())
    yield one
    one.close()


async def test_posts_that_come_together_are_each_read_as_alone(reader: Reader) -> None:
    read = await asyncio.gather(*(reader.read(post) for post in POSTS))
    assert read == [ReadPost(analyse(post), post_stems(post)) for post in POSTS]


async def test_it_reads_in_this_process_if_there_is_no_other() -> None:
    assert await Reader().read(POSTS[0]) == ReadPost(analyse(POSTS[0]), post_stems(POSTS[0]))


async def test_who_asks_for_something_else_waits_for_few_of_the_posts(reader: Reader) -> None:
    done: list[str] = []

    async def read(post: Post) -> None:
        await reader.read(post)
        done.append(post.id)

    async def ask() -> None:
        await reader.carry_out(os.getpid)
        done.append("asked")

    await asyncio.gather(*(read(post) for post in POSTS), ask())
    assert done.index("asked") <= module._MOST_AT_ONCE < len(POSTS)


async def test_a_post_that_ends_the_process_costs_the_ones_that_came_with_it_nothing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "read_new", read_unless_poisoned)
    first, poisoned, last = await asyncio.gather(*map(reader.read, (POSTS[0], POISON, POSTS[1])))
    assert [type(fault) for fault in poisoned.faults] == [ReaderFault]
    assert (poisoned.analysis, poisoned.stems) == (None, None)
    assert [first.analysis, last.analysis] == [analyse(POSTS[0]), analyse(POSTS[1])]


def read_unless_poisoned(posts: Sequence[Post]) -> list[ReadPost]:
    if POISON in posts:
        os.kill(os.getpid(), signal.SIGKILL)
    return work.read_new(posts)


async def test_a_post_at_which_reading_fails_costs_the_ones_that_came_with_it_nothing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "read_new", read_with_a_fault)
    faulty, other = await asyncio.gather(*map(reader.read, (FAULTY, POSTS[0])))
    assert faulty.analysis is None
    assert faulty.stems == post_stems(FAULTY)
    [fault] = faulty.faults
    assert "raise ValueError(post.id)" in fault.__notes__[0]
    assert other == ReadPost(analyse(POSTS[0]), post_stems(POSTS[0]))


def read_with_a_fault(posts: Sequence[Post]) -> list[ReadPost]:
    def fail(post: Post) -> object:
        if post == FAULTY:
            raise ValueError(post.id)
        return analyse(post)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, "analyse", fail)
        return work.read_new(posts)


async def test_who_is_broken_off_leaves_the_others_their_answers(reader: Reader) -> None:
    broken = asyncio.create_task(reader.read(POSTS[0]))
    others = [asyncio.create_task(reader.read(post)) for post in POSTS[1:]]
    await asyncio.sleep(0)
    broken.cancel()
    assert [read.analysis for read in await asyncio.gather(*others)] == [analyse(post) for post in POSTS[1:]]
    assert broken.cancelled()


async def test_a_closed_reader_refuses(reader: Reader) -> None:
    reader.close()
    with pytest.raises(ReaderFault):
        await reader.carry_out(os.getpid)
    assert [type(fault) for fault in (await reader.read(POSTS[0])).faults] == [ReaderFault]
