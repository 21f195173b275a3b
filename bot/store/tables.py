"""All tables. What is written here is what `sitrep migrate` makes: a test compares the two.

    inbox     updates as they came, each until it is handled
    chats     what is known of a chat
    chat_settings  what a chat has chosen for itself
    guests    who came by an invitation
    quotas    what people have used of what they may in a minute
    desks     how far a desk has been summarised
    posts     the posts of all desks, each once
    forwards  the messages that brought a post
    muted     sources whose posts a desk keeps and does not tell
    bursts    posts that come in quick succession, until it is quiet again
    albums    the messages of albums, several of which make one post
    editions  texts that a post had before it was edited
    analyses  what reading knows of a post
    stems     what a post is found by (`search`)
    recaps    scheduled digests
    runs      slots of recaps, each once
    told      stories that recaps told
    quotations  stories as they stand in recaps that follow edits
    quoted    editions of posts on which a quotation rests
    subscribers  who gets a recap in private
    channel_messages  messages of channels that are known to be there
    outbox    messages to be sent, each until it is settled
    processes  those that work on a shared database, each until it ends or is found to be gone

Times are `Moment`, facts are `Facts`, text that others wrote is `Plain` (see columns.py). Nothing refers to ``chats``:
posts may come from a file into a desk whose chat was never seen.
"""

from enum import StrEnum

import sqlalchemy as sa

from bot.chat_settings import ChatSettings
from bot.posts import Analysis, Desk, Post
from bot.recap import Quotation, RecapOptions, RecapState, RunState, ToldStory
from bot.store.columns import Facts, Moment, Plain, RowId, Stems

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class State(StrEnum):
    """Where a row of inbox or outbox stands."""

    WAITING = "waiting"
    """To be worked on, or being worked on while ``lease_until`` is to come."""
    DONE = "done"
    """Handled, or sent."""
    PARKED = "parked"
    """Given up: an update that can't be handled, a message that Telegram refuses."""
    UNCERTAIN = "uncertain"
    """Outbox: nobody knows whether it was sent, and it is not to be sent again."""


def _work_columns() -> list[sa.Column[object]]:
    """Make the columns of a table that is worked through.

    ``chat_id`` is the lane within which order holds. ``due`` is the earliest time for the next attempt, none: at once.
    ``lease_until`` tells that somebody works on the row till then; if it is past, that work was broken off.
    """
    return [
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False, default=State.WAITING),
        sa.Column("attempts", sa.Integer, nullable=False, default=0),
        sa.Column("due", Moment),
        sa.Column("lease_until", Moment),
        sa.Column("error", Plain),
    ]


def _work_indexes(table: str, key: str) -> list[sa.Index]:
    """Make the indexes by which it is found when the next row can be claimed, and which wait for no time."""
    is_ready = sa.text("state = 'waiting' AND due IS NULL")
    ready = sa.Index(f"ix_{table}_ready", "state", "chat_id", key, postgresql_where=is_ready, sqlite_where=is_ready)
    is_set = {column: sa.text(f"{column} IS NOT NULL") for column in ("due", "lease_until")}
    return [
        ready,
        *(
            sa.Index(None, "state", column, postgresql_where=where, sqlite_where=where)
            for column, where in is_set.items()
        ),
    ]


inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("update_id", RowId, primary_key=True, autoincrement=False),
    *_work_columns(),
    sa.Column("deaths", sa.Integer, nullable=False, default=0),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("received", Moment, nullable=False),
    sa.Column("progress_id", sa.BigInteger),
    sa.Column("held_by", sa.BigInteger),
    # Whether somebody waits for an answer.
    sa.Column("asks", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index(None, "state", "chat_id", "update_id"),
    sa.Index(None, "received", "update_id"),
    *_work_indexes("inbox", "update_id"),
)
# SQLite takes an index only where its condition stands in the query to the letter.
sa.Index(
    "ix_inbox_asking",
    inbox.c.received,
    inbox.c.chat_id,
    sqlite_where=sa.text("asks = 1"),
    postgresql_where=inbox.c.asks,
)

chats = sa.Table(
    "chats",
    metadata,
    sa.Column("id", RowId, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("title", Plain, nullable=False),
    sa.Column("username", Plain),
    sa.Column("lang", sa.String(16)),
)

chat_settings = sa.Table(
    "chat_settings",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("content", Facts(ChatSettings), nullable=False),
    sa.Column("keep_days", sa.Integer, index=True),
)

guests = sa.Table(
    "guests",
    metadata,
    sa.Column("user_id", RowId, primary_key=True, autoincrement=False),
    sa.Column("since", Moment, nullable=False),
)

# Postgres writes no log of it.
quotas = sa.Table(
    "quotas",
    metadata,
    sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(32), primary_key=True),
    sa.Column("drained_at", Moment, nullable=False, index=True),
)

desks = sa.Table(
    "desks",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("summarised_seq", sa.BigInteger, nullable=False),
    sa.Column("summarised_at", Moment, nullable=False),
)

muted = sa.Table(
    "muted",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("source", Plain, primary_key=True),
)

bursts = sa.Table(
    "bursts",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("due", Moment, nullable=False, index=True),
)

