"""Messages with a picture, as they are queued."""

from base64 import b64encode
from dataclasses import replace
from typing import Any

from bot.posts import Desk
from bot.store.queues.outbox import Outgoing
from bot.store.queues.pictures import PICTURE_OF
from bot.telegram.handling import message_to


def picture_to(desk: Desk, png: bytes, html: str) -> dict[str, Any]:
    """Make the parameters of a ``sendPhoto`` to a desk."""
    to = {name: value for name, value in message_to(desk, html).items() if name not in {"text", "link_preview_options"}}
    return to | {"caption": html, "photo": {"base64": b64encode(png).decode()}}


def picture_again(message: Outgoing) -> Any:
    """Return what stands for the picture of a message in a further one: its id, or the name of what holds it."""
    photo = message.payload["photo"]
    return photo if isinstance(photo, str) else {PICTURE_OF: message.key}


def without_picture(message: Outgoing) -> Outgoing:
    """Return a message that says what stood under a picture."""
    said = message_to(Desk(message.chat_id, message.thread_id), message.payload["caption"])
    rest = {name: value for name, value in message.payload.items() if name not in {"photo", "caption"}}
    return replace(message, method="sendMessage", payload=rest | said)
