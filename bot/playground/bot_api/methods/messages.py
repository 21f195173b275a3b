"""Sending and deleting messages, reactions, "typing ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.bot_api.methods.registry import Call, method
from bot.playground.bot_api.methods.sending import send, target
from bot.playground.bot_api.params import Params
from bot.playground.bot_api.spec import SPEC
from bot.playground.parsing.formatted import MAX_TEXT, text_fields
from bot.playground.refusals import Refusal, bad_request
from bot.playground.world.rights import check_may_send, check_reachable, has_right, is_admin

if TYPE_CHECKING:
    from bot.playground.world.facts import Chat, Json, Message

_DELETABLE_FOR = 48 * 3600
_UNDELETABLE = ("group_chat_created", "supergroup_chat_created", "channel_chat_created")
_ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
    "cancel",
)


def read_text(call: Call) -> Json:
    """Return `text`, `entities` and `link_preview_options` of a text message.

    Raises:
        Refusal: there is no text, or its mark-up is wrong.
    """
    params = call.params
    if not params.text("text"):
        raise bad_request("message text is empty")
    content = text_fields(params.text("text"), params.text("parse_mode"), params.json("entities", "entities"))
    if not content["text"]:
        raise bad_request("text must be non-empty")
    preview = params.json("link_preview_options", "link preview options")
    if preview is None and params.flag("disable_web_page_preview"):
        preview = {"is_disabled": True}
    if preview and isinstance(preview, dict):
        content["link_preview_options"] = _preview(Params(preview))
    return content


def _preview(options: Params) -> Json:
    flags = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")
    shown: Json = {name: True for name in flags if options.flag(name)}
    return shown | ({"url": options.text("url")} if "url" in options else {})


@method("sendMessage")
def send_message(call: Call) -> Json:
    """Send a text."""
    content = read_text(call)
    chat = target(call, "can_send_messages")
    if len(content["text"]) > MAX_TEXT:
        raise bad_request("message is too long")
    return send(call, chat, content).shown


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    """Delete a message, if the bot may."""
    chat = call.chat()
    check_reachable(chat, call.bot)
    message = call.message(chat, "delete")
    if not _may_delete(call, chat, message):
        raise bad_request("message can't be deleted")
    call.world.delete(chat, message)
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    """Delete messages; those that are not there or may not be deleted are passed over."""
    chat = call.chat()
    check_reachable(chat, call.bot)
    numbers = call.params.json("message_ids", "message identifiers")
    if not isinstance(numbers, list):
        raise bad_request("expected an Array of message identifiers")
    for number in numbers:
        message = chat.messages.get(number) if isinstance(number, int) else None
        if message and _may_delete(call, chat, message):
            call.world.delete(chat, message)
    return True


def _may_delete(call: Call, chat: Chat, message: Message) -> bool:
    """Apply the rules that the Bot API documents at deleteMessage."""
    own = message.author == call.bot.id
    if chat.type != "private" and has_right(chat, call.bot.id, "can_delete_messages"):
        return not (chat.type == "supergroup" and any(name in message.shown for name in _UNDELETABLE))
    if chat.type == "channel" and not (own and has_right(chat, call.bot.id, "can_post_messages")):
        return False
    fresh = call.world.now() - int(message.shown["date"]) < _DELETABLE_FOR
    return fresh and (own or chat.type == "private")


@method("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    """Set the bot's reactions: bots have at most one."""
    chat = call.chat()
    check_reachable(chat, call.bot)
    message = call.message(chat, "react")
    reactions = call.params.json("reaction", "reaction types") or []
    if not isinstance(reactions, list) or not all(isinstance(reaction, dict) for reaction in reactions):
        raise bad_request("expected an Array of ReactionType")
    if len(reactions) > 1:
        raise Refusal(400, "REACTIONS_TOO_MANY")
    for reaction in map(Params, reactions):
        if reaction.text("type") != "emoji" or reaction.text("emoji").replace("\ufe0f", "") not in SPEC.reactions:
            raise Refusal(400, "REACTION_INVALID")
    call.world.react(chat, message, call.bot.id, reactions)
    return True


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    """Show for five seconds that the bot is at work."""
    action = call.params.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = call.chat()
    if chat.type == "channel" and is_admin(chat, call.bot.id):
        return True
    check_may_send(chat, call.bot, "can_send_messages")
    call.telegram.log.tell({"type": "action", "chat": chat.id, "bot": call.bot.id, "action": action})
    return True
