"""What an update tells whoever stores it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

HIGHEST_ID = 2**63 - 1
"""No database holds a greater number."""
_NO_CHAT = 0
_MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member")
_TYPED_CHARS = 300


@dataclass(frozen=True, slots=True)
class Written:
    """An update as it is stored.

    Attributes:
        chat_id: 0 if the update belongs to no chat.
        asks: whether somebody waits for an answer.
        raw: JSON.

    """

    update_id: int
    chat_id: int
    asks: bool
    raw: str


def is_update(value: object) -> TypeGuard[dict[str, Any]]:
    """Tell whether it is an update: an object with an id, by which it can be stored and known again."""
    return isinstance(value, dict) and type(number := value.get("update_id")) is int and abs(number) <= HIGHEST_ID


def written(update: Mapping[str, Any], raw: str | None = None) -> Written:
    """Prepare an update to be stored, as the JSON that it was read from if there is any."""
    return Written(update["update_id"], chat_of(update), asks(update), json.dumps(update) if raw is None else raw)


def chat_of(update: Mapping[str, Any]) -> int:
    """Find the chat that an update belongs to, of what somebody types inline his private one; 0 if none."""
    if "inline_query" in update:
        return _id_of_chat({"chat": _field(update["inline_query"], "from")})
    for kind in _MESSAGES:
        if kind in update:
            return _id_of_chat(update[kind])
    return _id_of_chat(_field(update.get("callback_query"), "message"))


def asks(update: Mapping[str, Any]) -> bool:
    """Tell whether somebody waits for an answer: who has pressed a button, or typed a command or, in private, a line.

    People in a group talk to each other.
    """
    if "inline_query" in update or "callback_query" in update:
        return True
    message = update.get("message")
    text = _field(message, "text")
    if not isinstance(text, str) or _field(message, "forward_origin") is not None:
        return False
    return text.startswith("/") or (_id_of_chat(message) > _NO_CHAT and len(text) <= _TYPED_CHARS)


def _id_of_chat(message: object) -> int:
    chat_id = _field(_field(message, "chat"), "id")
    # Whatever came must be stored: a shape that Telegram does not send is for the handler to refuse.
    return chat_id if isinstance(chat_id, int) and abs(chat_id) <= HIGHEST_ID else _NO_CHAT


def _field(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, Mapping) else None
