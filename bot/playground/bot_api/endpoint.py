"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.playground.bot_api.calls import Answer, Calls, refused
from bot.playground.bot_api.faults import Silence
from bot.playground.bot_api.params import read_params
from bot.playground.refusals import Refusal
from bot.playground.world.storage import MAX_DOWNLOAD, find_by_path

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from bot.playground.bot_api.telegram import Telegram

TRANSPORT = "sitrep.transport"
"""Where the scope holds the connection's transport, which faults break."""

_NO_SUCH_PATH = Refusal(404, "Not Found")


class BotApi:
    """The part of the server that bots talk to."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._calls = Calls(telegram)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (the ASGI interface)."""
        request = Request(scope, receive)
        answer = await self._answer(request)
        if isinstance(answer, Silence):
            await self._say_nothing(answer, scope, receive)
            return
        headers = {"Retry-After": str(answer.retry_after)} if answer.retry_after else None
        response = Response(answer.body, answer.status, headers, answer.content_type)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Answer | Silence:
        if request.method not in ("GET", "POST"):
            return refused(Refusal(405, "Method Not Allowed: closing"))
        try:
            _, first, *rest = request.scope["path"].split("/", 3)
            if first == "file":
                return self._download(rest)
            bot = self._telegram.bot_of(first.removeprefix("bot"))
            params = await read_params(request)
            method = "/".join(rest)
            if not method:
                raise _NO_SUCH_PATH
            return await self._calls.call(bot, method, params)
        except Refusal as refusal:
            return refused(refusal)
        except ClientDisconnect:  # the bot went away before it had said all: nobody is there to be answered
            return Silence.DROP

    def _download(self, rest: list[str]) -> Answer:
        """Return a file; rest is [bot<token>, path]."""
        if len(rest) != 2 or not rest[0].startswith("bot"):
            raise _NO_SUCH_PATH
        self._telegram.bot_of(rest[0].removeprefix("bot"))
        file = find_by_path(self._telegram.world.state, rest[1])
        if not file or len(file.content) > MAX_DOWNLOAD:
            raise _NO_SUCH_PATH
        return Answer(200, file.content, None, content_type="application/octet-stream")

    async def _say_nothing(self, silence: Silence, scope: Scope, receive: Receive) -> None:
        """Break the connection: at once, or when the caller or the server has waited enough."""
        gone = asyncio.ensure_future(_caller_leaves(receive))
        if silence is Silence.HANG:
            closing = asyncio.ensure_future(self._telegram.closed.wait())
            await asyncio.wait([gone, closing], return_when=asyncio.FIRST_COMPLETED)
            closing.cancel()
        scope["extensions"][TRANSPORT].close()
        await gone


async def _caller_leaves(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
