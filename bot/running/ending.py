"""Ending in time: process managers wait 10 s after SIGTERM before they kill."""

import asyncio
import os
import signal
import threading

import structlog

_log = structlog.get_logger(__name__)

_SECONDS = 9.5


def stop_on_signals() -> asyncio.Event:
    """Return what is set by SIGTERM and SIGINT; from then on the process has not much time."""
    stop = asyncio.Event()

    def begin() -> None:
        stop.set()
        end_within(_SECONDS)

    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, begin)
    return stop


def end_within(seconds: float) -> None:
    """End the process then, if it has not ended by itself: a thread that waits for a dead server can't be broken off.

    What it still had in hand is found in the tables, as after a crash.
    """
    timer = threading.Timer(seconds, _end)
    timer.daemon = True
    timer.start()


def _end() -> None:
    _log.warning("something does not end by itself; what is in hand is left to the tables")
    os._exit(0)
