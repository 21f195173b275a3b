"""Read stored posts: what was read before comes from the store, the rest is read now and kept."""

import asyncio
from collections.abc import Sequence

from bot.posts import Analysis, Digest, Post
from bot.settings import SummarySettings
from bot.store import analyses
from bot.store.posts import StoredPost
from bot.telegram.handling import Handling
from bot.text.analysis import VERSION, analyse
from bot.text.digest import Options, digest


async def digest_stored(handling: Handling, stored: Sequence[StoredPost]) -> Digest:
    """Make the digest of stored posts."""
    async with handling.store.read() as conn:
        known = await analyses.get(conn, [post.seq for post in stored], VERSION)
    # An analysis speaks of the post by its id, which is another after an edit.
    known = {post.seq: known[post.seq] for post in stored if post.seq in known and known[post.seq].post == post.post.id}
    missing = [post for post in stored if post.seq not in known]
    new = await asyncio.to_thread(lambda: {post.seq: analyse(post.post) for post in missing})
    handling.change(lambda conn: analyses.put(conn, new))
    found = {**known, **new}
    return await _digest(handling, [post.post for post in stored], [found[post.seq] for post in stored])


async def digest_post(handling: Handling, post: Post) -> Digest:
    """Make the digest of a post that is not stored."""
    return await _digest(handling, [post], [await asyncio.to_thread(analyse, post)])


async def _digest(handling: Handling, posts: Sequence[Post], read: Sequence[Analysis]) -> Digest:
    return await asyncio.to_thread(digest, posts, read, _options(handling.settings.summary))


def _options(settings: SummarySettings) -> Options:
    return Options(
        method=settings.method, sentences=settings.sentences, actors=settings.actors, numbers=settings.numbers
    )
