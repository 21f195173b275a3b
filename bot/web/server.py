"""The HTTP server of the bot: the webhook, and what tells those who watch it how it fares."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.errors import SettingFault
from bot.web.health import alive
from bot.web.webhook import Webhook

_SHUTDOWN_SECONDS = 2
_BACKLOG = 2048


class _Server(uvicorn.Server):
    """uvicorn within a program that minds the signals itself."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def build_web(webhook_url: str, webhook: Webhook, beside: Sequence[Route] = ()) -> Starlette:
    """Make the application: the webhook stands at the path of the address that Telegram calls."""
    path = urlsplit(webhook_url).path or "/"
    return Starlette(routes=[Route(path, webhook.__call__, methods=["POST"]), Route("/healthz", alive), *beside])


def build_not_yet(webhook_url: str, beside: Sequence[Route] = ()) -> Starlette:
    """Make the application of a process that can't store updates yet: Telegram keeps them, and comes again."""
    path = urlsplit(webhook_url).path or "/"
    return Starlette(routes=[Route(path, _not_yet, methods=["POST"]), Route("/healthz", alive), *beside])


async def _not_yet(_request: Request) -> Response:
    return Response(status_code=503)


def build_health(routes: Sequence[Route]) -> Starlette:
    """Make the application of a process that has no webhook."""
    return Starlette(routes=[Route("/healthz", alive), *routes])


def listen(host: str, port: int, setting: str = "webhook.port") -> socket.socket:
    """Open the port that a setting names.

    Raises:
        SettingFault: it can't be used.

    """
    try:
        return socket.create_server((host, port), backlog=_BACKLOG)
    except OSError as error:
        raise SettingFault(f"setting {setting}: {host}:{port} can't be used: {error.strerror or error}") from None


async def serve(application: Starlette, listening: socket.socket) -> None:
    """Serve until cancelled; then let requests that are under way finish."""
    config = uvicorn.Config(
        application,
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve([listening]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await asyncio.wait([serving])
