"""The messages of albums."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "albums",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("album", sa.Text, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_albums"),
        sa.UniqueConstraint("chat_id", "album", "message_id", name="uq_albums_chat_id_album_message_id"),
    )
    op.create_index("ix_albums_received", "albums", ["received"])
