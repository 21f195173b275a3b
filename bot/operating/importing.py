"""`sitrep import`: put the posts of a file into the desk of a chat."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.errors import NothingToRead
from bot.posts import Desk, Post
from bot.settings import Settings
from bot.store.connection import Connection
from bot.store.desks import posts
from bot.store.desks.identity import identity
from bot.store.engine import Store, opened_store
from bot.telegram.intake.carried import has_words
from bot.telegram.intake.indexing import index_new
from bot.text.stems import post_stems

# So many posts in a transaction: a bot that runs meanwhile waits for one no longer than for some posts of its own.
_PART = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """How far an import is.

    Attributes:
        total: the posts that are to be kept.
        new: those of them that were kept up to now, or would be.
        known: those that the desk had already.
        without_room: older posts of the file that the desk has no room for.

    """

    total: int
    new: int
    known: int
    without_room: int


async def import_posts(
    settings: Settings, desk: Desk, found: Sequence[Post], *, dry: bool = False
) -> AsyncIterator[Imported]:
    """Keep the posts of a file that a desk does not know yet; tell how far it is after each part.

    What is known stays as it is, so an import that broke off is simply begun again. A desk has room for as many posts
    as the setting ``limits.stored_posts`` says; the newest of the file are kept. ``dry``: only look, and keep nothing.

    Raises:
        NothingToRead: there are no words in any of the posts.
        StoreFault: the database can't be used.

    """
    worded = list({identity(post): post for post in found if has_words(post.text)}.values())
    if not worded:
        raise NothingToRead
    async with opened_store(settings.database.url) as store:
        async with store.read() as conn:
            room = max(0, settings.limits.stored_posts - await posts.count(conn, desk))
        kept = worded[len(worded) - room :] if room < len(worded) else worded
        told = Imported(len(kept), 0, 0, len(worded) - len(kept))
        yield told
        for start in range(0, len(kept), _PART):
            part = _Part(desk, kept[start : start + _PART])
            new = await (store.look(part.count_new) if dry else part.keep_in(store))
            told = replace(told, new=told.new + new, known=told.known + len(part.posts) - new)
            yield told


@dataclass(frozen=True, slots=True)
class _Part:
    desk: Desk
    posts: Sequence[Post]

    async def count_new(self, conn: Connection) -> int:
        """Count the posts that the desk does not know."""
        return sum([await posts.find(conn, self.desk, post) is None for post in self.posts])

    async def keep_in(self, store: Store) -> int:
        """Keep the posts that the desk does not know; tell how many they were."""
        # The name that a post has in its file may be that of another in the desk.
        named = [replace(post, id=f"import:{identity(post)}") for post in self.posts]
        stems = [post_stems(post) for post in named]
        now = datetime.now(UTC)

        async def keep(conn: Connection) -> int:
            stored = [await posts.add(conn, self.desk, post, now) for post in named]
            await index_new(conn, stored, named, stems)
            return sum(
                kept.post.id == post.id and kept.received == now for kept, post in zip(stored, named, strict=True)
            )

        return await store.change(keep)
