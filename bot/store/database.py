"""What a store asks of a database, whichever it is: `sqlite` and `postgres` answer it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from bot.errors import StoreFault
from bot.store.postgres import PostgresDatabase
from bot.store.sqlite import SqliteFile


class Database(Protocol):
    """A database that can be opened."""

    @property
    def name(self) -> str:
        """What people know it by: a path, or a server and a name there; no password."""

    @property
    def is_shared(self) -> bool:
        """Whether several processes work on it at once."""

    @property
    def writers(self) -> int:
        """How many transactions of one process may write at once."""

    @property
    def readers(self) -> int:
        """How many may read at once, beside those."""

    def write_engine(self) -> sa.Engine:
        """Make an engine whose transactions fail if they change what others have changed since their first query."""

    def claiming(self, engine: sa.Engine) -> sa.Engine:
        """Make of a `write_engine` one whose transactions go side by side, as long as they change only what they lock.

        A query of theirs sees what was committed before it.
        """

    def read_engine(self) -> sa.Engine:
        """Make an engine that can't write; a transaction sees the database as it is at its first query."""

    def migration_engine(self) -> sa.Engine:
        """Make an engine whose transactions change the schema, one at a time."""

    def advice(self, error: DatabaseError) -> str | None:
        """Say in one line what to mend, with neither SQL nor data; None if it is the program that is at fault."""

    def will_pass(self, error: DatabaseError) -> bool:
        """Tell whether a transaction that failed so has changed nothing and may succeed if it is carried out again."""


def find(url: str) -> Database:
    """Find the database that a URL names; a file, and its folder, are made if they are not there.

    Raises:
        StoreFault: the URL names none, or the file can't be opened.

    """
    try:
        kind = make_url(url).get_backend_name()
    except ArgumentError:
        kind = ""
    if kind == "sqlite":
        return SqliteFile.of(make_url(url))
    if kind in {"postgresql", "postgres"}:
        return PostgresDatabase(make_url(url))
    raise StoreFault(
        "DATABASE_URL names no database: write sqlite:///path/to/file.sqlite3 or postgresql://user:password@host/name"
    )


def shown(url: str) -> str:
    """Return a database's URL as people may see it: without a password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "a URL that can't be read"


@contextmanager
def faults_named(database: Database) -> Iterator[None]:
    """Turn what the driver says into a `StoreFault` of one line, which holds neither SQL nor data."""
    try:
        yield
    except DatabaseError as error:
        if (advice := database.advice(error)) is None:
            raise
        raise StoreFault(f"{database.name}: {advice}") from error
