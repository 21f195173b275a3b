"""Let search find posts: their stems are made where posts are read, and stored when the posts are.

What has none gets them before somebody searches its desk: albums of several texts, and what came by an older version.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.posts import Desk, Post
from bot.store.connection import Connection
from bot.store.desks import posts, search
from bot.store.desks.posts import StoredPost
from bot.store.engine import Store
from bot.telegram.reading import stems_of
from bot.text.stems import VERSION

Stems = tuple[str, ...]

# So many are gone through in a tenth of a second: what comes to be read meanwhile waits as long.
_CHUNK = 200


async def index_desk(store: Store, desk: Desk) -> None:
    """Give stems to the posts of a desk that have none."""
    more = True
    while more:
        stored = await store.look(lambda conn: search.lacking(conn, desk, VERSION, _CHUNK))
        found = await stems_of([one.post for one in stored]) if stored else []
        await _put(store, stored, found)
        more = len(found) == _CHUNK


async def _put(store: Store, stored: Sequence[StoredPost], found: Sequence[Stems]) -> None:
    if found:
        await store.change(lambda conn: search.put(conn, zip(stored, found, strict=True), VERSION))


async def index_new(
    conn: Connection, stored: Sequence[StoredPost], came: Sequence[Post], found: Sequence[Stems]
) -> None:
    """Give stems to posts that came and are stored; those that the desk knew before have theirs.

    Args:
        conn: of the transaction that stores them.
        stored: what is stored of each.
        came: the posts.
        found: their stems, or none if they could not be made.

    """
    new = [
        (kept, stems)
        for kept, post, stems in zip(stored, came, found, strict=False)
        if replace(kept.post, id=post.id) == post
    ]
    await search.put(conn, new, VERSION)


async def index_edited(conn: Connection, desk: Desk, message_id: int, came: Post, found: Sequence[Stems]) -> None:
    """Do the same for the one post that a message carries, after it was edited."""
    stored = await posts.find_by_message(conn, desk, message_id)
    if stored:
        await index_new(conn, [stored], [came], found)
