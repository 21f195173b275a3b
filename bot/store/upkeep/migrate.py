"""`sitrep migrate`: bring the schema of a database up to date."""

import asyncio

from bot.store import schema
from bot.store.database import faults_named, find


async def migrate(url: str) -> None:
    """Make the file if there is none, and bring its schema to what this version needs.

    All in one transaction: a migration that breaks off leaves the database as it was. Two at once are safe.

    Raises:
        StoreFault: one line that says what to mend.

    """
    await asyncio.to_thread(_migrate, url)


def _migrate(url: str) -> None:
    database = find(url)
    engine = database.migration_engine()
    try:
        with faults_named(database), engine.begin() as connection:
            schema.upgrade(connection)
    finally:
        engine.dispose()


async def current(url: str) -> str | None:
    """Tell the revision that the database has; None if it is empty.

    Raises:
        StoreFault: one line that says what to mend.

    """
    return await asyncio.to_thread(_current, url)


def _current(url: str) -> str | None:
    database = find(url)
    engine = database.read_engine()
    try:
        with faults_named(database), engine.connect() as connection:
            return schema.current(connection)
    finally:
        engine.dispose()
