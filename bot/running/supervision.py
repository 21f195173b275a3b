"""Telling systemd how the process fares: that it has started, that it lives, that it stops (sd_notify(3)).

It is told by datagrams to the socket that the environment names. Without one there is nobody to tell.
"""

import asyncio
import os
import socket
from contextlib import suppress

_MICROSECONDS = 1_000_000


def tell(state: str) -> None:
    """Tell a state, such as ``READY=1``, if somebody wants to hear it."""
    if not (path := os.environ.get("NOTIFY_SOCKET")):
        return
    address = f"\0{path[1:]}" if path.startswith("@") else path
    # Who was started with a name that nobody listens at does his work all the same.
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sending:
        sending.sendto(state.encode(), address)


async def tell_of_life() -> None:
    """Tell that the process has started, and for ever that its event loop turns, as often as is asked for."""
    tell("READY=1")
    wanted = int(os.environ.get("WATCHDOG_USEC", "0")) / _MICROSECONDS
    while True:
        await asyncio.sleep(wanted / 3 or 3600)
        tell("WATCHDOG=1")
