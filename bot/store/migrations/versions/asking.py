"""Which updates somebody waits for an answer to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the column, and the index of those that wait."""
    op.add_column("inbox", sa.Column("asks", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_inbox_asking",
        "inbox",
        ["received", "chat_id"],
        sqlite_where=sa.text("asks = 1"),
        postgresql_where=sa.text("asks"),
    )
