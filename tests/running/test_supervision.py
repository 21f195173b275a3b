import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.running.supervision import tell, tell_of_life


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The socket at which systemd hears of the process."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as hearing:
        hearing.bind(str(tmp_path / "notify"))
        hearing.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield hearing


async def test_systemd_hears_that_the_process_is_ready_and_again_and_again_that_it_lives(
    systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "30000")
    telling = asyncio.create_task(tell_of_life())
    heard = [await asyncio.to_thread(systemd.recv, 100) for _ in range(3)]
    telling.cancel()
    assert heard == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]


def test_a_name_that_is_no_file_is_one_of_the_abstract_space(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = f"sitrep-{tmp_path.name}-{tmp_path.parent.name}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as hearing:
        hearing.bind(f"\0{name}")
        hearing.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
        tell("STOPPING=1")
        assert hearing.recv(100) == b"STOPPING=1"


def test_without_systemd_nobody_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    tell("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody listens here"))
    tell("READY=1")
