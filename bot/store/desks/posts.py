"""The posts of desks, each once, however often it is forwarded."""

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from bot.posts import Analysis, Desk, Post
from bot.store.connection import Connection
from bot.store.desks.identity import channel_of, fingerprint, identity, source_of
from bot.store.engine import insert
from bot.store.tables import albums, analyses, editions, forwards, muted, of_desk, posts, stems


@dataclass(frozen=True, slots=True)
class StoredPost:
    """A post of a desk.

    Attributes:
        seq: grows with every post that is stored, whatever its desk, and is never given twice.
        received: when the desk got the post first.

    """

    seq: int
    post: Post
    received: datetime


OUTDATED = 0
"""The version of what was read in a text that was edited since: nothing, and to be read anew."""
STORED = (posts.c.seq, posts.c.content, posts.c.received)
"""What a `StoredPost` is made of."""

# Statements of every post that comes: to make them anew would take longer than to execute them.
_IN_DESK = (
    sa.select(*STORED)
    .where(posts.c.chat_id == sa.bindparam("chat"), posts.c.thread_id == sa.bindparam("thread"))
    .order_by(posts.c.seq)
    .limit(1)
)
_BY_IDENTITY = _IN_DESK.where(posts.c.identity == sa.bindparam("identity"))
_BY_TEXT = _IN_DESK.where(
    posts.c.fingerprint == sa.bindparam("words"), ~posts.c.identity.startswith(sa.bindparam("channel"))
)
_BY_MESSAGE = (
    sa.select(*STORED)
    .join(forwards, forwards.c.seq == posts.c.seq)
    .where(forwards.c.chat_id == sa.bindparam("chat"), forwards.c.message_id == sa.bindparam("message"))
)
_CARRIED = insert(forwards).on_conflict_do_nothing(index_elements=[forwards.c.chat_id, forwards.c.message_id])
_NEW = insert(posts).returning(posts.c.seq)


async def add(  # noqa: PLR0913 - who brought the post, and in which message, are facts of the same arrival
    conn: Connection,
    desk: Desk,
    post: Post,
    now: datetime,
    *,
    message_id: int | None = None,
    sender_id: int | None = None,
    by_text: bool = True,
    version: int = 0,
) -> StoredPost:
    """Store a post that a desk got; return the one that is stored, another if the desk knows it (`find`).

    Of a post that is known the message that brought it again is noted. If the channel had edited the post meanwhile, it
    says from then on what it says there (`update_text`): the message that was forwarded last tells that. A message that
    has brought another, which is so when its edit came first, changes nothing.

    Args:
        conn: of a transaction that writes.
        desk: the desk.
        post: the post.
        now: when it came.
        message_id: the message in the desk's chat that carried it; None if it came from a file.
        sender_id: who forwarded or wrote that message, if known.
        by_text: its text may tell that it is known; that of an album grows, and does not.
        version: of what the message says; grows with every edit.

    """
    stored = await find(conn, desk, post, by_text=by_text)
    if stored is None and message_id is not None:
        stored = await find_by_message(conn, desk, message_id)
    stored = stored or await _insert(conn, desk, post, now)
    if message_id is not None:
        carrier = {
            "chat_id": desk.chat_id,
            "message_id": message_id,
            "seq": stored.seq,
            "sender_id": sender_id,
            "received": now,
            "version": version,
        }
        is_newer = by_text and await _is_newer(conn, desk, stored, post, message_id)
        await conn.execute(_CARRIED, carrier)
        if is_newer:
            await update_text(conn, desk, message_id, post, now)
            stored = await find_by_message(conn, desk, message_id) or stored
    return stored


async def _is_newer(conn: Connection, desk: Desk, stored: StoredPost, post: Post, message_id: int) -> bool:
    """Tell whether a forward says what its channel has made of a post since another forward brought that.

    It does not if that was an album, of which it may be a part; nor if it was forwarded before the others.
    """
    if stored.post.text == post.text or channel_of(post) is None or identity(stored.post) != identity(post):
        return False
    of_album = sa.exists().where(albums.c.chat_id == forwards.c.chat_id, albums.c.message_id == forwards.c.message_id)
    last = sa.select(sa.func.max(forwards.c.message_id), sa.func.max(sa.case((of_album, 1), else_=0)))
    brought = forwards.c.seq == stored.seq, forwards.c.chat_id == desk.chat_id
    newest, is_album = (await conn.execute(last.where(*brought))).one()
    return not is_album and (newest is None or newest < message_id)


async def find(conn: Connection, desk: Desk, post: Post, *, by_text: bool = True) -> StoredPost | None:
    """Look a post up that may have come before, perhaps in another way; None if the desk does not know it.

    It is known by its `identity`, or else by the `fingerprint` of its text: through whichever channel it came, or
    pasted by hand. But what one channel posts twice, word for word, is two posts.
    """
    there = {"chat": desk.chat_id, "thread": desk.thread_id}
    # One after the other: of both at once SQLite makes a walk through the whole desk.
    row = (await conn.execute(_BY_IDENTITY, there | {"identity": identity(post)})).one_or_none()
    if row is None and by_text and (words := fingerprint(post)):
        # No identity begins as those of no channel are said to begin here.
        alike = {"words": words, "channel": channel_of(post) or "-"}
        row = (await conn.execute(_BY_TEXT, there | alike)).one_or_none()
    return StoredPost(*row) if row else None


