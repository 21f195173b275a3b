"""Which rows of inbox and outbox wait for no time, by indexes; and who holds a message."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make them."""
    op.add_column("outbox", sa.Column("held_by", sa.BigInteger))
    is_ready = sa.text("state = 'waiting' AND due IS NULL")
    for table, key in (("inbox", "update_id"), ("outbox", "id")):
        columns = ["state", "chat_id", key]
        op.create_index(f"ix_{table}_ready", table, columns, postgresql_where=is_ready, sqlite_where=is_ready)