posts = sa.Table(
    "posts",
    metadata,
    sa.Column("seq", RowId, primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("thread_id", sa.BigInteger, nullable=False),
    sa.Column("identity", Plain, nullable=False),
    sa.Column("fingerprint", sa.Text),
    sa.Column("source", Plain),
    sa.Column("post_id", Plain, nullable=False),
    sa.Column("content", Facts(Post), nullable=False),
    sa.Column("received", Moment, nullable=False),
    sa.UniqueConstraint("chat_id", "thread_id", "identity"),
    sa.Index(None, "chat_id", "thread_id", "fingerprint"),
    sa.Index(None, "chat_id", "thread_id", "received", "seq"),
    sa.Index(None, "chat_id", "thread_id", "seq"),
    sa.Index(None, "received"),
    # A desk remembers how far it was summarised by seq: the number of a deleted post must not come again.
    sqlite_autoincrement=True,
)

forwards = sa.Table(
    "forwards",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.ForeignKey(posts.c.seq, ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("sender_id", sa.BigInteger),
    sa.Column("received", Moment, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False, default=0),
)

albums = sa.Table(
    "albums",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("album", Plain, nullable=False),
    sa.Column("message_id", sa.BigInteger, nullable=False),
    sa.Column("content", Facts(Post), nullable=False),
    sa.Column("received", Moment, nullable=False, index=True),
    sa.Column("version", sa.BigInteger, nullable=False, default=0),
    sa.UniqueConstraint("chat_id", "album", "message_id"),
)

editions = sa.Table(
    "editions",
    metadata,
    sa.Column("seq", sa.ForeignKey(posts.c.seq, ondelete="CASCADE"), primary_key=True),
    sa.Column("post_id", Plain, primary_key=True),
    sa.Column("content", Facts(Post), nullable=False),
    sa.Column("until", Moment, nullable=False),
)

analyses = sa.Table(
    "analyses",
    metadata,
    sa.Column("seq", sa.ForeignKey(posts.c.seq, ondelete="CASCADE"), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("content", Facts(Analysis), nullable=False),
)

stems = sa.Table(
    "stems",
    metadata,
    sa.Column("seq", sa.ForeignKey(posts.c.seq, ondelete="CASCADE"), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("words", Stems, nullable=False),
)

recaps = sa.Table(
    "recaps",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("owner_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("source_chat_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("source_thread_id", sa.BigInteger, nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("thread_id", sa.BigInteger, nullable=False),
    sa.Column("title", Plain, nullable=False),
    sa.Column("schedule", sa.Text, nullable=False),
    sa.Column("options", Facts(RecapOptions), nullable=False),
    sa.Column("is_public", sa.Boolean, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, default=RecapState.ACTIVE),
    sa.Column("paused_why", sa.String(16)),
    sa.Column("created", Moment, nullable=False),
    sa.Column("next_slot", Moment, nullable=False),
    sa.Column("told_seq", sa.BigInteger),
    sa.Column("told_at", Moment),
    sa.Index(None, "state", "next_slot"),
    sqlite_autoincrement=True,
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("recap_id", sa.ForeignKey(recaps.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("slot", Moment, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, default=RunState.WAITING),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("due", Moment),
    sa.Column("lease_until", Moment),
    sa.Column("parts", sa.Integer),
    sa.Column("posts", sa.Integer),
    sa.Column("told_seq", sa.BigInteger),
    sa.Column("error", Plain),
    sa.Column("ended", Moment, index=True),
    sa.Column("held_by", sa.BigInteger),
    sa.UniqueConstraint("recap_id", "slot"),
    sa.Index(None, "state", "id"),
    sqlite_autoincrement=True,
)

told = sa.Table(
    "told",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("run_id", sa.ForeignKey(runs.c.id, ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("content", Facts(ToldStory), nullable=False),
)

quotations = sa.Table(
    "quotations",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("run_id", sa.ForeignKey(runs.c.id, ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("content", Facts(Quotation), nullable=False),
)

quoted = sa.Table(
    "quoted",
    metadata,
    sa.Column(
        "quotation_id",
        sa.ForeignKey(quotations.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("seq", sa.ForeignKey(posts.c.seq, ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True),
    sa.Column("post_id", Plain, nullable=False),
)

subscribers = sa.Table(
    "subscribers",
    metadata,
    sa.Column("recap_id", sa.ForeignKey(recaps.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False, index=True),
    sa.Column("since", Moment, nullable=False),
)

channel_messages = sa.Table(
    "channel_messages",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("known", Moment, nullable=False, index=True),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("key", Plain, nullable=False, unique=True),
    *_work_columns(),
    sa.Column("thread_id", sa.BigInteger, nullable=False),
    sa.Column("method", sa.String(64), nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("created", Moment, nullable=False, index=True),
    sa.Column("begun", sa.Integer, nullable=False, default=0),
    sa.Column("doubts", sa.Integer, nullable=False, default=0),
    sa.Column("probes", sa.Integer, nullable=False, default=0),
    sa.Column("run_id", sa.BigInteger, index=True),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("sent_at", Moment, index=True),
    sa.Column("held_by", sa.BigInteger),
    sa.Index(None, "state", "chat_id", "id"),
    *_work_indexes("outbox", "id"),
    sqlite_autoincrement=True,
)

processes = sa.Table(
    "processes",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("beats", sa.BigInteger, nullable=False),
    # Rows name who holds them: the number of one that is gone must not come again.
    sqlite_autoincrement=True,
)


def of_desk(table: sa.Table, desk: Desk) -> sa.ColumnElement[bool]:
    """Select the rows of a desk, in a table whose rows belong to desks."""
    return sa.and_(table.c.chat_id == desk.chat_id, table.c.thread_id == desk.thread_id)
