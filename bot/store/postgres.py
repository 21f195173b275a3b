"""Postgres: a database that many processes share.

Transactions are REPEATABLE READ: each sees the database as it is at its first query. One that changes a row which
others have changed since is broken off, and carried out again; so nothing that it has read and changes is lost. Two
that only add rows do not see each other: where they must, they change a row that both know, as `runs.open_run` does.

Not SERIALIZABLE, which would spare that: as long as tables are small, it breaks off nearly every transaction that
another one overlaps (1,341 times in 1,500 that took posts in by four connections; so none of them).

Claims are READ COMMITTED: they lock what they claim, and pass over what is locked.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, NotSupportedError, ProgrammingError

from bot.errors import StoreFault
from bot.store.sessions import KEEPALIVE

BUSY_SECONDS = 10
"""How long a transaction waits for a row or a table that another one holds."""
_CONNECT_SECONDS = 10
# A process that stands still within a transaction holds others up no longer than this.
_IDLE_SECONDS = 30
_MIGRATION_LOCK = 7_748_737  # any number: who migrates holds the advisory lock of this name
# Whoever works meanwhile waits behind a migration that waits for a table: rather give up, and try again.
_MIGRATION_LOCK_SECONDS = 5
_MIGRATION_STATEMENT_SECONDS = 600

# Faults of the program, not of the database: they come out as they are.
_BUGS = (IntegrityError, ProgrammingError, DataError, NotSupportedError)

# postgresql.org/docs/current/errcodes-appendix.html
_ADVICE = {
    "25006": "it is read-only: let DATABASE_URL name the primary server",
    "25P03": f"the connection rested for {_IDLE_SECONDS} s within a transaction",
    "25P04": "a transaction took too long",
    "40001": "too many wanted to change the same at once",
    "40P01": "too many wanted to change the same at once",
    "42501": "access is denied: grant the user of DATABASE_URL the rights to its tables",
    "42P07": "a table of that name is there already: let DATABASE_URL name a database that Sitrep has for itself",
    "53100": "the disk of the server is full: free some space",
    "53200": "the server is out of memory",
    "53300": "the server has no connections left: raise its max_connections, or run fewer processes",
    "55P03": f"another transaction has kept a row or a table locked for {BUSY_SECONDS} s",
    "57014": "the server broke the query off",
    "57P01": "the server is shutting down",
    "57P02": "the server is shutting down after a crash",
    "57P03": "the server is starting or shutting down",
    "XX001": "it is damaged: restore it from a backup",
    "XX002": "an index is damaged: REINDEX it",
}
# The last two are rules of the schema: what others have added or deleted meanwhile is not seen, and in the way.
_PASSING = {"40001", "40P01", "23505", "23503"}


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """A database of a server; see `bot.store.database.Database`."""

    url: URL
    is_shared = True
    writers = 4
    readers = 4  # each is a process of the server, which small plans count

    @property
    def name(self) -> str:
        """The database and its server."""
        return f"{self.url.database or 'the database'} at {self.url.host or 'this machine'}"

    def write_engine(self) -> sa.Engine:
        """Make an engine whose transactions fail if they change what others have changed meanwhile."""
        return self._engine(
            "REPEATABLE READ",
            f"SET idle_in_transaction_session_timeout = '{_IDLE_SECONDS}s'",
        )

    def claiming(self, engine: sa.Engine) -> sa.Engine:
        """Make an engine whose transactions go side by side."""
        return engine.execution_options(isolation_level="READ COMMITTED")

    def read_engine(self) -> sa.Engine:
        """Make an engine that can't write."""
        return self._engine("REPEATABLE READ").execution_options(postgresql_readonly=True)

    def migration_engine(self) -> sa.Engine:
        """Make an engine whose transactions wait for each other from their beginning."""
        # READ COMMITTED: who has waited sees what the other did.
        engine = self._engine("READ COMMITTED")

        def begin(connection: sa.Connection) -> None:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
            if encoding != "UTF8":
                raise StoreFault(f"{self.name}: its encoding is {encoding}: create it with the encoding UTF8")
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_MIGRATION_LOCK_SECONDS}s'")
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{_MIGRATION_STATEMENT_SECONDS}s'")

        sa.event.listen(engine, "begin", begin)
        return engine

    def advice(self, error: DatabaseError) -> str | None:
        """Say what to mend."""
        state = _state(error)
        if advice := _ADVICE.get(state):
            return advice
        if isinstance(error, _BUGS):
            return None
        # What the server says in its first line; details hold data.
        said = getattr(getattr(error.orig, "diag", None), "message_primary", None)
        return " ".join(str(said or error.orig).split())

    def will_pass(self, error: DatabaseError) -> bool:
        """Tell whether others were in the way, or the connection was lost before the transaction was to be committed.

        SQLAlchemy names no statement if it was lost at the commit: then nobody knows whether that was carried out.
        """
        return _state(error) in _PASSING or (error.connection_invalidated and error.statement is not None)

    def _engine(self, isolation: str, *settings: str) -> sa.Engine:
        engine = sa.create_engine(
            self.url.set(drivername="postgresql+psycopg"),
            isolation_level=isolation,
            max_overflow=-1,
            connect_args={"connect_timeout": _CONNECT_SECONDS, "application_name": "sitrep", **KEEPALIVE},
            hide_parameters=True,
        )

        def set_up(connection: DBAPIConnection, _record: object) -> None:
            cursor = connection.cursor()
            for setting in (f"SET lock_timeout = '{BUSY_SECONDS}s'", *settings):
                cursor.execute(setting)
            cursor.close()
            connection.commit()

        sa.event.listen(engine, "connect", set_up)
        return engine


def _state(error: DatabaseError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""
