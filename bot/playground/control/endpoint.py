"""The control side over HTTP: everything that no bot can do.

GET reads; POST /<action> does what a method of People, Places, Injector or Conditions does, with a JSON object of
its arguments.
A request must come from a page of this server or from a program: bodies must be application/json, which pages of
other sites can't send, and the Host must be this machine.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError, validate_call
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route, Router

from bot.errors import SitrepError
from bot.playground.control import named
from bot.playground.control.conditions import Conditions
from bot.playground.control.inject import Injector
from bot.playground.control.named import Impossible
from bot.playground.control.overview import overview
from bot.playground.control.people import People
from bot.playground.control.places import Places
from bot.playground.world.clock import Clock
from bot.playground.world.persistence import load_state, save_state
from bot.playground.world.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from bot.playground.bot_api.telegram import Telegram

_LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]", "testserver")
# What the page loads at its start.
_SHOWN_CALLS = 300


class Control:
    """The part of the server that people and tests use."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._actions = self._bind()
        self._router = Router(
            [
                Route("/view", self._view),
                Route("/chats/{chat}/messages", self._messages),
                Route("/log", self._log),
                Route("/problems", self._problems),
                Route("/polling/{bot:int}", self._polling),
                Route("/queries/{query}", self._query),
                Route("/files/{file}", self._file),
                Route("/events", self._events),
                Route("/state", self._state, methods=["GET", "POST"]),
                Route("/{action}", self._act, methods=["POST"]),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (the ASGI interface)."""
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        typed = headers.get(b"content-type", b"").startswith(b"application/json")
        if host.rpartition(":")[0] not in _LOCAL_HOSTS and host not in _LOCAL_HOSTS:
            await _fault("the control side is only for this machine", 403)(scope, receive, send)
        elif scope["method"] == "POST" and not typed:
            await _fault("the body must be application/json", 415)(scope, receive, send)
        else:
            try:
                await self._router(scope, receive, send)
            except SitrepError as fault:
                await _fault(str(fault))(scope, receive, send)

    # --- reading

    async def _view(self, request: Request) -> Response:
        return _json(overview(self._telegram.world, _number(request, "user")))

    async def _messages(self, request: Request) -> Response:
        chat = request.path_params["chat"]
        if not chat.removeprefix("-").isdecimal():
            raise Impossible(f"there is no chat {chat}")
        return _json(People(self._telegram.world).messages(int(chat), user=_number(request, "user")))

    async def _log(self, request: Request) -> Response:
        calls = list(self._telegram.log.calls)
        after = _number(request, "after")
        return _json(calls[-_SHOWN_CALLS:] if after is None else [c for c in calls if c["number"] > after])

    async def _problems(self, _: Request) -> Response:
        log = self._telegram.log
        return _json({"requests": list(log.wrong_requests), "answers": list(log.wrong_answers)})

    async def _polling(self, request: Request) -> Response:
        bot = named.bot(self._telegram.world, request.path_params["bot"])
        return _json(self._telegram.poll(bot).is_waiting)

    async def _query(self, request: Request) -> Response:
        query = self._telegram.world.state.queries.get(request.path_params["query"])
        if not query:
            raise Impossible("there is no such query")
        return _json({"id": query.id, "bot": query.bot, "user": query.user, "answer": query.answer})

    async def _file(self, request: Request) -> Response:
        file = self._telegram.world.state.files.get(request.path_params["file"])
        if not file:
            return _fault("there is no such file", 404)
        kind = file.mime_type if file.kind == "photo" else "application/octet-stream"
        return Response(file.content, media_type=kind, headers={"X-Content-Type-Options": "nosniff"})

    async def _events(self, _: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _stream(self) -> AsyncIterator[str]:
        yield ": hello\n\n"
        async for event in self._telegram.log.events():
            yield f"data: {json.dumps(event)}\n\n"

    async def _state(self, request: Request) -> Response:
        world = self._telegram.world
        if request.method == "GET":
            world.state.shift = world.clock.shift
            return Response(save_state(world.state), media_type="application/json")
        try:
            state = load_state(await request.body())
        except ValueError as error:
            return _fault(f"that is no saved state: {error}")
        self._telegram.replace_world(World(state, Clock(state.shift, world.clock.file)))
        self._actions = self._bind()
        return _json({})

    # --- acting

    def _bind(self) -> dict[str, Callable[..., Any]]:
        """Return the actions by name, each with a check of its arguments."""
        world = self._telegram.world
        parts = (People(world), Places(world), Injector(world), Conditions(self._telegram))
        return {name: validate_call(getattr(part, name)) for part in parts for name in part.ACTIONS}

    async def _act(self, request: Request) -> Response:
        action = self._actions.get(request.path_params["action"])
        if not action:
            return _fault(f"there is no such action: {request.path_params['action']}", 404)
        try:
            values = await request.json()
            return _json(action(**values))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            return _fault(f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
        except (ValueError, TypeError) as error:
            return _fault(str(error))


def _number(request: Request, name: str) -> int | None:
    """Return a number of the query; None for anything else, such as the "undefined" of a script."""
    value = request.query_params.get(name, "")
    return int(value) if value.isascii() and value.isdigit() else None


def _json(value: Any, status: int = 200) -> Response:
    # Escaped, since what a bot sent may hold lone surrogates, which UTF-8 has not.
    return Response(json.dumps(value), status, media_type="application/json")


def _fault(words: str, status: int = 400) -> Response:
    return _json({"error": words}, status)
