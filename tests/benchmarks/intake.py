"""The whole bot behind a webhook: how fast it takes posts, how soon it answers meanwhile, and how much memory it needs.

Seconds are those of the clock here, since it is the waiting of other people that is measured: leave the machine alone.
"""

import asyncio
import itertools
import json
import math
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, quantiles
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.serving import serving
from tests.benchmarks.intake_load import Connection, update
from tests.benchmarks.rows import Row
from tests.e2e.process import TOKEN, BotProcess, behind_webhook

_SECRET = "benchmark"
_BURST = 6_000
_MANY = 20_000
_STORED = 500
_RATE = 100
_QUESTIONS = 40
_PEOPLE = 50
_QUESTION_IDS = itertools.count(200_000)
_SETTINGS = {
    "WEBHOOK_SECRET": _SECRET,
    # What is measured is intake, not Telegram's limits for reactions.
    "SITREP_INTAKE__ACKNOWLEDGE": "none",
    "SITREP_INTAKE__BURST_POSTS": "0",
    "SITREP_LIMITS__POSTS_PER_MINUTE": "100000",
    "SITREP_LIMITS__SUMMARIES_PER_MINUTE": "1000",
}


def measure() -> Iterator[Row]:
    """Yield the rows."""
    yield _receiving()
    yield _killing()
    yield from _answering()
    yield from _growing()


def _receiving() -> Row:
    with _bot() as bot:
        ours = _BURST / _took(bot.load(1, _BURST))
    with _peer() as peer:
        theirs = _BURST / _took(peer.load(1, _BURST))
    what = f"webhook: {_BURST:,} posts over 100 connections, each stored"
    return Row(what, f"{ours:,.0f} posts/s", "1,500", "PTB echo, stores nothing", f"{theirs:,.0f}/s", ours / theirs)


def _killing() -> Row:
    """Kill the bot while it takes posts; count those that it had confirmed and does not have."""
    with _bot() as bot:
        loading = bot.load(1, _BURST)
        while len(bot.received()) < _BURST // 4:
            time.sleep(0.01)
        bot.process.kill()
        confirmed = set(_result(loading)["confirmed"])
        lost = len(confirmed - bot.received())
    return Row(f"posts lost of {len(confirmed):,} that were confirmed before kill -9", str(lost), "0")


