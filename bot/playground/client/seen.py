"""Messages and answers, as somebody saw them: what the client of the control side hands out.

A Message is what was there when it was read.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.client.wire import Wire
    from bot.playground.world.facts import Json

_POLL_SECONDS = 0.02

Found = TypeVar("Found")


@dataclass(frozen=True)
class Message:
    """A message as somebody sees it.

    viewer: whose eyes these are, None for those of everybody in a group or channel.
    """

    telegram: Wire
    shown: Json
    viewer: int | None

    @property
    def id(self) -> int:
        """Return the message_id."""
        return int(self.shown["message_id"])

    @property
    def chat(self) -> int:
        """Return the chat, as people know it."""
        return int(self.shown["chat"]["id"])

    @property
    def text(self) -> str:
        """Return the text or the caption."""
        return str(self.shown.get("text", self.shown.get("caption", "")))

    @property
    def buttons(self) -> dict[str, str]:
        """Return the callback data of the inline buttons by their text."""
        rows = self.shown.get("reply_markup", {}).get("inline_keyboard", [])
        return {button["text"]: button["callback_data"] for row in rows for button in row if "callback_data" in button}

    def now(self) -> Message | None:
        """Return the message as it is now; None when it was deleted."""
        messages = self.telegram.read(f"/chats/{self.chat}/messages{_eyes(self.viewer)}")
        return next((replace(self, shown=shown) for shown in messages if shown["message_id"] == self.id), None)

    def answers(self) -> list[Message]:
        """Return what bots wrote in this chat after this message."""
        messages = self.telegram.read(f"/chats/{self.chat}/messages{_eyes(self.viewer)}")
        later = (shown for shown in messages if shown["message_id"] > self.id)
        return [replace(self, shown=shown) for shown in later if _is_of_a_bot(shown)]

    def answer(self, seconds: float = 60.0) -> Message:
        """Return the first thing that a bot writes in this chat after this message, as soon as it is there."""
        return waits_until(lambda: next(iter(self.answers()), None), seconds, f"an answer to {self.text!r:.60}")

    def reactions(self) -> list[str]:
        """Return the emoji that are on the message now."""
        message = self.now()
        return [given["emoji"] for given in message.shown.get("reactions", [])] if message else []


@dataclass(frozen=True)
class Question:
    """What a pressed button or an inline query asks of a bot."""

    telegram: Wire
    id: str

    def answer(self, seconds: float = 60.0) -> Json:
        """Return what the bot answers, as soon as it does."""

        def look() -> Json | None:
            answer: Json | None = self.telegram.read(f"/queries/{self.id}")["answer"]
            return answer

        return waits_until(look, seconds, "an answer to the query")


def waits_until(look: Callable[[], Found | None], seconds: float, what: str) -> Found:
    """Look again and again until there is something; return it.

    Raises:
        TimeoutError: there was nothing all the time; `what` names it.
    """
    end = time.monotonic() + seconds
    while (found := look()) is None:
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come within {seconds:g} s")
        time.sleep(_POLL_SECONDS)
    return found


def _eyes(viewer: int | None) -> str:
    return f"?user={viewer}" if viewer is not None else ""


def _is_of_a_bot(shown: Json) -> bool:
    """Tell whether a bot wrote a message; what stands in `from` for a chat that speaks is none."""
    return bool(shown.get("from", {}).get("is_bot")) and "sender_chat" not in shown
