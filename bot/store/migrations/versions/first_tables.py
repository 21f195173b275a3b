"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from bot.store.migrations.postgres import STATEMENTS

revision = "0001"
down_revision = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make them."""
    _make_inbox()
    _make_chats()
    _make_guests()
    _make_posts()
    _make_what_hangs_on_posts()
    _make_search()
    _make_what_is_gathered()
    _make_recaps()
    _make_what_hangs_on_recaps()
    _make_channel_messages()
    _make_outbox()
    if op.get_bind().dialect.name == "postgresql":
        for statement in STATEMENTS:
            op.execute(statement)


def _work_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", sa.BigInteger),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("error", sa.Text),
    ]


def _make_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", _ROW_ID, autoincrement=False),
        *_work_columns(),
        sa.Column("deaths", sa.Integer, nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("progress_id", sa.BigInteger),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_state_chat_id_update_id", "inbox", ["state", "chat_id", "update_id"])
    op.create_index("ix_inbox_received_update_id", "inbox", ["received", "update_id"])


def _make_chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", _ROW_ID, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("username", sa.Text),
        sa.Column("lang", sa.String(16)),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
    )
    op.create_table(
        "chat_settings",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("keep_days", sa.Integer),
        sa.PrimaryKeyConstraint("chat_id", name="pk_chat_settings"),
    )
    op.create_index("ix_chat_settings_keep_days", "chat_settings", ["keep_days"])
    op.create_table(
        "desks",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False),
        sa.Column("thread_id", sa.BigInteger, autoincrement=False),
        sa.Column("summarised_seq", sa.BigInteger, nullable=False),
        sa.Column("summarised_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", name="pk_desks"),
    )
    op.create_table(
        "muted",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False),
        sa.Column("thread_id", sa.BigInteger, autoincrement=False),
        sa.Column("source", sa.Text),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", "source", name="pk_muted"),
    )


def _make_guests() -> None:
    op.create_table(
        "guests",
        sa.Column("user_id", _ROW_ID, autoincrement=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_guests"),
    )


def _make_posts() -> None:
    op.create_table(
        "posts",
        sa.Column("seq", _ROW_ID),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("post_id", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_posts"),
        sa.UniqueConstraint("chat_id", "thread_id", "identity", name="uq_posts_chat_id_thread_id_identity"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posts_chat_id_thread_id_fingerprint", "posts", ["chat_id", "thread_id", "fingerprint"])
    op.create_index("ix_posts_chat_id_thread_id_received_seq", "posts", ["chat_id", "thread_id", "received", "seq"])
    op.create_index("ix_posts_chat_id_thread_id_seq", "posts", ["chat_id", "thread_id", "seq"])
    op.create_index("ix_posts_received", "posts", ["received"])


def _make_what_hangs_on_posts() -> None:
    op.create_table(
        "forwards",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, autoincrement=False),
        sa.Column("seq", _ROW_ID, nullable=False),
        sa.Column("sender_id", sa.BigInteger),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="pk_forwards"),
        sa.ForeignKeyConstraint(["seq"], ["posts.seq"], name="fk_forwards_seq_posts", ondelete="CASCADE"),
    )
    op.create_index("ix_forwards_seq", "forwards", ["seq"])
    op.create_table(
        "editions",
        sa.Column("seq", _ROW_ID, autoincrement=False),
        sa.Column("post_id", sa.Text),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("seq", "post_id", name="pk_editions"),
        sa.ForeignKeyConstraint(["seq"], ["posts.seq"], name="fk_editions_seq_posts", ondelete="CASCADE"),
    )
    op.create_table(
        "analyses",
        sa.Column("seq", _ROW_ID, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_analyses"),
        sa.ForeignKeyConstraint(["seq"], ["posts.seq"], name="fk_analyses_seq_posts", ondelete="CASCADE"),
    )


def _make_search() -> None:
    """Make the stems of posts, and the index by which each database finds them."""
    on_postgres = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "stems",
        sa.Column("seq", _ROW_ID, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("words", postgresql.TSVECTOR if on_postgres else sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_stems"),
        sa.ForeignKeyConstraint(["seq"], ["posts.seq"], name="fk_stems_seq_posts", ondelete="CASCADE"),
    )
    if on_postgres:
        op.create_index("ix_stems_words", "stems", ["words"], postgresql_using="gin")
        return
    # The tokenizer "ascii" splits at spaces, and takes what is no ASCII for letters: a stem is one token, whatever
    # SQLite knows of Unicode. The index holds no texts (sqlite.org/fts5.html, "External Content Tables"): triggers
    # tell it what changes in the table, however that comes about.
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5"
        "(words, content = 'stems', content_rowid = 'seq', tokenize = 'ascii', columnsize = 0)"
    )
    added = "INSERT INTO search (rowid, words) VALUES (new.seq, new.words);"
    removed = "INSERT INTO search (search, rowid, words) VALUES ('delete', old.seq, old.words);"
    op.execute(f"CREATE TRIGGER search_added AFTER INSERT ON stems BEGIN {added} END")
    op.execute(f"CREATE TRIGGER search_removed AFTER DELETE ON stems BEGIN {removed} END")
    op.execute(f"CREATE TRIGGER search_changed AFTER UPDATE ON stems BEGIN {removed} {added} END")


def _make_what_is_gathered() -> None:
    op.create_table(
        "albums",
        sa.Column("id", _ROW_ID),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("album", sa.Text, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_albums"),
        sa.UniqueConstraint("chat_id", "album", "message_id", name="uq_albums_chat_id_album_message_id"),
    )
    op.create_index("ix_albums_received", "albums", ["received"])
    op.create_table(
        "bursts",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", name="pk_bursts"),
    )
    op.create_index("ix_bursts_due", "bursts", ["due"])


def _make_recaps() -> None:
    op.create_table(
        "recaps",
        sa.Column("id", _ROW_ID),
        sa.Column("owner_id", sa.BigInteger, nullable=False),
        sa.Column("source_chat_id", sa.BigInteger, nullable=False),
        sa.Column("source_thread_id", sa.BigInteger, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("schedule", sa.Text, nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("is_public", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("paused_why", sa.String(16)),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("next_slot", sa.BigInteger, nullable=False),
        sa.Column("told_seq", sa.BigInteger),
        sa.Column("told_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_recaps"),
        sqlite_autoincrement=True,
    )
    for column in ("owner_id", "source_chat_id", "chat_id"):
        op.create_index(f"ix_recaps_{column}", "recaps", [column])
    op.create_index("ix_recaps_state_next_slot", "recaps", ["state", "next_slot"])


def _make_what_hangs_on_recaps() -> None:
    op.create_table(
        "runs",
        sa.Column("id", _ROW_ID),
        sa.Column("recap_id", _ROW_ID, nullable=False),
        sa.Column("slot", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", sa.BigInteger),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("parts", sa.Integer),
        sa.Column("posts", sa.Integer),
        sa.Column("told_seq", sa.BigInteger),
        sa.Column("error", sa.Text),
        sa.Column("ended", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.ForeignKeyConstraint(["recap_id"], ["recaps.id"], name="fk_runs_recap_id_recaps", ondelete="CASCADE"),
        sa.UniqueConstraint("recap_id", "slot", name="uq_runs_recap_id_slot"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_runs_state_id", "runs", ["state", "id"])
    op.create_index("ix_runs_ended", "runs", ["ended"])
    op.create_table(
        "told",
        sa.Column("id", _ROW_ID),
        sa.Column("run_id", _ROW_ID, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_told"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_told_run_id_runs", ondelete="CASCADE"),
    )
    op.create_index("ix_told_run_id", "told", ["run_id"])
    op.create_table(
        "quotations",
        sa.Column("id", _ROW_ID),
        sa.Column("run_id", _ROW_ID, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quotations"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_quotations_run_id_runs", ondelete="CASCADE"),
    )
    op.create_index("ix_quotations_run_id", "quotations", ["run_id"])
    op.create_table(
        "quoted",
        sa.Column("quotation_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("seq", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("post_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("quotation_id", "seq", name="pk_quoted"),
        sa.ForeignKeyConstraint(
            ["quotation_id"], ["quotations.id"], name="fk_quoted_quotation_id_quotations", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seq"], ["posts.seq"], name="fk_quoted_seq_posts", ondelete="CASCADE"),
    )
    op.create_index("ix_quoted_seq", "quoted", ["seq"])
    op.create_table(
        "subscribers",
        sa.Column("recap_id", _ROW_ID, autoincrement=False),
        sa.Column("user_id", sa.BigInteger, autoincrement=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("recap_id", "user_id", name="pk_subscribers"),
        sa.ForeignKeyConstraint(["recap_id"], ["recaps.id"], name="fk_subscribers_recap_id_recaps", ondelete="CASCADE"),
    )
    op.create_index("ix_subscribers_user_id", "subscribers", ["user_id"])


def _make_channel_messages() -> None:
    op.create_table(
        "channel_messages",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, autoincrement=False),
        sa.Column("known", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="pk_channel_messages"),
    )
    op.create_index("ix_channel_messages_known", "channel_messages", ["known"])


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _ROW_ID),
        sa.Column("key", sa.Text, nullable=False),
        *_work_columns(),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("method", sa.String(64), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("begun", sa.Integer, nullable=False),
        sa.Column("doubts", sa.Integer, nullable=False),
        sa.Column("probes", sa.Integer, nullable=False),
        sa.Column("run_id", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("sent_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state_chat_id_id", "outbox", ["state", "chat_id", "id"])
    op.create_index("ix_outbox_run_id", "outbox", ["run_id"])
    op.create_index("ix_outbox_created", "outbox", ["created"])
    op.create_index("ix_outbox_sent_at", "outbox", ["sent_at"])
