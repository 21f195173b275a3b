"""The real bot as a process of its own: `python -m bot run`, with its settings in the environment."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

TOKEN = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


class BotProcess:
    """A bot that can be started, asked to stop, killed and started again on the same database.

    Args:
        api_url: the Bot API server that it talks to.
        home: folder for its database and its log.
        settings: further variables of the environment.

    """

    def __init__(self, api_url: str, home: Path, **settings: str) -> None:
        self._home = home
        self._log = home / "bot.log"
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
                [sys.executable, "-m", "bot", "run"],
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

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self, seconds: float = 10) -> int:
        """Ask it to stop as a process manager does; return its exit code."""
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(seconds)

    def ends(self, seconds: float = 20) -> int:
        """Wait until it ends by itself; return its exit code."""
        assert self._process
        return self._process.wait(seconds)

    def command_line(self) -> str:
        """Return what a list of processes shows of it."""
        assert self._process
        return Path(f"/proc/{self._process.pid}/cmdline").read_text(encoding="utf-8")

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def wait_for_log(self, words: str, seconds: float = 20) -> None:
        give_up = time.monotonic() + seconds
        while words not in self.log():
            assert time.monotonic() < give_up, f"{words!r} never came:\n{self.log()}"
            time.sleep(0.05)

    def close(self) -> None:
        """Leave no process behind."""
        if self.is_running():
            self.kill()
