"""What Alembic runs to migrate: on the connection, and in the transaction, that `bot.store.schema` hands over."""

from alembic import context

from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite can't alter a column: Alembic copies the table
)
context.run_migrations()
