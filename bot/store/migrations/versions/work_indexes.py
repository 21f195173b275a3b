"""When the next row of inbox or outbox can be claimed is found by indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make them; rows that wait for no time are in none of them."""
    for table in ("inbox", "outbox"):
        for column in ("due", "lease_until"):
            is_set = sa.text(f"{column} IS NOT NULL")
            name = f"ix_{table}_state_{column}"
            op.create_index(name, table, ["state", column], postgresql_where=is_set, sqlite_where=is_set)
