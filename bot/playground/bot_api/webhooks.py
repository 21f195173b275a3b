"""Delivery to webhooks: in order within a chat, chats side by side, again and again until it is confirmed.

Follows WebhookActor.cpp: any 2xx confirms; after a failure at once again, then after 2, 4, 8 ... seconds, at most a
random 60 to 120, until the update expires; Retry-After is honoured up to an hour; 410 for 23 hours removes the
webhook; an answer that names a method is carried out as a call.
"""

from __future__ import annotations

import asyncio
from random import SystemRandom
from typing import TYPE_CHECKING, Any

import httpx

from bot.playground.bot_api.params import Params
from bot.playground.bot_api.updates import drop_expired, on_the_wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.playground.world.clock import Clock
    from bot.playground.world.facts import Bot, Pending

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_IDLE_SECONDS = 60.0
_LONGEST_RETRY_AFTER = 3600
_GONE_FOR = 23 * 3600
_NOT_IN_ANSWERS = ("get", "setwebhook", "deletewebhook", "close", "logout")


class WebhookSender:
    """Delivers the updates of one bot while it has a webhook.

    Args:
        bot: whose `pending` are delivered.
        clock: the pauses between attempts follow it.
        on_call: carries out a call that an answer names.

    """

    def __init__(self, bot: Bot, clock: Clock, on_call: Callable[[Bot, str, Params], Awaitable[None]]) -> None:
        self._bot = bot
        self._clock = clock
        self._on_call = on_call
        self._client: httpx.AsyncClient | None = None
        self._chats: dict[int, asyncio.Task[None]] = {}
        self._calls: set[asyncio.Task[None]] = set()
        self._gone_since: float | None = None

    def start(self) -> None:
        """Deliver what waits, and from now on what comes; after a change of the webhook, by the new one."""
        self.stop()
        if self._bot.webhook.url:
            self._client = httpx.AsyncClient(timeout=_IDLE_SECONDS)
            self.wake()

    def stop(self) -> None:
        """Deliver no more."""
        for task in self._chats.values():
            task.cancel()
        self._chats.clear()
        if self._client:
            self._spawn(self._client.aclose())
            self._client = None

    def wake(self) -> None:
        """Look for chats with updates that nobody delivers yet."""
        if not self._client:
            return
        drop_expired(self._bot, self._clock.now())
        for update in self._bot.pending:
            if len(self._chats) >= self._bot.webhook.max_connections:
                return
            if update.chat not in self._chats:
                self._chats[update.chat] = asyncio.create_task(self._deliver_chat(update.chat, self._client))

    async def _deliver_chat(self, chat: int, client: httpx.AsyncClient) -> None:
        """Deliver the updates of a chat, the oldest first, until there are none."""
        while update := next((update for update in self._bot.pending if update.chat == chat), None):
            await self._deliver(update, client)
        self._chats.pop(chat, None)
        self.wake()

    async def _deliver(self, update: Pending, client: httpx.AsyncClient) -> None:
        """Try until it is confirmed or expired."""
        longest = SystemRandom().uniform(60, 120)
        pause = 0.0
        while self._clock.now() < update.expires:
            answer = await self._attempt(update, client)
            if answer is not None and answer.is_success:
                self._gone_since = None
                self._call_back(answer)
                break
            if answer is not None and self._is_gone(answer):
                self._bot.webhook.url = ""
                self.stop()
                return
            await self._clock.sleep(min(max(pause, _retry_after(answer)), max(longest, _retry_after(answer))))
            pause = max(2.0, pause * 2)
        if update in self._bot.pending:
            self._bot.pending.remove(update)

    async def _attempt(self, update: Pending, client: httpx.AsyncClient) -> httpx.Response | None:
        webhook = self._bot.webhook
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers[_HEADER] = webhook.secret_token
        try:
            answer = await client.post(webhook.url, content=on_the_wire(update), headers=headers)
        except httpx.HTTPError as error:
            self._note_fault(_words(error))
            return None
        if not answer.is_success:
            self._note_fault(f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}")
        return answer

    def _note_fault(self, words: str) -> None:
        self._bot.webhook.last_error_date = int(self._clock.now())
        self._bot.webhook.last_error_message = words

    def _is_gone(self, answer: httpx.Response) -> bool:
        """Tell whether the webhook has said 410 to everything for 23 hours."""
        if answer.status_code != httpx.codes.GONE:
            self._gone_since = None
            return False
        now = self._clock.now()
        self._gone_since = self._gone_since or now
        return now - self._gone_since >= _GONE_FOR

    def _call_back(self, answer: httpx.Response) -> None:
        """Carry out the call in the body of an answer, if there is one that may stand there."""
        values = _read(answer)
        name = str(values.pop("method", ""))
        if name and not name.lower().startswith(_NOT_IN_ANSWERS):
            self._spawn(self._on_call(self._bot, name, Params(values)))

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)


def _read(answer: httpx.Response) -> dict[str, Any]:
    try:
        values = answer.json()
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def _retry_after(answer: httpx.Response | None) -> float:
    wanted = answer.headers.get("retry-after", "") if answer is not None else ""
    return float(min(int(wanted), _LONGEST_RETRY_AFTER)) if wanted.isascii() and wanted.isdigit() else 0.0


def _words(error: httpx.HTTPError) -> str:
    match error:
        case httpx.ConnectError():
            return "Connection refused"
        case httpx.ConnectTimeout():
            return "Connection timed out"
        case httpx.ReadTimeout():
            return "Read timeout expired"
    return "Connection closed"
