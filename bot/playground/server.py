"""The server: the Bot API at /bot<token>/, the control side at /_control, the page at /."""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.errors import SitrepError
from bot.playground.bot_api.endpoint import TRANSPORT, BotApi
from bot.playground.control.endpoint import Control

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.types import ASGIApp, Receive, Scope, Send

    from bot.playground.bot_api.telegram import Telegram

CONTROL = "/_control"
_PAGE = Path(__file__).parent / "page"


class PortTaken(SitrepError):
    """The port is taken by another program."""


class App:
    """Sends a request to the part of the server that it is for (the ASGI interface)."""

    def __init__(self, telegram: Telegram) -> None:
        self._api: ASGIApp = BotApi(telegram)
        self._control: ASGIApp = Control(telegram)
        self._page: ASGIApp = Starlette(routes=[Mount("/", StaticFiles(directory=_PAGE, html=True))])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path: str = scope["path"]
        if path.startswith(("/bot", "/file/bot")):
            await self._api(scope, receive, send)
        elif path.startswith(f"{CONTROL}/"):
            await self._control({**scope, "path": path.removeprefix(CONTROL), "root_path": ""}, receive, send)
        else:
            await self._page(scope, receive, send)


class Server(uvicorn.Server):
    """Serves one Telegram until it is told to stop; who waits for something is let go first."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        super().__init__(
            uvicorn.Config(
                App(telegram),
                http=_Protocol,
                ws="none",
                lifespan="off",
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=3,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to whoever started the server."""
        yield

    async def shutdown(self, sockets: Sequence[socket.socket] | None = None) -> None:
        """Stop serving."""
        self._telegram.close()
        await super().shutdown(list(sockets) if sockets is not None else None)


class _Protocol(HttpToolsProtocol):
    """Lets the app break its connection, which the ASGI interface knows no way for."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        # Declared as a TypedDict, which ASGI leaves open to extensions.
        scope = cast("dict[str, Any]", self.scope)
        scope["extensions"] = {TRANSPORT: self.transport}


def listen(port: int = 0) -> socket.socket:
    """Return a socket of this machine that only waits to be served; 0 takes any free port.

    Raises:
        PortTaken: somebody else has it.
    """
    try:
        return socket.create_server(("127.0.0.1", port), backlog=2048)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise PortTaken(f"port {port} can't be used ({reason}): choose another with --port") from None
