"""The way to the database; the only module that knows that it is SQLite.

One connection writes and begins with ``BEGIN IMMEDIATE``: a transaction that reads before it writes would otherwise
lose what others wrote in between. Many connections read, each from the snapshot of its own transaction (WAL).
"""

import asyncio
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, NotSupportedError, ProgrammingError

from bot.errors import StoreFault
from bot.store import schema
from bot.store.connection import Connection, ConnectionThread, T, Work

BUSY_SECONDS = 10
"""How long a writer waits for another process before it gives up."""
_RETRY_SECONDS = 0.05
_READERS = 8
_OLDEST_SQLITE = (3, 35, 0)  # the first that has RETURNING

# Faults of the program, not of the database: they come out as they are.
_BUGS = (IntegrityError, ProgrammingError, DataError, NotSupportedError)

_ADVICE = {
    sqlite3.SQLITE_FULL: "the disk is full: free some space",
    sqlite3.SQLITE_READONLY: "it is read-only: make the file, those beside it (-wal, -shm) and their folder writable",
    sqlite3.SQLITE_BUSY: f"another program has kept it locked for {BUSY_SECONDS} s: stop that program",
    sqlite3.SQLITE_LOCKED: "another connection keeps a table locked",
    sqlite3.SQLITE_CORRUPT: "it is damaged: restore it from a backup",
    sqlite3.SQLITE_NOTADB: "it is no SQLite database: restore a backup, or set DATABASE_URL to another file",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened: check that the folder exists and is writable",
    sqlite3.SQLITE_PERM: "access is denied: check the rights of the file",
    sqlite3.SQLITE_IOERR: "the disk can't be read or written: check it",
}


class Store:
    """An open database; made by `open_store`, to be closed in the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engines = write_engine(path), read_engine(path)
        for_writing, for_reading = self._engines
        self._writer = ConnectionThread(for_writing, "writer")
        self._readers = [ConnectionThread(for_reading, f"reader {number}") for number in range(_READERS)]
        # The last one in is the first one out: where one is enough, the others are never connected.
        self._idle: asyncio.LifoQueue[ConnectionThread] = asyncio.LifoQueue()
        for reader in self._readers:
            self._idle.put_nowait(reader)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """Open a transaction that alone writes; commit it at the end, undo it if an exception leaves the block.

        Writers of this process wait for each other without limit, those of other processes for `BUSY_SECONDS`.
        Keep computing and waiting out of the block.

        Raises:
            StoreFault: the database can't be written; nothing of the block has happened.

        """
        with faults_named(self._path):
            async with self._writer.transaction() as connection:
                yield connection

    async def change(self, work: Work[T]) -> T:
        """Write as in `write`, much faster: all at once, by a function that waits for nothing but the database.

        Cancelled, it may still be carried out.

        Raises:
            StoreFault: the database can't be written; nothing of the work has happened.

        """
        with faults_named(self._path):
            return await self._writer.carry_out(work)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """Open a transaction that sees the database as it is at its first query; it waits for no writer.

        Raises:
            StoreFault: the database can't be read.

        """
        async with self._reader() as reader:
            with faults_named(self._path):
                async with reader.transaction() as connection:
                    yield connection

    async def look(self, work: Work[T]) -> T:
        """Read as in `read`, much faster: all at once, by a function that waits for nothing but the database.

        Raises:
            StoreFault: the database can't be read.

        """
        async with self._reader() as reader:
            with faults_named(self._path):
                return await reader.carry_out(work)

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[ConnectionThread]:
        reader = await self._idle.get()
        try:
            yield reader
        finally:
            self._idle.put_nowait(reader)

    async def close(self) -> None:
        """Close all connections; call it when no transaction is open."""
        for thread in (self._writer, *self._readers):
            await thread.close()
        for engine in self._engines:
            engine.dispose()


async def open_store(url: str) -> Store:
    """Open the database that a URL names, such as ``sqlite:////absolute/path.sqlite3``.

    Raises:
        SchemaFault: the schema is not the one that this version needs.
        StoreFault: the database can't be opened; one line that says what to mend.

    """
    return Store(await asyncio.to_thread(_find_checked, url))


def _find_checked(url: str) -> Path:
    path = database_path(url)
    engine = read_engine(path)
    try:
        with faults_named(path), engine.connect() as connection:
            schema.check(connection)
    finally:
        engine.dispose()
    return path


def database_path(url: str) -> Path:
    """Find the file that a database URL names; make it and its folder if there is none.

    Raises:
        StoreFault: the URL names no file, or the file can't be opened.

    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreFault("DATABASE_URL is no URL: write sqlite:///path/to/file.sqlite3") from None
    file = parsed.database or ":memory:"
    if parsed.get_backend_name() != "sqlite" or file.startswith((":memory:", "file:")):
        raise StoreFault("DATABASE_URL must name a file: write sqlite:///path/to/file.sqlite3")
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreFault(f"SQLite {sqlite3.sqlite_version} is too old: install a Python that has 3.35 or newer")
    path = Path(file).expanduser().absolute()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreFault(f"{path.parent} can't be made: {error.strerror}") from None
    try:
        _turn_wal_on(path)
    except sqlite3.Error as error:
        raise StoreFault(f"{path}: {_advice(error)}") from None
    return path


