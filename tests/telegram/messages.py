"""Updates as Telegram sends them, in few words."""

from itertools import count
from typing import Any

from telegram import ChatAdministratorRights

NOW = 1732170300  # 2024-11-21 06:25 UTC
ANNA: dict[str, Any] = {
    "id": 7,
    "is_bot": False,
    "first_name": "Anna",
    "last_name": "K.",
    "username": "anna",
    "language_code": "en",
}
PRIVATE: dict[str, Any] = {"id": 7, "type": "private", "first_name": "Anna"}
GROUP: dict[str, Any] = {"id": -1002000, "type": "supergroup", "title": "Newsroom"}
NEWS: dict[str, Any] = {"id": -1001234, "type": "channel", "title": "World News", "username": "worldnews"}
SECRET: dict[str, Any] = {"id": -1005678, "type": "channel", "title": "Closed circle"}

# What a member is told of that is an administrator (Bot API, ChatMemberAdministrator).
RIGHTS = ("can_be_edited", *ChatAdministratorRights.no_rights().to_dict())

FROM_CHANNEL: dict[str, Any] = {
    "type": "channel",
    "date": NOW - 3600,
    "chat": NEWS,
    "message_id": 9,
    "author_signature": "Ed.",
}
FROM_SECRET: dict[str, Any] = {"type": "channel", "date": NOW - 3600, "chat": SECRET, "message_id": 3}
FROM_USER: dict[str, Any] = {
    "type": "user",
    "date": NOW - 3600,
    "sender_user": {"id": 8, "is_bot": False, "first_name": "Boris"},
}
FROM_HIDDEN: dict[str, Any] = {"type": "hidden_user", "date": NOW - 3600, "sender_user_name": "Nobody"}
FROM_CHAT: dict[str, Any] = {"type": "chat", "date": NOW - 3600, "sender_chat": GROUP, "author_signature": "boss"}

_ids = count(1)


def message(
    text: str | None = None, kind: str = "message", *, sender: dict[str, Any] | None = ANNA, **fields: Any
) -> dict[str, Any]:
    """Make an update that brings a message, from Anna to the bot unless the fields say else."""
    number = next(_ids)
    body = {"message_id": number, "date": NOW, "chat": PRIVATE, "from": sender, **fields}
    if text is not None:
        body["text"] = text
    return {"update_id": 1000 + number, kind: {name: value for name, value in body.items() if value is not None}}


def command(text: str, **fields: Any) -> dict[str, Any]:
    """Make an update in which somebody types a command."""
    length = len(text.split(maxsplit=1)[0])
    return message(text, entities=[{"type": "bot_command", "offset": 0, "length": length}], **fields)


def channel_post(text: str, kind: str = "channel_post", **fields: Any) -> dict[str, Any]:
    """Make an update in which a channel posts."""
    return message(text, kind, sender=None, chat=NEWS, sender_chat=NEWS, **fields)
