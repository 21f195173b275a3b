"""The reader as the process sees it that has one: started, asked, and ended."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from threading import Lock
from typing import Any, TypeVar, TypeVarTuple

import structlog

from bot.errors import ReaderFault

_log = structlog.get_logger(__name__)

LONGEST_SECONDS = 120.0
"""What takes longer is broken off: it holds everybody else up."""
# The system may have ended the reader for want of memory, and not what it was doing.
_ATTEMPTS = 2

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class ReaderProcess:
    """A process that carries out functions of modules that can be imported; it is started when it is first asked.

    It ends when ours does, however that ends.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection[Any, Any] | None = None
        self._turn = Lock()
        self._is_closed = False

    def call(self, work: Callable[[*Ts], T], *args: *Ts, within: float = LONGEST_SECONDS) -> T:
        """Carry a function out there and return what it does, or raise what it raises; wait until then.

        Raises:
            ReaderFault: it took too long, or ended the process twice.

        """
        with self._turn:
            for _ in range(_ATTEMPTS):
                try:
                    is_result, value = self._ask(work, args, within)
                except (EOFError, ConnectionError):
                    self._end()
                    _log.warning("the reader ended", while_it=_name_of(work))
                    continue
                if is_result:
                    result: T = value
                    return result
                raise value
        raise ReaderFault

    def close(self) -> None:
        """End the reader, whatever it does; nothing can be asked any more."""
        self._is_closed = True
        if self._process:
            self._process.kill()
        with self._turn:
            self._end()

    def _ask(self, work: Callable[..., Any], args: tuple[Any, ...], within: float) -> tuple[bool, Any]:
        connection = self._connection or self._start()
        connection.send((work, args))
        if not connection.poll(within):
            self._end()
            raise ReaderFault(f"Reading took longer than {within:.0f} s and was broken off")
        answer: tuple[bool, Any] = connection.recv()
        return answer

    def _start(self) -> "Connection[Any, Any]":
        if self._is_closed:
            raise ReaderFault("The reader was ended")
        ours, its = Pipe()
        with its:
            command = [sys.executable, "-m", "bot.reader", str(its.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[its.fileno()])  # noqa: S603 - ourselves
        self._connection = ours
        return ours

    def _end(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None
        if self._process:
            with suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()
            self._process = None


def _name_of(work: object) -> str:
    return getattr(work, "__name__", type(work).__name__)
