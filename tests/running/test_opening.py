"""A process that waits for Postgres at its start tells that it lives, and what it waits for."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

from bot.playground.client.seen import waits_until
from bot.playground.serving import serving
from bot.store.upkeep.migrate import migrate
from tests.e2e.conftest import starting
from tests.e2e.process import TOKEN, behind_webhook
from tests.faults.many import lasting_postgres

pytestmark = pytest.mark.e2e


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return str(listening.getsockname()[1])


def _get(port: str, path: str) -> httpx.Response | None:
    try:
        return httpx.get(f"http://127.0.0.1:{port}{path}")
    except httpx.TransportError:
        return None


def test_each_role_tells_that_it_lives_and_waits_until_postgres_is_there(tmp_path: Path) -> None:
    webhook, ports = behind_webhook(), {role: _free_port() for role in ("worker", "clock")}
    with lasting_postgres() as server, serving() as telegram, starting(tmp_path) as start:
        url = server.url(server.create())
        asyncio.run(migrate(url))
        telegram.bot("sitrep_bot", token=TOKEN)
        server.stop()
        settings = webhook | {"DATABASE_URL": url}
        processes = [start(telegram.url, role="web", name="web", **settings)]
        for role, port in ports.items():
            processes.append(start(telegram.url, role=role, name=role, SITREP_HEALTH__PORT=port, **settings))
        ports["web"] = webhook["PORT"]

        for role, port in ports.items():
            alive = waits_until(partial(_get, port, "/healthz"), 60, f"{role} to tell that it lives")
            assert alive.status_code == 200
            ready = httpx.get(f"http://127.0.0.1:{port}/readyz")
            assert ready.status_code == 503
            (wrong,) = ready.json()["wrong"]
            assert "the database can't be used" in wrong
            assert "sitrep_database_up 0.0" in httpx.get(f"http://127.0.0.1:{port}/metrics").text
        assert httpx.post(webhook["WEBHOOK_URL"], json={"update_id": 1}).status_code == 503

        with _connecting_all_the_time([ports["worker"], ports["clock"]]) as refused:
            server.start()
            for role, port in ports.items():
                waits_until(partial(_works, port), 60, f"{role} to be at work")
        assert refused == []
        for port in ports.values():
            assert httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
        assert [process.stop() for process in processes] == [0, 0, 0]


@contextmanager
def _connecting_all_the_time(ports: Sequence[str]) -> Iterator[list[str]]:
    """Connect to ports again and again in the block; hand out what was refused."""
    refused: list[str] = []
    is_over = Event()

    def connect() -> None:
        while not is_over.wait(0.005):
            for port in ports:
                try:
                    socket.create_connection(("127.0.0.1", int(port))).close()
                except OSError as error:
                    refused.append(f"{port}: {error}")

    connecting = Thread(target=connect)
    connecting.start()
    try:
        yield refused
    finally:
        is_over.set()
        connecting.join()


def _works(port: str) -> bool | None:
    ready = _get(port, "/readyz")
    return (ready is not None and "updates_waiting" in ready.json()) or None


def test_a_process_that_waits_can_be_stopped(tmp_path: Path) -> None:
    port, nowhere = _free_port(), f"postgresql://sitrep:hidden@127.0.0.1:{_free_port()}/none"
    with starting(tmp_path) as start:
        process = start("http://127.0.0.1:9", role="clock", DATABASE_URL=nowhere, SITREP_HEALTH__PORT=port)
        waits_until(lambda: _get(port, "/healthz"), 60, "the process to tell that it lives")
        assert "hidden" not in httpx.get(f"http://127.0.0.1:{port}/readyz").text
        assert process.stop() == 0
