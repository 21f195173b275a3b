"""The bot as several processes that share a Postgres: any of them may be killed, or made to stand still."""

import json
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from tests.e2e.balancer import Balancer
from tests.e2e.process import BotProcess, behind_webhook
from tests.postgres import Server

ROLES = ("web", "web", "worker", "worker", "worker", "clock", "clock")
# What was committed is in the hands of the system, which survives; and seven processes want many connections.
_SETTINGS = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=200")
_LEADS = "this process leads"
_LEADS_NO_LONGER = "this process leads no longer: its session was lost"


@contextmanager
def lasting_postgres() -> Iterator[Server]:
    """Start a server that loses nothing when it is killed, as long as the machine lives."""
    server = Server(*_SETTINGS)
    try:
        server.start()
        yield server
    finally:
        server.close()


class Cluster:
    """Processes that share a database; made by `cluster`.

    Args:
        processes: by their names, such as worker-3.
        home: folder of their logs.

    """

    def __init__(self, processes: dict[str, BotProcess], home: Path) -> None:
        self._processes = processes
        self._home = home
        self._up: set[str] = set()

    def __getitem__(self, name: str) -> BotProcess:
        return self._processes[name]

    def names(self, role: str = "") -> list[str]:
        """Return the names of the processes with a role, or of all."""
        return [name for name in self._processes if name.startswith(role)]

    def start(self, *names: str) -> None:
        """Start processes, or all."""
        for name in names or self.names():
            self._processes[name].start()
            self._up.add(name)

    def start_what_is_down(self) -> None:
        """Start the processes that were killed."""
        if down := self.down():
            self.start(*down)

    def start_what_ended(self) -> list[str]:
        """Start the processes that have ended by themselves; tell of each what it said last."""
        told = []
        for name in self.ended():
            told.append(f"{name} ended by itself:\n{self[name].log()[-2000:]}")
            self.start(name)
        return told

    def kill(self, name: str) -> None:
        """Kill a process in the middle of whatever it does."""
        self._up.discard(name)
        self._processes[name].kill()

    def pause(self, name: str) -> None:
        """Let a process stand still."""
        self._processes[name].send(signal.SIGSTOP)

    def go_on(self, name: str) -> None:
        """Let a process that stands still go on."""
        self._processes[name].send(signal.SIGCONT)

    def other(self, worker: str) -> str:
        """Return the name of the other one of two workers."""
        (other,) = set(self.names("worker")) - {worker}
        return other

    def down(self) -> list[str]:
        """Return the names of the processes that were killed."""
        return [name for name in self._processes if name not in self._up]

    def ended(self) -> list[str]:
        """Return the names of the processes that have ended, though nobody has killed them."""
        return [name for name in sorted(self._up) if not self._processes[name].is_running()]

    def leader(self, what: str) -> str | None:
        """Tell which process leads something, by the logs; None if none that runs does."""
        last = max((found for name in self.names() if (found := self._last_word(name, what))), default=None)
        return last[1] if last and last[2] == _LEADS and last[1] in self._up else None

    def wait_for_log(self, words: str, seconds: float = 60) -> None:
        """Wait until one of them says something in its log."""
        give_up = time.monotonic() + seconds
        while not any(words in self._log(name) for name in self._processes):
            assert time.monotonic() < give_up, f"nobody said {words!r}"
            time.sleep(0.05)

    def stop(self) -> list[str]:
        """Ask all to stop; tell what is wrong with how they did."""
        for name in self._up:
            self._processes[name].send(signal.SIGTERM)
        ended = {name: self._processes[name].ends() for name in sorted(self._up)}
        self._up.clear()
        # One that has just started has not yet said how it takes the signal.
        return [f"{name} ended with {code}" for name, code in ended.items() if code not in (0, -signal.SIGTERM)]

    def close(self) -> None:
        """Leave no process behind."""
        for process in self._processes.values():
            process.close()

    def _log(self, name: str) -> str:
        has_begun = (self._home / f"{name}.log").exists()
        return self._processes[name].log() if has_begun else ""

    def _last_word(self, name: str, what: str) -> tuple[str, str, str] | None:
        """Find the last line about leading something in a log: (when, whose, what it says)."""
        for line in reversed(self._log(name).splitlines()):
            if _LEADS in line and line.startswith("{") and line.endswith("}"):
                told = json.loads(line)
                if told.get("what") == what and told["event"] in (_LEADS, _LEADS_NO_LONGER):
                    return told["timestamp"], name, told["event"]
        return None


@contextmanager
def cluster(
    api_url: str, home: Path, database: str, roles: Sequence[str] = ROLES, *, module: str = "bot", **settings: str
) -> Iterator[Cluster]:
    """Make processes on a database, those that are web behind one address; in the end none runs."""
    webs = [behind_webhook() for role in roles if role == "web"]
    with closing(Balancer([int(web["PORT"]) for web in webs])) as balancer:
        shared = {"DATABASE_URL": database, "WEBHOOK_URL": balancer.url} | settings
        made: dict[str, BotProcess] = {}
        for number, role in enumerate(roles, start=1):
            name = f"{role}-{number}"
            own = webs.pop() if role == "web" else {}
            made[name] = BotProcess(api_url, home, module=module, role=role, name=name, **own | shared)
        processes = Cluster(made, home)
        try:
            yield processes
        finally:
            processes.close()
