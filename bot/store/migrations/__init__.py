"""Alembic migrations, run by `bot.store.migrate`."""
