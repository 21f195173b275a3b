"""The reader itself: carries out what it is asked to, until the process that started it is gone."""

import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from bot.garbage import uncollected
from bot.reader.faults import portable

with uncollected():
    import bot.reader.work  # noqa: F401 - nearly all that it is asked for is there


def main() -> None:
    """Serve the connection whose file descriptor is the argument."""
    # Whoever stops us, such as Ctrl-C in a terminal, tells our parent too, which may still need an answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    connection: Connection[Any, Any] = Connection(int(sys.argv[1]))
    while True:
        try:
            work, args = connection.recv()
            connection.send(_carry_out(work, args))
        except (EOFError, ConnectionError):  # the latter if our parent was killed before it had our last answer
            return


def _carry_out(work: Callable[..., Any], args: tuple[Any, ...]) -> tuple[bool, Any]:
    """Return whether it went well, and what it returned or raised."""
    try:
        return True, work(*args)
    except Exception as error:  # noqa: BLE001 - whatever the work raises is raised in our parent instead
        return False, portable(error)


main()
