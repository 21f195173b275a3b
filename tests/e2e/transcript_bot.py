"""The bot of a transcript: the real one, begun anew for each by a fork of a process that has loaded this module.

So it is there in a fraction of a second. Two things that have tests of their own are left out for that: reading has no
process of its own, and the pauses that Telegram's flood limits want are not made. Nor is anything told that depends on
how busy the machine is: how far an answer is, and that a minute has passed since somebody asked too much.
"""

import os
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, TypeVarTuple
from unittest.mock import patch

from bot import app as app  # noqa: PLC0414 - what `sitrep run` imports is there before the fork
from bot import clock
from bot.cli import main
from bot.reader.process import ReaderProcess
from bot.reader.work import load
from bot.telegram import limits, progress, quotas

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_NO_LIMIT = (10_000, 1.0)
_NEVER = 1e9

load()


def run(environment: dict[str, str], log: str) -> None:
    """Be a bot, with settings in its environment."""
    os.environ.clear()
    os.environ.update(environment)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(out, 1)
    os.dup2(out, 2)
    with (
        patch.object(limits, "_CHAT", _NO_LIMIT),
        patch.object(limits, "_GROUP", _NO_LIMIT),
        patch.object(ReaderProcess, "call", _read_here),
        patch.object(progress, "_MESSAGE_AFTER", _NEVER),
        patch.object(quotas, "clock", _StandingClock()),
    ):
        main(["run"])


class _StandingClock:
    """What the limits of people see of time: nothing, whatever passes."""

    def __init__(self) -> None:
        self._now = clock.now()

    def now(self) -> datetime:
        return self._now


def _read_here(_reader: ReaderProcess, work: Callable[[*Ts], T], *args: *Ts, within: float = 0) -> T:
    del within
    return work(*args)
