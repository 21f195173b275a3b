"""The way to the database. Which one it is, `bot.store.database` finds out; nobody else need know."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from sqlalchemy.dialects.postgresql import insert

from bot.store import schema
from bot.store.connection import Connection, ConnectionThread, T, Work
from bot.store.database import Database, faults_named, find

__all__ = ["Store", "insert", "open_store", "opened_store"]
# `insert` knows ON CONFLICT, which is no part of SQL's standard: Postgres and SQLite have it in the same shape.


class Store:
    """An open database; made by `open_store`, to be closed in the end."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._engines = for_writing, for_reading = database.write_engine(), database.read_engine()
        self._for_claiming = database.claiming(for_writing)
        self._writers = _Pool(
            ConnectionThread(for_writing, f"writer {number}", database.will_pass) for number in range(database.writers)
        )
        self._readers = _Pool(
            ConnectionThread(for_reading, f"reader {number}", database.will_pass) for number in range(database.readers)
        )

    @property
    def is_shared(self) -> bool:
        """Whether other processes may work on the database, too; if not, this one has it for itself."""
        return self._database.is_shared

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """Open a transaction that writes; commit it at the end, undo it if an exception leaves the block.

        Where the database is shared, it fails if it changes what others have changed since its first query: what can be
        one function is better carried out by `change`. Keep computing and waiting out of the block.

        Raises:
            StoreFault: the database can't be written; nothing of the block has happened, unless the connection broke
                at the end: then nobody knows.

        """
        async with self._writers.one() as writer:
            with faults_named(self._database):
                async with writer.transaction() as connection:
                    yield connection

    async def change(self, work: Work[T]) -> T:
        """Write as in `write`, much faster: all at once, by a function that waits for nothing but the database.

        Where others were in the way, the function is carried out again: it must do nothing beside the transaction that
        may not be done twice. Cancelled, it may still be carried out.

        Raises:
            StoreFault: see `write`.

        """
        async with self._writers.one() as writer:
            with faults_named(self._database):
                return await writer.carry_out(work)

    async def claim(self, work: Work[T]) -> T:
        """Claim rows as in `change`, side by side with others who do.

        The function may change nothing but the rows that it has selected ``FOR UPDATE``, and must decide by what it has
        found there: anything else may change meanwhile. A statement that decides by the rows which it changes may, too.

        Raises:
            StoreFault: see `write`.

        """
        async with self._writers.one() as writer:
            with faults_named(self._database):
                return await writer.carry_out(work, self._for_claiming)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """Open a transaction that sees the database as it is at its first query; it waits for no writer.

        Raises:
            StoreFault: the database can't be read.

        """
        async with self._readers.one() as reader:
            with faults_named(self._database):
                async with reader.transaction() as connection:
                    yield connection

    async def look(self, work: Work[T]) -> T:
        """Read as in `read`, much faster: all at once, by a function that waits for nothing but the database.

        Raises:
            StoreFault: the database can't be read.

        """
        async with self._readers.one() as reader:
            with faults_named(self._database):
                return await reader.carry_out(work)

    async def close(self) -> None:
        """Close all connections; call it when no transaction is open."""
        await self._writers.close()
        await self._readers.close()
        for engine in self._engines:
            engine.dispose()


class _Pool:
    """Connections, each used by one at a time."""

    def __init__(self, threads: Iterable[ConnectionThread]) -> None:
        self._threads = list(threads)
        # The last one in is the first one out: where one is enough, the others are never connected.
        self._idle: asyncio.LifoQueue[ConnectionThread] = asyncio.LifoQueue()
        for thread in self._threads:
            self._idle.put_nowait(thread)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[ConnectionThread]:
        """Wait for one that is idle, and have it for the block."""
        thread = await self._idle.get()
        try:
            yield thread
        finally:
            self._idle.put_nowait(thread)

    async def close(self) -> None:
        """Wait for the threads to end."""
        for thread in self._threads:
            await thread.close()


async def open_store(url: str) -> Store:
    """Open the database that a URL names, such as ``sqlite:////absolute/path.sqlite3``.

    Raises:
        SchemaFault: the schema is not the one that this version needs.
        StoreFault: the database can't be opened; one line that says what to mend.

    """
    return Store(await asyncio.to_thread(_find_checked, url))


@asynccontextmanager
async def opened_store(url: str) -> AsyncIterator[Store]:
    """Open the database for a block, as `open_store` does."""
    store = await open_store(url)
    try:
        yield store
    finally:
        await store.close()


def _find_checked(url: str) -> Database:
    database = find(url)
    engine = database.read_engine()
    try:
        with faults_named(database), engine.connect() as connection:
            schema.check(connection)
    finally:
        engine.dispose()
    return database
