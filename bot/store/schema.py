"""The revisions of the schema, by Alembic, on a connection that is already open.

The migrations ship inside the package; there is no alembic.ini. A new one is a file in ``migrations/versions``, written
by hand: a test tells where it and `tables` differ.
"""

from functools import cache

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.errors import SchemaFault


def upgrade(connection: sa.Connection) -> None:
    """Bring the schema to the newest revision, within the transaction of the connection.

    Raises:
        SchemaFault: the database is of a newer version of the program.

    """
    _refuse_newer(current(connection))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def current(connection: sa.Connection) -> str | None:
    """Tell the revision that the database has; None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def check(connection: sa.Connection) -> None:
    """Make sure that the schema is the one that this version of the program needs.

    Raises:
        SchemaFault: it is not; one line that says what to do.

    """
    revision = current(connection)
    _refuse_newer(revision)
    if revision is None:
        raise SchemaFault("There is no database yet: run `sitrep migrate`, or start the bot, which makes it")
    if revision != head():
        raise SchemaFault


def head() -> str | None:
    """Tell the newest revision."""
    return _scripts().get_current_head()


def _refuse_newer(revision: str | None) -> None:
    if revision is not None and revision not in {script.revision for script in _scripts().walk_revisions()}:
        raise SchemaFault(f"The database is of a newer version ({revision}): update sitrep, or restore a backup")


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    return config
