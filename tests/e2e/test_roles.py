"""The bot as several processes that share a Postgres: whichever is killed, the others go on where it was."""

import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.clock import FILE
from bot.playground.client.cast import Bot
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from bot.playground.serving import serving
from bot.recaps.schedule import parse_schedule
from bot.recaps.slots import next_slot
from tests.e2e.balancer import Balancer
from tests.e2e.conftest import StartBot
from tests.e2e.messages import answer_to
from tests.e2e.process import BotProcess

pytestmark = pytest.mark.e2e

SCHEDULE = "daily 09:00"
# A lease of work that was in hand at a death lasts no longer.
LEASE_SECONDS = 61


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.fixture
def telegram(home: Path) -> Iterator[LocalTelegram]:
    with serving(clock=home / "clock") as telegram:
        yield telegram
        assert telegram.wrong_requests() == []


class Fleet:
    """Two processes of each role, started as they are asked for."""

    def __init__(self, start_bot: StartBot, telegram: LocalTelegram, home: Path, database: str) -> None:
        self._start_bot = start_bot
        self._telegram = telegram
        self._web_ports = _free_port(), _free_port()
        self.balancer = Balancer(self._web_ports)
        self._health_ports: dict[str, int] = {}
        self._settings = {
            "DATABASE_URL": database,
            "WEBHOOK_URL": self.balancer.url,
            "SITREP_WEBHOOK__HOST": "127.0.0.1",
            FILE: str(home / "clock"),
            "SITREP_INTAKE__BURST_POSTS": "0",
        }
        self.processes: dict[str, BotProcess] = {}

    def start(self, role: str, number: int) -> BotProcess:
        name = f"{role}-{number}"
        port = self._health_ports[name] = _free_port()
        ports = {"PORT": str(self._web_ports[number]), "SITREP_HEALTH__PORT": str(port)}
        process = self._start_bot(self._telegram.url, role=role, name=name, **self._settings, **ports)
        self.processes[name] = process
        return process

    def has_web(self) -> bool:
        """Wait until every webhook can be called."""
        for port in self._web_ports:
            waits_until(partial(_answers, port), 60, "a webhook")
        return True

    def leader(self, what: str, besides: str = "") -> str:
        """Wait until a process leads, another one than that; return its name."""

        def look() -> str | None:
            for name, port in self._health_ports.items():
                if name != besides and what in _ready(port).get("led_here", ()):
                    return name
            return None

        return waits_until(look, 60, f"a leader of the {what}")

    def readiness(self, name: str) -> dict[str, Any]:
        return _ready(self._health_ports[name])

    def measure(self, name: str, **labels: str) -> float:
        """Return a metric of all processes that run together."""
        ports = [port for process, port in self._health_ports.items() if self.processes[process].is_running()]
        told = [httpx.get(f"http://127.0.0.1:{port}/metrics").text for port in ports]
        return sum(
            sample.value
            for text in told
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )


def _answers(port: int) -> bool | None:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz").is_success or None
    except httpx.TransportError:
        return None


def _ready(port: int) -> dict[str, Any]:
    try:
        told: dict[str, Any] = httpx.get(f"http://127.0.0.1:{port}/readyz").json()
    except httpx.TransportError:
        return {}
    return told


@pytest.fixture
def fleet(start_bot: StartBot, telegram: LocalTelegram, home: Path, postgres_url: str) -> Iterator[Fleet]:
    fleet = Fleet(start_bot, telegram, home, postgres_url)
    with closing(fleet.balancer):
        yield fleet


