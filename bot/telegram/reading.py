"""Read posts: what was read before comes from the store, the rest is read now and kept.

Reading has faults that nobody knows of yet. A post at which it fails is kept and left out of summaries: the log tells
of it, and the posts beside it are told as if it were not there.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

import structlog

from bot.posts import Analysis, Digest, Post
from bot.settings import SummarySettings
from bot.store import analyses
from bot.store.posts import StoredPost
from bot.telegram.handling import Handling
from bot.text.analysis import VERSION, analyse
from bot.text.digest import Digester, Options, digest

_log = structlog.get_logger(__name__)

_READER = ThreadPoolExecutor(1, "reading")
"""One thread: Python runs no two at once, and each more that computes makes the event loop wait longer for its turn.

Digests are made there too. What waits before one are a few posts at most, as many as there are hands at the inbox.
"""

_FIRST_TEXTS = (
    "The mayor of Oslo, Ann Lee, said on Monday that 500 people had left the town.",
    "Мэр Осло Анна Ли сообщила в понедельник, что город покинули 500 человек.",
)

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


async def read(post: Post) -> Analysis | None:
    """Read a post, beside the event loop; None if reading fails at it."""
    try:
        return await _in_reader(analyse, post)
    except Exception:  # noqa: BLE001 - whatever it is, the other posts must be told
        _log.exception("a post can't be read", post=post.id)
        return None


async def load() -> None:
    """Load what reading needs for the languages that are read best, so that the first post does not wait for it."""
    for text in _FIRST_TEXTS:
        await read(Post(id="first", text=text))


async def digest_stored(
    handling: Handling, stored: Sequence[StoredPost], options: Options, make: Digester = digest
) -> Digest:
    """Make the digest of stored posts, or the part of one that ``make`` makes."""
    seqs = [post.seq for post in stored]
    known = await handling.store.look(lambda conn: analyses.get(conn, seqs, VERSION))
    # An analysis speaks of the post by its id, which is another after an edit.
    known = {post.seq: known[post.seq] for post in stored if post.seq in known and known[post.seq].post == post.post.id}
    new: dict[int, Analysis] = {}
    for post in stored:
        if post.seq not in known and (analysis := await read(post.post)):
            new[post.seq] = analysis
    handling.change(lambda conn: analyses.put(conn, new))
    found = {**known, **new}
    told = [post for post in stored if post.seq in found]
    return await _in_reader(make, [post.post for post in told], [found[post.seq] for post in told], options)


async def digest_post(post: Post, options: Options) -> Digest:
    """Make the digest of a post that is not stored."""
    analysis = await read(post)
    return await digest_read(post, analysis, options) if analysis else digest([], [], options)


async def digest_read(post: Post, analysis: Analysis, options: Options) -> Digest:
    """Make the digest of a post that was read."""
    return await _in_reader(digest, [post], [analysis], options)


async def _in_reader(work: Callable[[*Ts], T], *args: *Ts) -> T:
    return await asyncio.get_running_loop().run_in_executor(_READER, work, *args)


def usual_options(settings: SummarySettings) -> Options:
    """Say how a digest is made unless somebody asks for something else."""
    return Options(
        method=settings.method, sentences=settings.sentences, actors=settings.actors, numbers=settings.numbers
    )
