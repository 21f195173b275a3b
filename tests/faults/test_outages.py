"""While Postgres is down nothing is lost; and what was sent meanwhile is written down when it is back."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import clock
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import waits_until
from bot.playground.serving import serving
from bot.store.upkeep.migrate import migrate
from tests.e2e.process import TOKEN
from tests.faults.many import cluster, lasting_postgres
from tests.postgres import Server

pytestmark = pytest.mark.e2e

_PAST_LEASES = 130.0


@pytest.fixture
def server() -> Iterator[Server]:
    with lasting_postgres() as server:
        yield server


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[LocalTelegram]:
    with serving(clock=tmp_path / "clock") as telegram:
        yield telegram


def test_an_answer_that_is_on_its_way_when_postgres_dies_comes_once(
    server: Server, telegram: LocalTelegram, tmp_path: Path
) -> None:
    url = server.url(server.create())
    asyncio.run(migrate(url))
    sitrep, anna = telegram.bot("sitrep_bot", token=TOKEN), telegram.user("Anna")
    settings = {clock.FILE: str(tmp_path / "clock")}
    with cluster(telegram.url, tmp_path, url, ("web", "worker", "worker"), **settings) as processes:
        processes.start()
        anna.starts(sitrep).answer()
        telegram.fault("slow", "sendMessage", seconds=2)
        first = anna.writes("/first", to=sitrep)
        waits_until(lambda: first.answers() or None, 60, "the answer, of which the bot does not hear yet")
        server.kill()
        processes.wait_for_log("what became of a message can't be written down")
        server.start()
        telegram.advance(_PAST_LEASES)
        second = anna.writes("/second", to=sitrep)
        waits_until(lambda: "/second" in "".join(one.text for one in second.answers()) or None, 60, "the next answer")
        assert ["/first" in answer.text for answer in first.answers()] == [True, False]
        assert processes.stop() == []