async def edit(  # noqa: PLR0913 - what is edited, and when, are facts of the same arrival
    conn: Connection, desk: Desk, message_id: int, post: Post, now: datetime, *, version: int = 0
) -> None:
    """Take in the edit of a message that carried a post, by `update_text`; none that is older than what it says now.

    If the message had only brought again what others said, it says something of its own from now on, and theirs stays.
    """
    carrier = forwards.c.chat_id == desk.chat_id, forwards.c.message_id == message_id
    newer = sa.update(forwards).where(*carrier, forwards.c.version <= version).values(version=version)
    stored = await find_by_message(conn, desk, message_id) if (await conn.execute(newer)).rowcount else None
    if stored is None:
        return
    if stored.post.id.partition("@")[0] == post.id or identity(stored.post) == identity(post):
        await update_text(conn, desk, message_id, post, now)
        return
    sender_id = (await conn.execute(sa.delete(forwards).where(*carrier).returning(forwards.c.sender_id))).scalar_one()
    await add(conn, desk, post, now, message_id=message_id, sender_id=sender_id, version=version)


async def update_text(conn: Connection, desk: Desk, message_id: int, post: Post, now: datetime) -> int | None:
    """Put the edited post in place of the one that a message carried; keep the older; tell its seq.

    None if the message carried no post. What was read in the older text is dropped. A span names its text by the post's
    id, so every edition has an id of its own: the time is added to the one that is given.
    """
    stored = await find_by_message(conn, desk, message_id)
    if stored is None or stored.post.text == post.text:
        return stored.seq if stored else None
    post = replace(post, id=f"{post.id}@{now.timestamp():.6f}")
    older = insert(editions).values(seq=stored.seq, post_id=stored.post.id, content=stored.post, until=now)
    await conn.execute(older.on_conflict_do_nothing(index_elements=[editions.c.seq, editions.c.post_id]))
    await conn.execute(
        sa.update(posts)
        .where(posts.c.seq == stored.seq)
        .values(post_id=post.id, content=post, fingerprint=fingerprint(post))
    )
    await _outdate(
        conn,
        analyses,
        stored.seq,
        content=Analysis(post.id, OUTDATED, "", noise=False, candidates=(), actors=(), numbers=()),
    )
    await _outdate(conn, stems, stored.seq, words=())
    return stored.seq


async def know_as(conn: Connection, desk: Desk, message_id: int, post: Post) -> bool:
    """Let the post that a message carried be known by the identity of what it has become.

    False if the desk knows that post already: then the message has brought it, and there are no two of them.
    """
    stored = await find_by_message(conn, desk, message_id)
    if stored is None or identity(stored.post) == identity(post):
        return True
    known = await find(conn, desk, post, by_text=False)
    if known is None:
        await conn.execute(sa.update(posts).where(posts.c.seq == stored.seq).values(identity=identity(post)))
    elif known.seq != stored.seq:
        await conn.execute(sa.update(forwards).where(forwards.c.seq == stored.seq).values(seq=known.seq))
        await conn.execute(sa.delete(posts).where(posts.c.seq == stored.seq))
        return False
    return True


async def _outdate(conn: Connection, table: sa.Table, seq: int, **nothing: object) -> None:
    """Put nothing in place of what was read in a text that was edited.

    Not deleted: another process that has just read the older text must meet us in this row, or would put it there.
    """
    outdated = {"version": OUTDATED, **nothing}
    row = insert(table).values(seq=seq, **outdated)
    await conn.execute(row.on_conflict_do_update(index_elements=[table.c.seq], set_=outdated))


Condition = sa.ColumnElement[bool]
"""What must be true of a row of ``posts``."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which posts of a desk are meant; what is None or empty is left open.

    Attributes:
        since: received then or later.
        until: received before then.
        after: only those with a greater seq.
        upto: only those with this seq, or a smaller one.
        told: only those of sources that the desk has not muted.
        holding: what else must be true of them, such as `bot.store.desks.search` says it.

    """

    since: datetime | None = None
    until: datetime | None = None
    after: int | None = None
    upto: int | None = None
    told: bool = False
    holding: tuple[Condition, ...] = ()

    def of(self, desk: Desk) -> list[Condition]:
        """Say it of ``posts``."""
        conditions = [of_desk(posts, desk), *self.holding]
        if self.since is not None:
            conditions.append(posts.c.received >= self.since)
        if self.until is not None:
            conditions.append(posts.c.received < self.until)
        if self.after is not None:
            conditions.append(posts.c.seq > self.after)
        if self.upto is not None:
            conditions.append(posts.c.seq <= self.upto)
        if self.told:
            silent = sa.select(muted.c.source).where(of_desk(muted, desk))
            conditions.append(posts.c.source.is_(None) | posts.c.source.not_in(silent))
        return conditions


