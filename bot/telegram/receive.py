"""Receive updates by long polling: store, commit, and only then confirm.

Telegram takes an update for received when the next request names a higher offset, so a crash before that brings it
again; the store knows it by its id. We ask ourselves: the polling of python-telegram-bot confirms before anything is
handled, and stops for ever at an update that it can't parse.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import httpx
import structlog

from bot.errors import ApiFault, StoreFault, TokenFault
from bot.metrics import RECEIVED
from bot.settings import TelegramSettings
from bot.store.engine import Store
from bot.store.queues import inbox
from bot.store.queues.updates import is_update
from bot.tracing import span

_log = structlog.get_logger(__name__)

WANTED = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
)
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_CONNECT_SECONDS = 10
# How much longer than the poll itself an answer may take.
_GRACE_SECONDS = 15


class _Trouble(ApiFault):
    """The Bot API gave no updates."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


class Receiver:
    """Asks Telegram for updates and puts them into the inbox.

    Args:
        settings: where to ask, and as whom.
        store: open.
        on_updates: called when updates were stored.

    """

    def __init__(self, settings: TelegramSettings, store: Store, on_updates: Callable[[], None]) -> None:
        self._url = f"{settings.api_url}/bot{settings.token.get_secret_value()}/getUpdates"
        self._poll_seconds = settings.poll_seconds
        self._store = store
        self._on_updates = on_updates
        # None asks for the oldest unconfirmed update: what was stored before but not confirmed is known by its id.
        self._offset: int | None = None
        self._pause = 0.0

    async def run(self) -> None:
        """Receive until cancelled.

        Raises:
            TokenFault: Telegram does not know the token.

        """
        timeout = httpx.Timeout(_CONNECT_SECONDS, read=self._poll_seconds + _GRACE_SECONDS)
        async with httpx.AsyncClient(timeout=timeout) as client:
            while True:
                try:
                    await self._store_updates(await self._ask(client))
                except TokenFault:
                    raise
                except (ApiFault, StoreFault) as fault:
                    await self._wait(fault)
                else:
                    self._recovered()

    async def _ask(self, client: httpx.AsyncClient) -> Sequence[dict[str, Any]]:
        question = {"timeout": self._poll_seconds, "allowed_updates": WANTED}
        if self._offset is not None:
            question["offset"] = self._offset
        try:
            answer = await client.post(self._url, json=question)
        except httpx.HTTPError as error:
            raise _Trouble(f"no connection to Telegram ({type(error).__name__}): check the network") from error
        return _updates(answer)

    async def _store_updates(self, updates: Sequence[dict[str, Any]]) -> None:
        if not updates:
            return
        with span("receive", updates=len(updates)):
            new = await self._store.change(lambda conn: inbox.put(conn, updates))
        self._offset = max(update["update_id"] for update in updates) + 1
        if new:
            RECEIVED.inc(new)
            self._on_updates()

    async def _wait(self, fault: ApiFault | StoreFault) -> None:
        """Wait twice as long after each fault in a row, but at least as long as Telegram wants."""
        self._pause = min(max(_FIRST_PAUSE, self._pause * 2), _LONGEST_PAUSE)
        seconds = max(self._pause, fault.wait if isinstance(fault, _Trouble) else 0.0)
        _log.warning("no updates can be received", fault=str(fault), again_in=seconds)
        await asyncio.sleep(seconds)

    def _recovered(self) -> None:
        if self._pause:
            _log.info("updates are received again")
        self._pause = 0.0


def _updates(answer: httpx.Response) -> Sequence[dict[str, Any]]:
    """Return the updates that an answer brings; raise what else it says.

    Statuses: tdlib/telegram-bot-api, Client.cpp. A token of the wrong shape gives 404, an unknown one 401.
    """
    try:
        told = answer.json()
    except ValueError:
        told = {}
    if answer.is_success and isinstance(told, dict) and isinstance(told.get("result"), list):
        return _readable(told["result"])
    described = told.get("description", "") if isinstance(told, dict) else ""
    if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND}:
        raise TokenFault
    if answer.status_code == httpx.codes.CONFLICT:
        raise _Trouble(f"another program receives this bot's updates, stop it: {described}")
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise _Trouble("Telegram asks to wait", told.get("parameters", {}).get("retry_after", 0))
    raise _Trouble(f"Telegram answers {answer.status_code} {described}".rstrip())


def _readable(found: list[object]) -> Sequence[dict[str, Any]]:
    """Return those that are updates; the others have no id, so that nobody could know them again, or show them."""
    updates = [one for one in found if is_update(one)]
    if len(updates) < len(found):
        _log.error("updates were left out: they can't be read", count=len(found) - len(updates))
    if found and not updates:
        raise _Trouble("Telegram's answer holds nothing that is an update")
    return updates
