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

from bot.playground.client import LocalTelegram
from bot.playground.server import Server, listen
from bot.playground.telegram import Telegram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground.world import World


@contextmanager
def serving(world: World | None = None, *, port: int = 0, insecure_webhooks: bool = True) -> Iterator[LocalTelegram]:
    """Serve a world, an empty one if none is given, and hand out a client of its control side.

    Args:
        world: who and what is there at the start.
        port: 0 takes any free one.
        insecure_webhooks: accept webhooks at http:// addresses and at any port.

    Raises:
        PortTaken: the port can't be used.
    """
    socket = listen(port)
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
