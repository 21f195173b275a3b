"""The bot as several processes that share a Postgres on a disk, and what they come to."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from bot.playground.serving import serving
from bot.store.upkeep.migrate import migrate
from tests.e2e.process import TOKEN, BotProcess, behind_webhook
from tests.postgres import Server

FIRST_CHAT = 1_000
_PATIENCE_SECONDS = 120
_SECRET = "benchmark"
# What is measured is the work, not Telegram's limits for reactions nor our own for people.
SETTINGS = {
    "WEBHOOK_SECRET": _SECRET,
    "SITREP_INTAKE__ACKNOWLEDGE": "none",
    "SITREP_INTAKE__BURST_POSTS": "0",
    "SITREP_LIMITS__POSTS_PER_MINUTE": "100000",
}
# What is asked is counted, without what begins and ends transactions; a million rows make no checkpoint but one.
_SERVER = (
    "shared_preload_libraries=pg_stat_statements",
    "pg_stat_statements.track_utility=off",
    "max_wal_size=8GB",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the bot has asked of the database: statements, and pages of 8 kB that they looked at."""

    statements: int
    pages: int


class Machines:
    """Processes of the bot that share a database; made by `machines`.

    Args:
        url: of a database that is migrated.
        api_url: the Bot API server that they talk to.
        home: folder of their logs.

    """

    def __init__(self, url: str, api_url: str, home: Path) -> None:
        self._api_url = api_url
        self._home = home
        self._webhook = behind_webhook()
        self._settings = {**self._webhook, **SETTINGS, "DATABASE_URL": url}
        # Who watches is somebody else: what he asks is not counted as asked by the bot.
        self._watching = psycopg.connect(url, user="watcher", autocommit=True)
        self._watching.execute("CREATE EXTENSION pg_stat_statements")
        self._running: list[BotProcess] = []
        self._started = 0

    def start(self, role: str, count: int = 1) -> None:
        """Start processes of a role, and wait until they run."""
        started = []
        for _ in range(count):
            self._started += 1
            name = f"{role}-{self._started}"
            started.append(BotProcess(self._api_url, self._home, role=role, name=name, **self._settings))
        self._running += started
        for process in started:
            process.start()
        for process in started:
            process.wait_for_log("Started server process" if role == "web" else "running")

    def stop(self) -> None:
        """Ask all to stop, and wait until they have."""
        while self._running:
            self._running.pop().stop(30)

    def close(self) -> None:
        """Leave nothing running."""
        for process in self._running:
            process.close()
        self._watching.close()

    def post(self, first: int, count: int, chats: int) -> subprocess.Popen[str]:
        """Let another process post updates to the webhook, as fast as they are taken."""
        command = [sys.executable, "-m", "tests.benchmarks.intake_load", self._webhook["WEBHOOK_URL"], _SECRET]
        figures = map(str, (first, count, FIRST_CHAT, chats, 0))
        return subprocess.Popen([*command, *figures], stdout=subprocess.PIPE, text=True)

    def handled(self) -> int:
        """Count the updates that are handled, or given up."""
        return self.ask("SELECT count(*) FROM inbox WHERE state <> 'waiting'")

    def wait_until_handled(self, count: int) -> None:
        """Wait until so many updates are handled.

        Raises:
            RuntimeError: for a long time none was.

        """
        handled, give_up = -1, 0.0
        while (now := self.handled()) < count:
            if now > handled:
                handled, give_up = now, time.monotonic() + _PATIENCE_SECONDS
            if time.monotonic() > give_up:
                raise RuntimeError(f"{handled} of {count} updates are handled, and no more")
            time.sleep(0.1)

    def asked(self) -> Asked:
        """Sum up what the bot has asked of the database since that was made."""
        [row] = self.rows(
            "SELECT sum(calls)::bigint, sum(shared_blks_hit + shared_blks_read)::bigint FROM pg_stat_statements"
            " WHERE userid = 'sitrep'::regrole"
            " AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return Asked(*row)

    def undone(self) -> int:
        """Count the transactions that were undone, to be carried out anew, since others were in the way."""
        return self.ask("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()")

    def waits(self, after: int) -> tuple[float, float]:
        """Tell how many seconds updates with a greater id waited for a worker: half of them, and the longest."""
        [(half, longest)] = self.rows(
            "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY waited) / 1e6, max(waited) / 1e6"
            " FROM (SELECT f.received - i.received AS waited FROM inbox i"
            " JOIN forwards f ON f.chat_id = i.chat_id AND f.message_id = i.update_id WHERE update_id > %s) AS each",
            after,
        )
        return float(half), float(longest)

    def ask(self, query: LiteralString) -> int:
        """Ask the database for a number."""
        [[number]] = self.rows(query)
        return int(number)

    def rows(self, query: LiteralString, *parameters: object) -> list[tuple[Any, ...]]:
        """Ask the database for rows."""
        return self._watching.execute(query, parameters or None).fetchall()


@contextmanager
def server_on_disk() -> Iterator[Server]:
    """Start a Postgres that has every commit on the disk before it says so, which is its default."""
    server = Server(*_SERVER, in_memory=False)
    try:
        server.start()
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE ROLE watcher SUPERUSER LOGIN")
        yield server
    finally:
        server.close()


@contextmanager
def database(server: Server) -> Iterator[str]:
    """Make a database that is migrated; return its URL."""
    name = server.create()
    try:
        asyncio.run(migrate(server.url(name)))
        yield server.url(name)
    finally:
        server.drop(name)


@contextmanager
def machines(url: str) -> Iterator[Machines]:
    """Have processes that share a database, none at first."""
    with serving() as telegram, tempfile.TemporaryDirectory() as home:
        telegram.bot("sitrep_bot", token=TOKEN)
        found = Machines(url, telegram.url, Path(home))
        try:
            yield found
        finally:
            found.close()


def posted(posting: subprocess.Popen[str]) -> tuple[int, float]:
    """Wait until all is posted; tell how many updates were confirmed, and in how many seconds.

    Raises:
        RuntimeError: it could not be posted.

    """
    output, _ = posting.communicate()
    if posting.returncode:
        raise RuntimeError(f"posting ended with {posting.returncode}")
    result = json.loads(output)
    return len(result["confirmed"]), float(result["seconds"])