def _answering() -> Iterator[Row]:
    """Ask for a summary of many posts again and again, alone, then while others send posts; take the time it takes."""
    with _bot() as bot:
        _result(bot.load(1, _STORED, people=range(1)))
        bot.wait_until_handled(_STORED)
        begin = bot.processor_seconds()
        asyncio.run(bot.ask(f"/summary {_STORED}", _QUESTIONS // 4))
        worked = (bot.processor_seconds() - begin) / (_QUESTIONS // 4)
        loading = bot.load(_STORED + 1, _RATE * (_QUESTIONS + 5) * 2, people=range(1, _PEOPLE), rate=_RATE)
        seconds = asyncio.run(bot.ask(f"/summary {_STORED}", _QUESTIONS))
        loading.kill()
        loading.communicate()
    p50, p99 = quantiles(seconds, n=100)[49], max(seconds)
    what = f"/summary of {_STORED} posts while {_RATE} posts/s come: the slowest of {_QUESTIONS}"
    yield Row(f"/summary of {_STORED} posts: work of the processor", f"{worked * 1000:,.0f} ms")
    yield Row(what, f"{p99 * 1000:,.0f} ms (half of them within {p50 * 1000:,.0f} ms)", "300 ms")


def _growing() -> Iterator[Row]:
    """Take many posts in, and see how the memory of the bot grows behind the first fifth of them."""
    with _bot() as bot:
        _result(bot.load(1, _MANY))
        begin, sizes = time.perf_counter(), []
        while (handled := bot.handled()) < _MANY:
            sizes.append((handled, bot.megabytes()))
            time.sleep(0.5)
        rate = _MANY / (time.perf_counter() - begin)
    settled = [(count, size) for count, size in sizes if count > _MANY // 5]
    slope = linear_regression([count for count, _ in settled], [size for _, size in settled]).slope
    peak = max(size for _, size in sizes)
    yield Row("posts read and kept", f"{rate:,.0f} posts/s")
    yield Row(f"memory slope over {_MANY:,} posts", f"{slope * 10_000:+.1f} MB per 10,000 posts")
    yield Row(f"memory of the whole bot, {_MANY:,} posts, at most", f"{peak:,.0f} MB", "350 MB")


@dataclass(frozen=True)
class _Loaded:
    """A webhook that can be loaded, and the people who write to it."""

    telegram: LocalTelegram
    url: str
    first_person: int

    def load(self, first: int, amount: int, *, people: range = range(_PEOPLE), rate: int = 0) -> subprocess.Popen[str]:
        """Let another process post updates of some people."""
        figures = map(str, (first, amount, self.first_person + people.start, len(people), rate))
        command = [sys.executable, "-m", "tests.benchmarks.intake_load", self.url, _SECRET, *figures]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@dataclass(frozen=True)
class _Bot(_Loaded):
    """The bot behind its webhook."""

    process: BotProcess
    database: Path

    def received(self) -> set[int]:
        """Return the ids of the updates that it has stored."""
        return {number for (number,) in self._query("SELECT update_id FROM inbox")}

    def handled(self) -> int:
        """Count the updates that it is done with."""
        # The ids of the local Telegram, which brought the first word of everybody, are far higher.
        [(count,)] = self._query("SELECT count(*) FROM inbox WHERE state = 'done' AND update_id < 1000000")
        return int(count)

    def wait_until_handled(self, amount: int) -> None:
        while self.handled() < amount:
            time.sleep(0.1)

    async def ask(self, command: str, times: int) -> list[float]:
        """Ask so many times, with pauses in which Telegram's limits don't matter; return the seconds until answers."""
        seconds = []
        # To ask the local Telegram for it again and again would take as much of the processor as the bot does.
        async with httpx.AsyncClient(timeout=60) as client, client.stream("GET", self._events_url) as events:
            lines = events.aiter_lines()
            for _ in range(times):
                connection = Connection(self.url, _SECRET)
                await connection.open()
                begin = time.perf_counter()
                await connection.post(update(next(_QUESTION_IDS), self.first_person, command, is_forward=False))
                seconds.append(await self._answer(lines) - begin)
                connection.close()
                await asyncio.sleep(2)
        return seconds

    @property
    def _events_url(self) -> str:
        return f"{self.telegram.url}/_control/events"

    async def _answer(self, lines: AsyncIterator[str]) -> float:
        """Hear of an answer to the person who asks, to the last message of it; return the time of the first."""
        first = math.inf
        async for line in lines:
            event = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
            sent = event.get("call", {}).get("params", {})
            # News of progress has neither links to posts, which each message of an answer has, nor buttons.
            if "<a href=" in sent.get("text", "") and int(sent["chat_id"]) == self.first_person:
                first = min(first, time.perf_counter())
                if "reply_markup" in sent:
                    break
        return first

    def processor_seconds(self) -> float:
        """Return how long the processor has worked for its processes."""
        return sum(_processor_seconds(process) for process in self._processes())

    def megabytes(self) -> float:
        """Return the memory that its processes have now; what they share counts once."""
        return sum(_megabytes(process) for process in self._processes())

    def _processes(self) -> Iterator[Path]:
        """Yield the process, and those that it has started and not ended."""
        yield (own := Path(f"/proc/{self.process.pid}"))
        for children in own.glob("task/*/children"):
            yield from (Path("/proc") / pid for pid in children.read_text(encoding="utf-8").split())

    def _query(self, statement: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)) as database:
            return database.execute(statement).fetchall()


@contextmanager
def _bot() -> Iterator[_Bot]:
    settings = behind_webhook()
    with serving() as telegram, tempfile.TemporaryDirectory() as folder:
        first = _people(telegram)
        process = BotProcess(telegram.url, Path(folder), **settings, **_SETTINGS)
        process.start()
        try:
            process.wait_for_log("Started server process")
            _wait_for_port(settings["WEBHOOK_URL"])
            yield _Bot(telegram, settings["WEBHOOK_URL"], first, process, Path(folder) / "sitrep.sqlite3")
        finally:
            process.close()


@contextmanager
def _peer() -> Iterator[_Loaded]:
    url = behind_webhook()["WEBHOOK_URL"]
    with serving() as telegram:
        first = _people(telegram)
        command = [sys.executable, "-m", "tests.benchmarks.intake_peer", telegram.url, str(urlsplit(url).port)]
        with subprocess.Popen(command, env={**os.environ, "TELEGRAM_TOKEN": TOKEN}) as process:
            try:
                _wait_for_port(url)
                yield _Loaded(telegram, url, first)
            finally:
                process.kill()


def _people(telegram: LocalTelegram) -> int:
    """Make people who have started the bot, and return the id of the first; the others' follow it."""
    sitrep = telegram.bot("sitrep_bot", token=TOKEN)
    people = [telegram.user(f"Person {number}") for number in range(_PEOPLE)]
    for person in people:
        person.starts(sitrep)
    return people[0].id


def _wait_for_port(url: str) -> None:
    address = urlsplit(url)
    while True:
        try:
            socket.create_connection((str(address.hostname), address.port or 80)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return


def _processor_seconds(process: Path) -> float:
    figures = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(figures[11]) + int(figures[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(process: Path) -> float:
    return int((process / "smaps_rollup").read_text(encoding="utf-8").partition("Pss:")[2].split()[0]) / 1024


def _result(loading: subprocess.Popen[str]) -> dict[str, Any]:
    output, _ = loading.communicate()
    if loading.returncode:
        raise RuntimeError(f"the load ended with {loading.returncode}")
    result: dict[str, Any] = json.loads(output)
    return result


def _took(loading: subprocess.Popen[str]) -> float:
    return float(_result(loading)["seconds"])
