"""Calls of bots: they are carried out on the world, or a fault happens to them, and all is noted."""

from __future__ import annotations

import asyncio
import inspect
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.playground.bot_api.limits import LIMITED
from bot.playground.bot_api.methods import METHODS, NAMES, Call, RawJson
from bot.playground.bot_api.spec import SPEC
from bot.playground.refusals import Refusal

if TYPE_CHECKING:
    from bot.playground.bot_api.faults import Fault, Silence
    from bot.playground.bot_api.params import Params
    from bot.playground.bot_api.telegram import Telegram
    from bot.playground.world.facts import Bot, Json


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the bot, and what the log tells of it.

    retry_after: also becomes a header. shown: the body as the log shows it. changes: what the call changed.
    """

    status: int
    body: bytes
    shown: Any
    retry_after: int | None = None
    content_type: str = "application/json"
    changes: tuple[Json, ...] = ()


def refused(refusal: Refusal) -> Answer:
    """Return the answer that a refusal becomes."""
    shown: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        shown["parameters"] = refusal.parameters
    return Answer(refusal.code, _encode(shown), shown, refusal.parameters.get("retry_after"))


class Calls:
    """Carries out the calls that bots make of one Telegram, also those with which their webhooks answer."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._late: set[asyncio.Task[None]] = set()
        telegram.on_call = self.call

    async def call(self, bot: Bot, name: str, params: Params) -> Answer | Silence:
        """Carry out a call, or let happen to it what a fault wants."""
        fault = self._telegram.faults.take(name, self._chat_number(params))
        if fault is None:
            return await self._carry_out(bot, name, params)
        refusal = fault.refusal(self._chat_kind(params))
        if fault.happens_before:
            answer = refused(refusal) if refusal else None
            if fault.kind == "html":
                answer = Answer(fault.code or 502, _PROXY_PAGE, _PROXY_PAGE.decode(), content_type="text/html")
            self._note(bot, name, params, answer, fault)
            if fault.kind == "late":
                self._carry_out_later(bot, name, params, fault)
            return answer or fault.silence
        done = await self._carry_out(bot, name, params, fault)
        if fault.kind == "slow":
            await self._telegram.world.clock.sleep(fault.seconds)
            return done
        return refused(refusal) if refusal else fault.silence

    def _carry_out_later(self, bot: Bot, name: str, params: Params, fault: Fault) -> None:
        async def later() -> None:
            await self._telegram.world.clock.sleep(fault.seconds)
            await self._carry_out(bot, name, params, fault)

        task = asyncio.create_task(later())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _carry_out(self, bot: Bot, name: str, params: Params, fault: Fault | None = None) -> Answer:
        handler = METHODS.get(name.lower(), _no_such_method)
        self._telegram.world.changes.clear()
        try:
            if name.lower() in LIMITED:
                self._telegram.limits.check(bot.id, self._chat_number(params) or 0)
            result = handler(Call(self._telegram, bot, params))
            # Before anything else can happen: while a call waits, others make their changes.
            changes = tuple(self._telegram.world.changes)
            if inspect.isawaitable(result):
                result = await result
        except Refusal as refusal:
            answer = refused(refusal)
        else:
            answer = replace(_answered(result), changes=changes)
        self._note(bot, name, params, answer, fault)
        return answer

    def _note(self, bot: Bot, name: str, params: Params, answer: Answer | None, fault: Fault | None) -> None:
        """Write a call down, with what it changed and what the Bot API's description has against it."""
        method = NAMES.get(name.lower(), name)
        call: Json = {
            "time": self._telegram.world.clock.now(),
            "bot": bot.id,
            "method": method,
            "params": params.shown(),
            "status": answer.status if answer else 0,
            "result": answer.shown if answer else None,
            "changes": answer.changes if answer else (),
        }
        if fault:
            call["fault"] = fault.kind
        if method in SPEC.methods:
            self._check(call, params)
        self._telegram.log.add(call)

    def _check(self, call: Json, params: Params) -> None:
        """Note what is wrong with a call and its answer, if anything."""
        method, shown = call["method"], call["result"]
        wrong_request = SPEC.check_request(method, params)
        is_success = isinstance(shown, dict) and shown.get("ok")
        wrong_answer = SPEC.check_answer(method, shown["result"]) if is_success else []
        self._telegram.log.wrong_requests += wrong_request
        self._telegram.log.wrong_answers += wrong_answer
        if problems := wrong_request + wrong_answer:
            call["problems"] = problems

    def _chat_number(self, params: Params) -> int | None:
        """Return the number of the chat that a call names, whether the bot can know it or not."""
        name = params.text("chat_id")
        if name.startswith("@"):
            named = (chat for chat in self._telegram.world.state.chats.values() if chat.username)
            return next((chat.id for chat in named if f"@{chat.username}".lower() == name.lower()), None)
        return params.integer("chat_id") if name else None

    def _chat_kind(self, params: Params) -> str:
        chat = self._telegram.world.state.chats.get(self._chat_number(params) or 0)
        return chat.type if chat else "channel"


_PROXY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


def _no_such_method(_: Call) -> None:
    raise Refusal(404, "method not found")


def _answered(result: Any) -> Answer:
    if isinstance(result, RawJson):
        body = f'{{"ok":true,"result":{result}}}'
        return Answer(200, body.encode(), _readable(body))
    shown = {"ok": True, "result": result}
    if isinstance(result, tuple):
        shown = {"ok": True, "result": result[0], "description": result[1]}
    return Answer(200, _encode(shown), shown)


def _encode(shown: Json) -> bytes:
    return json.dumps(shown, separators=(",", ":")).encode()


def _readable(body: str) -> Any:
    """Return an answer as JSON; or as it is, when an update in it was made to be none."""
    try:
        return json.loads(body)
    except ValueError:
        return body
