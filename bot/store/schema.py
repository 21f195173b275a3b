"""The revisions of the schema, by Alembic, on a connection that is already open.

The migrations ship inside the package; there is no alembic.ini. A new one is a file in ``migrations/versions``, written
by hand: a test tells where it and `tables` differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.errors import SchemaFault

if TYPE_CHECKING:
    from alembic.config import Config

# ruff: noqa: PLC0415 - Alembic takes a tenth of a second, and nearly every start finds nothing to migrate

NEWEST = "0006"
"""The newest revision; a new migration moves it on."""

_NOTED = sa.table("alembic_version", sa.column("version_num", sa.String))


def upgrade(connection: sa.Connection) -> None:
    """Bring the schema to the newest revision, within the transaction of the connection.

    Raises:
        SchemaFault: the database is of a newer version of the program.

    """
    revision = current(connection)
    if revision == NEWEST:
        return
    _refuse_newer(revision)
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def current(connection: sa.Connection) -> str | None:
    """Tell the revision that the database has; None before the first."""
    if not sa.inspect(connection).has_table(_NOTED.name):
        return None
    return connection.scalar(sa.select(_NOTED.c.version_num))


def check(connection: sa.Connection) -> None:
    """Make sure that the schema is the one that this version of the program needs.

    Raises:
        SchemaFault: it is not; one line that says what to do.

    """
    revision = current(connection)
    if revision is None:
        raise SchemaFault("There is no database yet: run `sitrep migrate`, or start the bot, which makes it")
    if revision != NEWEST:
        _refuse_newer(revision)
        raise SchemaFault


def _refuse_newer(revision: str | None) -> None:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    if revision is not None and revision not in {script.revision for script in scripts}:
        raise SchemaFault(f"The database is of a newer version ({revision}): update sitrep, or restore a backup")


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    return config
