"""Run a local Telegram beside a test or a program, in a thread of its own.

    with serving() as telegram:
        anna, bot = telegram.user("Anna"), telegram.bot("news_bot")
        channel = telegram.channel("River News")
        anna.forwards(channel.post("The river rose by two metres."), to=bot)

It needs no event loop, so it serves plain and asynchronous tests alike.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.playground.bot_api.telegram import Telegram
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.server import Server, listen
from bot.playground.world.clock import Clock
from bot.playground.world.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def serving(
    world: World | None = None, *, port: int = 0, insecure_webhooks: bool = True, clock: Path | None = None
) -> Iterator[LocalTelegram]:
    """Serve a world, an empty one if none is given, and hand out a client of its control side.

    Args:
        world: who and what is there at the start.
        port: 0 takes any free one.
        insecure_webhooks: accept webhooks at http:// addresses and at any port.
        clock: file for how far the clock of a new world was moved, in seconds, for programs that follow it.

    Raises:
        PortTaken: the port can't be used.
    """
    socket = listen(port)
    world = world or World(clock=Clock(file=clock))
    server = Server(Telegram(world, insecure_webhooks=insecure_webhooks))
    thread = threading.Thread(target=server.run, args=([socket],), name="local Telegram", daemon=True)
    thread.start()
    try:
        with LocalTelegram(f"http://127.0.0.1:{socket.getsockname()[1]}") as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
        socket.close()