def _turn_wal_on(path: Path) -> None:
    """Set the mode that lets readers read while one writes; the file remembers it.

    Processes that set it in the same instant lock each other out until they let go: they must not wait but try again.
    It is also the moment to see that the file can be opened.
    """
    give_up = time.monotonic() + BUSY_SECONDS
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if _primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                    raise
                time.sleep(_RETRY_SECONDS * random.random())  # noqa: S311 - so that two do not try in step
            else:
                return


def insert(table: sa.Table) -> Insert:
    """Make an INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``.

    They are no part of SQL's standard; SQLite and Postgres have them in the same shape.
    """
    return sqlite_insert(table)


def write_engine(path: Path, *, foreign_keys: bool = True) -> sa.Engine:
    """Make an engine of one connection whose transactions are the only ones that write."""
    engine = _engine(path, connections=1)
    _prepare(
        engine,
        "BEGIN IMMEDIATE",
        f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        "PRAGMA synchronous = NORMAL",
    )
    return engine


def read_engine(path: Path) -> sa.Engine:
    """Make an engine of many connections that can't write."""
    engine = _engine(path, connections=_READERS)
    _prepare(engine, "BEGIN", "PRAGMA query_only = ON")
    return engine


def _engine(path: Path, connections: int) -> sa.Engine:
    return sa.create_engine(
        URL.create("sqlite", database=str(path)),
        pool_size=connections,
        max_overflow=0,
        connect_args={"timeout": BUSY_SECONDS},
    )


def _prepare(engine: sa.Engine, begin: str, *pragmas: str) -> None:
    """Set up each new connection, and begin its transactions ourselves.

    Left alone, Python's driver begins only before INSERT, UPDATE and DELETE. With ``isolation_level = None`` it never
    does, on every version of Python (SQLAlchemy's documentation of the SQLite dialect, "Enabling Non-Legacy SQLite
    Transactional Modes"); COMMIT and ROLLBACK it still sends.
    """

    def set_up(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    def begin_transaction(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    sa.event.listen(engine, "connect", set_up)
    sa.event.listen(engine, "begin", begin_transaction)


@contextmanager
def faults_named(path: Path) -> Iterator[None]:
    """Turn what the driver says into a `StoreFault` of one line, which holds neither SQL nor data."""
    try:
        yield
    except _BUGS:
        raise
    except DatabaseError as error:
        raise StoreFault(f"{path}: {_advice(error.orig)}") from error


def _advice(error: BaseException | None) -> str:
    return _ADVICE.get(_primary_code(error)) or " ".join(str(error).split())


def _primary_code(error: BaseException | None) -> int:
    """Return what kind of fault SQLite tells of: the low byte of the extended code (sqlite.org/rescode.html)."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
