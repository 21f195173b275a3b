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


def upgrade(connection: sa.Connection) -> None:
    """Bring the schema to the newest revision, within the transaction of the connection."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def current(connection: sa.Connection) -> str | None:
    """Tell the revision that the database has; None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """Tell the newest revision, which this version of the program needs."""
    return _scripts().get_current_head()


def is_known(revision: str) -> bool:
    """Tell whether the revision is one of ours; an unknown one is of a newer version of the program."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    return config
