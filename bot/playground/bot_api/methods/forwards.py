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
    source, message = _source(call, "forward")
    if not can_be_copied(message) or source.protected or message.shown.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    return send(call, chat, content_of(message) | forward_fields(origin_of(call.world, source, message))).shown


@method("copyMessage")
def copy_message(call: Call) -> Json:
    """Write the same content as a message of the bot's own; a caption may take the place of the old one."""
    chat = target(call, "can_send_messages")
    source, message = _source(call, "copy")
    if not can_be_copied(message) or source.protected or message.shown.get("has_protected_content"):
        raise bad_request("message can't be copied")
    content = content_of(message)
    if "caption" in call.params.values and any(kind in content for kind in MEDIA):
        content = {name: value for name, value in content.items() if name not in CAPTION} | read_caption(call)
    return {"message_id": send(call, chat, content).id}


def _source(call: Call, to_do: str) -> tuple[Chat, Message]:
    source = call.chat("from_chat_id")
    check_reachable(source, call.bot)
    return source, call.message(source, to_do)
