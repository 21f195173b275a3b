"""A line of the table, and how time is taken.

Times are of the processor, not of the clock on the wall, unless the row says so: waiting for other work of the machine
does not count, though a busy machine makes the processor itself slower.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_TIMES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of ours, beside a peer's from the same run; ``ratio`` is how many times better ours is."""

    what: str
    figure: str
    goal: str = ""
    peer: str = ""
    peer_figure: str = ""
    ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took, in seconds of the processor and on the wall, and what it printed."""

    seconds: float
    wall: float
    output: str


def seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds of this thread that work takes."""
    begin = time.thread_time()
    work()
    return time.thread_time() - begin


def best_seconds(work: Callable[[], object], times: int = _TIMES) -> float:
    """Return the least of some runs."""
    return min(seconds(work) for _ in range(times))


def run_python(*arguments: str) -> Spent:
    """Run Python in a process of its own to its end, and say what it took.

    Raises:
        RuntimeError: it failed.
    """
    begin = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        output = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    if process.returncode:
        raise RuntimeError(f"python {' '.join(arguments)} ended with {process.returncode}")
    return Spent(usage.ru_utime + usage.ru_stime, wall, output)


def best_of(runs: Sequence[Spent]) -> Spent:
    """Return the run that took the least processor time."""
    return min(runs, key=lambda run: run.seconds)


def most_memory() -> float:
    """Return the peak of this program's memory in MB; that of getrusage would hold its parent's before the start."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:"))
