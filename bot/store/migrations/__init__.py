"""Alembic migrations, run by `bot.store.upkeep.migrate`."""
