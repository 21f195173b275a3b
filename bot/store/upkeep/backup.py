"""`sitrep backup`: copy the database into a file, while the bot runs."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.errors import StoreFault
from bot.store.database import find
from bot.store.sqlite import advice_on, existing_file


def backup(url: str, path: Path) -> int:
    """Copy the database as it is at one moment into a new file; return how many bytes that has.

    It is on the disk when this returns, whole or not at all; nobody but its owner can read it.

    Raises:
        StoreFault: one line that says what to do.

    """
    if make_url(url).get_backend_name() != "sqlite":
        raise StoreFault(f"{find(url).name}: it is Postgres, which has its own program for this: pg_dump")
    source = existing_file(url).path
    part = path.with_name(f"{path.name}.part")
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise StoreFault(f"{path}: it is there already, and a backup replaces nothing: name another file") from None
    except OSError as error:
        raise StoreFault(f"{path}: it can't be made: {error.strerror}") from None
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        _copy(source, part)
        _sync(part)
        part.replace(path)
        _sync(path.parent)
    except (OSError, sqlite3.Error) as error:
        path.unlink()
        raise StoreFault(f"{path}: {advice_on(error)}") from None
    finally:
        part.unlink(missing_ok=True)
    return path.stat().st_size


def _copy(source: Path, copy: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite3.connect(copy)) as writing,
    ):
        # All pages in one step, which sees one moment; writers of the source go on meanwhile (sqlite.org/wal.html).
        reading.backup(writing)
        # One file alone, without those that a database in use has beside it.
        writing.execute("PRAGMA journal_mode = DELETE")
        (found,) = writing.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(f"the database is damaged: {found}")


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
