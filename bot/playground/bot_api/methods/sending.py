"""What all methods that send have in common: where to, in answer to what, with which keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.bot_api.methods.markup import read_markup
from bot.playground.bot_api.params import Params
from bot.playground.parsing.formatted import caption_fields
from bot.playground.refusals import bad_request, forbidden
from bot.playground.world.rights import check_may_send
from bot.playground.world.views import quoted

if TYPE_CHECKING:
    from bot.playground.bot_api.methods.registry import Call
    from bot.playground.world.facts import Chat, Json, Message


def target(call: Call, permission: str) -> Chat:
    """Return the chat to send to.

    Raises:
        Refusal: it is not there, or the bot may not send this there.
    """
    text = call.params.text("chat_id")
    if text.lstrip("-").isdigit() and int(text) in call.world.state.bots:
        raise forbidden("the bot can't send messages to the bot")
    chat = call.chat()
    if chat.type == "private" and call.world.state.users[chat.id].deleted:
        raise forbidden("user is deactivated")
    check_may_send(chat, call.bot, permission)
    return chat


def send(call: Call, chat: Chat, content: Json) -> Message:
    """Write a message of the bot with the options that every sending method has; return it."""
    inline, other = read_markup(call.params)
    options: Json = {**_thread(call, chat), **_reply(call, chat)}
    if call.params.flag("protect_content"):
        options["has_protected_content"] = True
    if inline:
        options["reply_markup"] = inline
    message = call.world.post(chat, call.bot.id, options | content)
    message.reply_keyboard = other
    return message


def read_caption(call: Call) -> Json:
    """Return the caption fields of a message, none when there is no caption.

    Raises:
        Refusal: its mark-up is wrong, or it is too long.
    """
    params = call.params
    entities = params.json("caption_entities", "entities")
    return caption_fields(params.text("caption"), params.text("parse_mode"), entities) | (
        {"show_caption_above_media": True} if params.flag("show_caption_above_media") else {}
    )


def _thread(call: Call, chat: Chat) -> Json:
    thread = call.params.integer("message_thread_id")
    if not thread:
        return {}
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True}


def _reply(call: Call, chat: Chat) -> Json:
    wanted = call.params.json("reply_parameters", "reply parameters") or {}
    if not isinstance(wanted, dict):
        raise bad_request("object expected as reply parameters")
    number = Params(wanted).integer("message_id") or call.params.integer("reply_to_message_id")
    if not number:
        return {}
    message = chat.messages.get(number)
    if message is None:
        if wanted.get("allow_sending_without_reply") or call.params.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    thread = message.shown.get("message_thread_id")
    topic: Json = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
    return topic | {"reply_to_message": quoted(message)}
