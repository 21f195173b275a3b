"""`sitrep playground` as a process."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram


class Playground:
    """A running `sitrep playground`."""

    def __init__(self, home: Path, *options: str) -> None:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("SITREP_", "TELEGRAM_"))
        }
        self._log = home / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "playground", *options],
                cwd=home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def client(self, seconds: float = 30) -> LocalTelegram:
        """Wait for the address that it prints."""
        end = time.monotonic() + seconds
        while "\n" not in self.log():
            assert self._process.poll() is None, f"it ended: {self.log()}"
            assert time.monotonic() < end, "no address came"
            time.sleep(0.05)
        return LocalTelegram(self.log().split()[1])

    def bots(self) -> list[int]:
        """Return the processes that it started."""
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def ends(self, by: signal.Signals = signal.SIGINT, seconds: float = 60) -> int:
        self._process.send_signal(by)
        return self._process.wait(seconds)

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Playground]]:
    """Gathers what a test starts, so that nothing is left behind."""
    running: list[Playground] = []
    yield running
    for playground in running:
        playground.kill()


def test_without_a_bot_it_serves_page_and_api(started: list[Playground], tmp_path: Path) -> None:
    playground = Playground(tmp_path, "--port", "0", "--no-bot")
    started.append(playground)
    with playground.client() as telegram:
        assert httpx.get(telegram.url).status_code == 200
        view = telegram.read("/view")
        assert view["bot"]["username"] == "sitrep_bot"
        assert len(view["chats"]) > 3
    assert playground.ends() == 0
    assert playground.log().splitlines() == [f"Playground: {telegram.url} (Ctrl-C ends it)"]


def test_what_happened_is_kept_in_a_folder(started: list[Playground], tmp_path: Path) -> None:
    options = ("--port", "0", "--no-bot", "--data", str(tmp_path / "kept"))
    for expected in (["Remember me."], ["Remember me.", "Remember me."]):
        playground = Playground(tmp_path, *options)
        started.append(playground)
        with playground.client() as telegram:
            view = telegram.read("/view")
            me, bot = User(telegram, view["me"]["id"]), Bot(telegram, view["bot"]["id"], "", "sitrep_bot")
            me.writes("Remember me.", to=bot)
            assert [message.text for message in me.sees(bot)] == expected
        assert playground.ends(signal.SIGTERM) == 0


def test_a_folder_that_can_t_be_read_is_named(started: list[Playground], tmp_path: Path) -> None:
    (tmp_path / "telegram.json").write_text("no state")
    playground = Playground(tmp_path, "--port", "0", "--no-bot", "--data", str(tmp_path))
    started.append(playground)
    assert playground._process.wait(30) == 65
    assert playground.log().startswith(
        f"sitrep: {tmp_path / 'telegram.json'} can't be read: it is not what a playground left"
    )
    assert "Traceback" not in playground.log()


def test_a_folder_that_can_t_be_made_is_named(started: list[Playground], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "folder"
    playground = Playground(tmp_path, "--port", "0", "--no-bot", "--data", str(folder))
    started.append(playground)
    assert playground._process.wait(30) == 65
    assert playground.log() == f"sitrep: {folder} can't be made: Not a directory\n"


def test_a_port_that_is_taken_is_said_in_one_line(started: list[Playground], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        playground = Playground(tmp_path, "--port", str(port))
        started.append(playground)
        assert playground._process.wait(30) == 1
    words = f"sitrep: port {port} can't be used (Address already in use): choose another with --port"
    assert playground.log().splitlines() == [words]


@pytest.mark.e2e
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_the_real_bot_answers_and_ends_with_it(started: list[Playground], tmp_path: Path, by: signal.Signals) -> None:
    playground = Playground(tmp_path, "--port", "0")
    started.append(playground)
    with playground.client() as telegram:
        view = telegram.read("/view")
        me, bot = User(telegram, view["me"]["id"]), Bot(telegram, view["bot"]["id"], "", "sitrep_bot")
        me.writes("Река поднялась на два метра.", to=bot)
        me.writes("The river rose by two metres on Monday. Some 1,200 people left their homes.", to=bot)
        answer = me.writes("/summary", to=bot).answer(60)
        assert "Some 1,200 people left their homes." in answer.text
        assert telegram.problems() == []
        [process] = playground.bots()
    assert playground.ends(by) == 0
    assert playground.log().splitlines() == [f"Playground: {telegram.url} (Ctrl-C ends it)"]
    assert not Path(f"/proc/{process}").exists()
    assert "Traceback" not in playground.log()
