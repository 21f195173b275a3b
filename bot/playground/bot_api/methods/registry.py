"""The table of methods, and what a method gets to work with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.bot_api.params import Params
    from bot.playground.bot_api.telegram import Telegram
    from bot.playground.world.facts import Bot, Chat, Message
    from bot.playground.world.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a bot."""

    telegram: Telegram
    bot: Bot
    params: Params

    @property
    def world(self) -> World:
        """Return the world that the call reads and changes."""
        return self.telegram.world

    def chat(self, name: str = "chat_id") -> Chat:
        """Return the chat that an argument names."""
        return self.world.find_chat(self.bot, self.params.text(name))

    def message(self, chat: Chat, to_do: str, name: str = "message_id") -> Message:
        """Return the message that an argument names.

        Raises:
            Refusal: "message to <to_do> not found".
        """
        message = chat.messages.get(self.params.integer(name))
        if message is None:
            raise bad_request(f"message to {to_do} not found")
        return message


class RawJson(str):
    """A result that is JSON already."""

    __slots__ = ()


Handler = Callable[[Call], Any | Awaitable[Any]]

METHODS: dict[str, Handler] = {}
NAMES: dict[str, str] = {}


def method(name: str) -> Callable[[Handler], Handler]:
    """Register a function as the method of the Bot API with this name; callers may write it in any case."""

    def register(handler: Handler) -> Handler:
        METHODS[name.lower()] = handler
        NAMES[name.lower()] = name
        return handler

    return register
