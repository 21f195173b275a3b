"""Forwarding and copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.bot_api.methods.registry import Call, method
from bot.playground.bot_api.methods.sending import read_caption, send, target
from bot.playground.refusals import bad_request
from bot.playground.world.copies import CAPTION, MEDIA, can_be_copied, content_of, forward_fields, origin_of
from bot.playground.world.rights import check_reachable

if TYPE_CHECKING:
    from bot.playground.world.facts import Chat, Json, Message


@method("forwardMessage")
def forward_message(call: Call) -> Json:
    """Forward a message; the first author stays named."""
    chat = target(call, "can_send_messages")
    source, message = _source(call, "forward", "forwarded")
    return send(call, chat, content_of(message) | forward_fields(origin_of(call.world, source, message))).shown


@method("copyMessage")
def copy_message(call: Call) -> Json:
    """Write the same content as a message of the bot's own; a caption may take the place of the old one."""
    chat = target(call, "can_send_messages")
    _, message = _source(call, "copy", "copied")
    content = content_of(message)
    if "caption" in call.params.values and any(kind in content for kind in MEDIA):
        content = {name: value for name, value in content.items() if name not in CAPTION} | read_caption(call)
    return {"message_id": send(call, chat, content).id}


def _source(call: Call, to_do: str, done: str) -> tuple[Chat, Message]:
    """Return what is to be taken from where.

    Raises:
        Refusal: it is not there, or nobody may take it.
    """
    source = call.chat("from_chat_id")
    check_reachable(source, call.bot)
    message = call.message(source, to_do)
    if not can_be_copied(source, message):
        raise bad_request(f"message can't be {done}")
    return source, message
