"""The real bot as a process of its own: `python -m bot run`, with its settings in the environment."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

TOKEN = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def behind_webhook() -> dict[str, str]:
    """Return the settings of a bot that gets its updates by webhook, at a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    url = f"http://127.0.0.1:{port}/telegram"
    return {"WEBHOOK_URL": url, "PORT": str(port), "SITREP_WEBHOOK__HOST": "127.0.0.1"}


class BotProcess:
    """A bot that can be started, asked to stop, killed and started again on the same database.

    Args:
        api_url: the Bot API server that it talks to.
        home: folder for its database and its log.
        under: a command that starts it, such as one that takes rights away.
        module: what is run.
        role: its command.
        name: of its log.
        settings: further variables of the environment.

    """

    def __init__(
        self,
        api_url: str,
        home: Path,
        *,
        under: Sequence[str] = (),
        module: str = "bot",
        role: str = "run",
        name: str = "bot",
        **settings: str,
    ) -> None:
        self._command = [*under, sys.executable, "-m", module, role]
        self._home = home
        self._log = home / f"{name}.log"
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api_url,
            "DATABASE_URL": f"sqlite:///{home / 'sitrep.sqlite3'}",
            "SITREP_TELEGRAM__POLL_SECONDS": "5",
            **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._home,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """End it by SIGKILL, in the middle of whatever it does."""
        assert self._process
        self._process.kill()
        self._process.wait()

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process
        self._process.send_signal(number)

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def limit_files(self, size: int) -> None:
        """Let it write no file beyond so many bytes from now on; -1 lets it write as much as it likes."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size, -1))

    def stop(self, seconds: float = 10) -> int:
        """Ask it to stop as a process manager does; return its exit code."""
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(seconds)

    def ends(self, seconds: float = 60) -> int:
        """Wait until it ends by itself; return its exit code."""
        assert self._process
        return self._process.wait(seconds)

    def command_line(self) -> str:
        """Return what a list of processes shows of it."""
        return Path(f"/proc/{self.pid}/cmdline").read_text(encoding="utf-8")

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def wait_for_log(self, words: str, seconds: float = 60) -> None:
        give_up = time.monotonic() + seconds
        while words not in self.log():
            assert time.monotonic() < give_up, f"{words!r} never came:\n{self.log()}"
            time.sleep(0.05)

    def close(self) -> None:
        """Leave no process behind."""
        if self.is_running():
            self.kill()
