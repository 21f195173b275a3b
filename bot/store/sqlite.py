"""SQLite: a file that one process has for itself.

One connection writes and begins with ``BEGIN IMMEDIATE``: a transaction that reads before it writes would otherwise
lose what others wrote in between. Many connections read, each from the snapshot of its own transaction (WAL).
"""

import random
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, NotSupportedError, ProgrammingError

from bot.errors import StoreFault

BUSY_SECONDS = 10
"""How long a writer waits for another process before it gives up."""
_RETRY_SECONDS = 0.05
_OLDEST = (3, 35, 0)  # the first that has RETURNING
_FULL_TEXT = "fts5"

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


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A database in a file; see `bot.store.database.Database`."""

    path: Path
    is_shared = False
    writers = 1
    readers = 8

    @classmethod
    def of(cls, url: URL) -> "SqliteFile":
        """Find the file that a URL names; make it and its folder if there is none.

        Raises:
            StoreFault: the URL names no file, or the file can't be opened.

        """
        file = url.database or ":memory:"
        if file.startswith((":memory:", "file:")):
            raise StoreFault("DATABASE_URL must name a file: write sqlite:///path/to/file.sqlite3")
        if sqlite3.sqlite_version_info < _OLDEST:
            raise StoreFault(f"SQLite {sqlite3.sqlite_version} is too old: install a Python that has 3.35 or newer")
        if not _can_search():
            raise StoreFault("Python's SQLite was built without FTS5, which search needs: install another Python")
        path = Path(file).expanduser().absolute()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreFault(f"{path.parent} can't be made: {error.strerror}") from None
        try:
            _turn_wal_on(path)
        except sqlite3.Error as error:
            raise StoreFault(f"{path}: {advice_on(error)}") from None
        return cls(path)

    @property
    def name(self) -> str:
        """The path."""
        return str(self.path)

    def write_engine(self) -> sa.Engine:
        """Make an engine of one connection whose transactions are the only ones that write."""
        return self._engine("BEGIN IMMEDIATE", "PRAGMA foreign_keys = ON", "PRAGMA synchronous = NORMAL")

    def claiming(self, engine: sa.Engine) -> sa.Engine:
        """Return the same: one writes at a time."""
        return engine

    def read_engine(self) -> sa.Engine:
        """Make an engine that can't write."""
        return self._engine("BEGIN", "PRAGMA query_only = ON")

    def migration_engine(self) -> sa.Engine:
        """Make an engine that writes and leaves alone what refers to a row.

        SQLite changes a table by copying it and dropping the old one, which must not delete what refers to it.
        """
        return self._engine("BEGIN IMMEDIATE", "PRAGMA foreign_keys = OFF", "PRAGMA synchronous = NORMAL")

    def advice(self, error: DatabaseError) -> str | None:
        """Say what to mend."""
        return None if isinstance(error, _BUGS) else advice_on(error.orig)

    def will_pass(self, error: DatabaseError) -> bool:  # noqa: ARG002 - the signature of all databases
        """Tell that nothing is to be carried out again: the only writer is in nobody's way."""
        return False

    def _engine(self, begin: str, *pragmas: str) -> sa.Engine:
        """Make an engine that sets up each new connection, and begins its transactions itself.

        Left alone, Python's driver begins only before INSERT, UPDATE and DELETE. With ``isolation_level = None`` it
        never does, on every version of Python (SQLAlchemy's documentation of the SQLite dialect, "Enabling Non-Legacy
        SQLite Transactional Modes"); COMMIT and ROLLBACK it still sends.
        """
        engine = sa.create_engine(
            URL.create("sqlite", database=str(self.path)),
            max_overflow=-1,
            connect_args={"timeout": BUSY_SECONDS},
            hide_parameters=True,
        )

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
        return engine


def existing_file(url: str) -> SqliteFile:
    """Find the file that a URL names, which must be there.

    Raises:
        StoreFault: it is not, or can't be opened.

    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreFault("that is no URL: write sqlite:///path/to/file.sqlite3") from None
    if parsed.get_backend_name() != "sqlite":
        raise StoreFault("that is no file of SQLite: write sqlite:///path/to/file.sqlite3")
    if not Path(parsed.database or "").expanduser().is_file():
        raise StoreFault(f"{parsed.database}: there is no such file")
    return SqliteFile.of(parsed)


def _can_search() -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute(f"CREATE VIRTUAL TABLE search USING {_FULL_TEXT} (words)")
        except sqlite3.OperationalError:
            return False
    return True


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


def advice_on(error: BaseException | None) -> str:
    """Say in one line what to mend."""
    return _ADVICE.get(_primary_code(error)) or " ".join(str(error).split())


def _primary_code(error: BaseException | None) -> int:
    """Return what kind of fault SQLite tells of: the low byte of the extended code (sqlite.org/rescode.html)."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
