"""Read posts: what was read before comes from the store, the rest is read now and kept.

Reading has faults that nobody knows of yet. A post at which it fails is kept and left out of summaries: the log tells
of it, and the posts beside it are told as if it were not there.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog

from bot.errors import ReaderFault
from bot.metrics import ANALYSED, DIGEST_SECONDS
from bot.posts import Analysis, Digest, Post
from bot.reader.process import ReaderProcess
from bot.reader.reader import Reader
from bot.reader.work import ReadPost, digest_written, load, load_digests, stems_of_all
from bot.settings import SummarySettings
from bot.store.desks import analyses
from bot.store.desks.posts import StoredPost
from bot.telegram.handling import Handling
from bot.text.analysis import VERSION, analyse
from bot.text.digest import Digester, Options, digest
from bot.text.question import Question, read_question
from bot.tracing import span

_log = structlog.get_logger(__name__)

_reader = Reader()


@asynccontextmanager
async def reading_beside() -> AsyncIterator[None]:
    """Have posts read by a process of its own as long as the block lasts; without it this one reads.

    It begins to load at once, while the bot still greets Telegram, and then goes on with what only digests need.
    """
    global _reader  # noqa: PLW0603 - it is one for all who read
    _reader, before = Reader(ReaderProcess()), _reader
    loading = asyncio.create_task(_load_ahead())
    try:
        yield
    finally:
        loading.cancel()
        await asyncio.wait([loading])
        _reader.close()
        _reader = before


async def _load_ahead() -> None:
    """Load what is needed sooner or later, for nobody who waits; whoever needs it is told if that fails."""
    try:
        await _reader.carry_out(load)
        await _reader.carry_out(load_digests)
    except Exception:  # noqa: BLE001 - whatever it is, the bot can go on
        _log.exception("reading can't be loaded ahead")


async def load_reading() -> None:
    """Load what reading needs, so that the first post does not wait for it."""
    try:
        await _reader.carry_out(load)
    except ReaderFault:
        _log.exception("reading can't be loaded")


async def read(post: Post) -> Analysis | None:
    """Read a post, beside the event loop; None if reading fails at it."""
    try:
        with span("read"):
            analysis = await _reader.carry_out(analyse, post)
    except Exception:  # noqa: BLE001 - whatever it is, the other posts must be told
        ANALYSED.labels("failed").inc()
        _log.exception("a post can't be read", post=post.id)
        return None
    ANALYSED.labels("read").inc()
    return analysis


async def read_new(post: Post) -> ReadPost:
    """Read a post that came: what it says, and what it is found by."""
    with span("read"):
        read = await _reader.read(post)
    for fault in read.faults:
        _log.error("a post can't be read", post=post.id, exc_info=fault)
    ANALYSED.labels("read" if read.analysis else "failed").inc()
    return read


async def stems_of(posts: Sequence[Post]) -> list[tuple[str, ...]]:
    """Return what posts are found by, in the same order; an empty list if that fails at one of them."""
    try:
        return await _reader.carry_out(stems_of_all, posts)
    except Exception:  # noqa: BLE001 - whatever it is, the posts must be kept
        _log.exception("posts can't be indexed", posts=[post.id for post in posts])
        return []


async def understand(words: str) -> Question:
    """Read what somebody looks for."""
    return await _reader.carry_out(read_question, words)


async def digest_stored(
    handling: Handling, stored: Sequence[StoredPost], options: Options, make: Digester = digest
) -> Digest:
    """Make the digest of stored posts, or the part of one that ``make`` makes."""
    with DIGEST_SECONDS.time(), span("digest", posts=len(stored)):
        return await _digest_stored(handling, stored, options, make)


async def _digest_stored(handling: Handling, stored: Sequence[StoredPost], options: Options, make: Digester) -> Digest:
    editions = {post.seq: post.post.id for post in stored}
    known = await handling.store.look(lambda conn: analyses.written(conn, editions, VERSION))
    new: dict[int, Analysis] = {}
    unread = [post for post in stored if post.seq not in known]
    for done, post in enumerate(unread, start=len(stored) - len(unread)):
        handling.on_read(done, len(stored))
        if analysis := await read(post.post):
            new[post.seq] = analysis
    handling.on_read(len(stored), len(stored))
    handling.change(lambda conn: analyses.put(conn, new))
    found: dict[int, str | Analysis] = {**known, **new}
    told = [post for post in stored if post.seq in found]
    return await _reader.carry_out(
        digest_written, make, [post.post for post in told], [found[post.seq] for post in told], options
    )


async def digest_post(post: Post, options: Options) -> Digest:
    """Make the digest of a post that is not stored."""
    analysis = await read(post)
    return await digest_read(post, analysis, options) if analysis else digest([], [], options)


async def digest_read(post: Post, analysis: Analysis, options: Options) -> Digest:
    """Make the digest of a post that was read."""
    return await _reader.carry_out(digest, [post], [analysis], options)


def usual_options(settings: SummarySettings) -> Options:
    """Say how a digest is made unless somebody asks for something else."""
    return Options(
        method=settings.method, sentences=settings.sentences, actors=settings.actors, numbers=settings.numbers
    )