def test_whichever_process_is_killed_the_others_go_on(telegram: LocalTelegram, sitrep: Bot, fleet: Fleet) -> None:
    for role in ("web", "worker", "clock"):
        for number in range(2):
            fleet.start(role, number)
    channel, news, anna = (
        telegram.channel("Morning", username="morning"),
        telegram.channel("River News"),
        telegram.user("Anna"),
    )
    channel.adds(sitrep)
    channel.promotes(sitrep, can_edit_messages=False)
    channel.adds(anna)
    channel.promotes(anna)
    fleet.has_web()
    answer_to(anna.starts(sitrep))
    anna.forwards(news.post("The river rose by two metres.\nThe mayor asked 300 people to leave."), to=sitrep)
    assert "300 people" in answer_to(anna.writes("/summary", to=sitrep)).text
    answer_to(anna.writes(f"/recap add @morning {SCHEDULE}", to=sitrep))

    # The clock is killed: another one begins the next slot.
    clock = fleet.leader("clock")
    fleet.processes[clock].kill()
    _go_to_next_slot(telegram)
    waits_until(lambda: [one for one in channel.messages() if "300 people" in one.text] or None, 30, "the recap")
    assert fleet.leader("clock", besides=clock) != clock

    # The worker that sends is killed while posts come: the other one handles and sends what it had in hand.
    worker = fleet.leader("delivery")
    asked = []
    for number in range(8):
        anna.forwards(news.post(f"The river rose by {number + 3} metres on Monday, the mayor said."), to=sitrep)
        asked.append(anna.writes(f"/ask{number}x", to=sitrep))
        if number == 3:
            fleet.processes[worker].kill()
    telegram.advance(LEASE_SECONDS)
    assert fleet.leader("delivery", besides=worker) != worker
    # What was being sent when it died may come twice in a private chat, where nobody can look.
    told = [_answers_to(one) for one in asked]
    assert sum(map(len, told)) <= len(asked) + 1
    assert "9 posts" in answer_to(anna.writes("/summary 20", to=sitrep)).text

    other = fleet.leader("clock", besides=clock)
    ready = fleet.readiness(other)
    assert (ready["ready"], ready["wrong"], ready["led"]) == (True, [], ["clock", "delivery"])
    assert fleet.measure("sitrep_leads", what="clock") == 1
    for metric, labels in (
        ("sitrep_updates_received_total", {}),
        ("sitrep_updates_handled_total", {"result": "handled"}),
        ("sitrep_deliveries_total", {"result": "sent"}),
        ("sitrep_posts_analysed_total", {"result": "read"}),
        ("sitrep_digest_seconds_count", {}),
    ):
        assert fleet.measure(metric, **labels) > 0, metric
    # Only who receives says how.
    assert telegram.calls("deleteWebhook") == []

    living = {name: process for name, process in fleet.processes.items() if process.is_running()}
    assert len(living) == 4
    assert {name: process.stop() for name, process in living.items()} == dict.fromkeys(living, 0)


def _answers_to(asked: Message) -> list[Message]:
    """Wait until something is answered that names what was asked; return all such answers."""

    def look() -> list[Message] | None:
        return [answer for answer in asked.answers() if asked.text in answer.text] or None

    return waits_until(look, 60, f"an answer to {asked.text}")


def _go_to_next_slot(telegram: LocalTelegram) -> None:
    now = datetime.fromtimestamp(telegram.advance(0), UTC)
    telegram.advance((next_slot(parse_schedule(SCHEDULE, ZoneInfo("UTC")), now) - now).total_seconds() + 1)


@pytest.mark.parametrize("role", ["web", "worker", "clock"])
def test_roles_refuse_a_database_of_one_process(start_bot: StartBot, role: str) -> None:
    process = start_bot("http://127.0.0.1:9", role=role)
    assert process.ends() == 78
    (line,) = process.log().splitlines()
    assert f"`sitrep {role}` works beside other processes" in line
    assert "set DATABASE_URL=postgresql://" in line


def test_web_needs_an_address(start_bot: StartBot, postgres_url: str) -> None:
    process = start_bot("http://127.0.0.1:9", role="web", DATABASE_URL=postgres_url)
    assert process.ends() == 78
    assert "set WEBHOOK_URL" in process.log()


def test_a_database_that_is_not_migrated_is_named(start_bot: StartBot, empty_postgres_url: str) -> None:
    process = start_bot("http://127.0.0.1:9", role="clock", DATABASE_URL=empty_postgres_url)
    assert process.ends() == 1
    assert "run `sitrep migrate`" in process.log()


def test_a_server_that_can_t_be_reached_is_waited_for_until_the_process_is_to_stop(start_bot: StartBot) -> None:
    process = start_bot("http://127.0.0.1:9", role="clock", DATABASE_URL="postgresql://sitrep:hidden@127.0.0.1:9/none")
    process.wait_for_log("the database can't be opened")
    assert process.stop() == 0
    assert "hidden" not in process.log()


def test_one_process_alone_can_use_postgres_too(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot, empty_postgres_url: str
) -> None:
    process = start_bot(telegram.url, DATABASE_URL=empty_postgres_url)
    assert answer_to(telegram.user("Anna").writes("/help", to=sitrep)).text
    assert process.stop() == 0


def test_a_port_for_health_that_is_taken_ends_it_with_a_line_that_says_so(
    telegram: LocalTelegram, sitrep: Bot, start_bot: StartBot
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        process = start_bot(telegram.url, SITREP_HEALTH__PORT=port)
        assert process.ends() == 78
    assert f"setting health.port: 127.0.0.1:{port} can't be used" in process.log()
