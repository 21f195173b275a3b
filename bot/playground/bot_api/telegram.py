"""The local Telegram: a world, what happened in it, the faults that wait, and the ways of updates to bots."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.playground.bot_api.faults import Faults
from bot.playground.bot_api.limits import FloodLimits
from bot.playground.bot_api.log import Log
from bot.playground.bot_api.updates import Poll
from bot.playground.bot_api.webhooks import WebhookSender
from bot.playground.refusals import Refusal
from bot.playground.world.world import World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.playground.bot_api.params import Params
    from bot.playground.world.facts import Bot

_LONGEST_TOKEN = 80


class Telegram:
    """One local Telegram.

    Args:
        world: who and what is there.
        insecure_webhooks: accept webhooks at http:// addresses and at any port.

    Attributes:
        on_call: carries out the call that a webhook answered with; nobody learns its result.

    """

    def __init__(self, world: World | None = None, *, insecure_webhooks: bool = False) -> None:
        self.world = world or World()
        self.insecure_webhooks = insecure_webhooks
        self.log = Log()
        self.faults = Faults()
        self.limits = FloodLimits(self.world.clock)
        self.last_set_webhook: dict[int, float] = {}
        self.closed = asyncio.Event()
        self.on_call: Callable[[Bot, str, Params], Awaitable[object]] = _pass_over
        self._polls: dict[int, Poll] = {}
        self._webhooks: dict[int, WebhookSender] = {}
        self._listen()

    def replace_world(self, world: World) -> None:
        """Go on with another world; who waits for updates of the old one asks again."""
        self._stop_all()
        self._polls.clear()
        self._webhooks.clear()
        self.world = world
        self.limits = FloodLimits(world.clock, on=self.limits.on)
        self._listen()
        for bot in world.state.bots.values():
            self.webhook(bot).start()

    def close(self) -> None:
        """Let everybody go who still waits for something."""
        self._stop_all()
        self.log.close()
        self.closed.set()

    def poll(self, bot: Bot) -> Poll:
        """Return who hands a bot's updates out to getUpdates."""
        if bot.id not in self._polls:
            self._polls[bot.id] = Poll(self.world.clock)
        return self._polls[bot.id]

    def webhook(self, bot: Bot) -> WebhookSender:
        """Return who delivers a bot's updates to its webhook."""
        if bot.id not in self._webhooks:
            self._webhooks[bot.id] = WebhookSender(bot, self.world.clock, self._called_in_answer)
        return self._webhooks[bot.id]

    def bot_of(self, token: str) -> Bot:
        """Return the bot with a token.

        Raises:
            Refusal: 401, in the words of ClientManager.cpp for a token of the wrong shape and for an unknown one.
        """
        number, colon, _ = token.partition(":")
        if not colon or not number.isdecimal() or number.startswith("0") or len(token) > _LONGEST_TOKEN:
            raise Refusal(401, "Unauthorized: invalid token specified")
        for bot in self.world.state.bots.values():
            if bot.token == token:
                return bot
        raise Refusal(401)

    def _listen(self) -> None:
        self.world.on_update = self._updated
        self.world.on_change = self.log.tell

    def _updated(self, bot: Bot) -> None:
        self.poll(bot).wake()
        self.webhook(bot).wake()

    def _stop_all(self) -> None:
        for poll in self._polls.values():
            poll.stop(Refusal(500, "restart"))
        for webhook in self._webhooks.values():
            webhook.stop()

    async def _called_in_answer(self, bot: Bot, name: str, params: Params) -> None:
        await self.on_call(bot, name, params)


async def _pass_over(_bot: Bot, _name: str, _params: Params) -> None:
    """Let a call be, as long as nobody carries calls out."""