_ALL = Which()


async def select(
    conn: Connection, desk: Desk, which: Which = _ALL, *, limit: int | None = None, chars: int | None = None
) -> list[StoredPost]:
    """Get posts of a desk, oldest first.

    Args:
        conn: of any transaction.
        desk: the desk.
        which: all, if it is not said.
        limit: only the newest so many.
        chars: only the newest that are stored in so many characters together, and the newest in any case.

    """
    statement = sa.select(*STORED).where(*which.of(desk))
    newest_first = statement.order_by(posts.c.received.desc(), posts.c.seq.desc()).limit(limit)
    found = await conn.execute(newest_first if chars is None else _within(newest_first, chars))
    return [StoredPost(*row) for row in reversed(found.all())]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many posts there are, and when the first and the last of them was received; None if there are none."""

    posts: int
    first: datetime | None
    last: datetime | None


async def survey(conn: Connection, desk: Desk, which: Which = _ALL) -> Counted:
    """Count posts of a desk, and tell the span of time in which they came."""
    received = posts.c.received
    found = sa.select(sa.func.count(), sa.func.min(received), sa.func.max(received)).where(*which.of(desk))
    return Counted(*(await conn.execute(found)).one())


def _within(newest_first: sa.Select[tuple[int, Post, datetime]], chars: int) -> sa.Select[tuple[int, Post, datetime]]:
    """Cut a selection of posts off where they become too long; nothing that is cut off is read into memory."""
    found = newest_first.add_columns(sa.func.length(posts.c.content).label("size")).subquery()
    order = (found.c.received.desc(), found.c.seq.desc())
    before = sa.func.sum(found.c.size).over(order_by=order) - found.c.size
    summed = sa.select(found.c.seq, found.c.content, found.c.received, before.label("before")).subquery()
    kept = sa.select(summed.c.seq, summed.c.content, summed.c.received)
    return kept.where(summed.c.before < max(chars, 1)).order_by(summed.c.received.desc(), summed.c.seq.desc())


async def find_by_message(conn: Connection, desk: Desk, message_id: int) -> StoredPost | None:
    """Get the post that a message in the desk's chat carried; None if it carried none."""
    row = (await conn.execute(_BY_MESSAGE, {"chat": desk.chat_id, "message": message_id})).one_or_none()
    return StoredPost(*row) if row else None


async def bring_along(conn: Connection, desk: Desk, message_id: int, other: int) -> None:
    """Let a second message of the desk's chat have brought the same post as a first one, if that brought any."""
    first = sa.select(
        forwards.c.chat_id, sa.literal(other), forwards.c.seq, forwards.c.sender_id, forwards.c.received
    ).where(forwards.c.chat_id == desk.chat_id, forwards.c.message_id == message_id)
    columns = [forwards.c.chat_id, forwards.c.message_id, forwards.c.seq, forwards.c.sender_id, forwards.c.received]
    second = insert(forwards).from_select(columns, first)
    await conn.execute(second.on_conflict_do_nothing(index_elements=[forwards.c.chat_id, forwards.c.message_id]))


async def count(conn: Connection, desk: Desk, *, besides: str | None = None) -> int:
    """Count the posts of a desk, leaving out those whose ids begin with ``besides``."""
    statement = sa.select(sa.func.count()).select_from(posts).where(of_desk(posts, desk))
    if besides is not None:
        statement = statement.where(~posts.c.post_id.startswith(besides, autoescape=True))
    return (await conn.execute(statement)).scalar_one()


async def tally(conn: Connection, desk: Desk, since: datetime) -> tuple[int, int]:
    """Count the posts that a desk received since then, and their sources; all that have none are one."""
    found = sa.select(sa.func.count(), sa.func.count(sa.distinct(sa.func.coalesce(posts.c.source, ""))))
    row = (await conn.execute(found.select_from(posts).where(of_desk(posts, desk), posts.c.received >= since))).one()
    return row[0], row[1]


async def count_chat(conn: Connection, chat_id: int) -> int:
    """Count the posts of a chat, those of all its topics together."""
    statement = sa.select(sa.func.count()).select_from(posts).where(posts.c.chat_id == chat_id)
    return (await conn.execute(statement)).scalar_one()


async def _insert(conn: Connection, desk: Desk, post: Post, now: datetime) -> StoredPost:
    row = {
        "chat_id": desk.chat_id,
        "thread_id": desk.thread_id,
        "identity": identity(post),
        "fingerprint": fingerprint(post),
        "source": source_of(post),
        "post_id": post.id,
        "content": post,
        "received": now,
    }
    seq = (await conn.execute(_NEW, row)).scalar_one()
    return StoredPost(seq, post, now)
