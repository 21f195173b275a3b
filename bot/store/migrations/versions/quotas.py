"""What people have used of what they may in a minute, for all processes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table; Postgres writes no log of it, so a crash of the server empties it, and no commit waits for it."""
    on_postgres = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "quotas",
        sa.Column("person_id", sa.BigInteger, autoincrement=False),
        sa.Column("kind", sa.String(32)),
        sa.Column("drained_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "kind", name="pk_quotas"),
        prefixes=["UNLOGGED"] if on_postgres else [],
    )
    op.create_index("ix_quotas_drained_at", "quotas", ["drained_at"])
