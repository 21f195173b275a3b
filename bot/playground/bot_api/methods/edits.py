"""Editing messages.

Rules of td's MessagesManager (can_edit_message, edit_message_*), and Client.cpp's "message is not modified".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.bot_api.methods.markup import read_markup
from bot.playground.bot_api.methods.messages import read_text
from bot.playground.bot_api.methods.registry import Call, method
from bot.playground.bot_api.methods.sending import read_caption
from bot.playground.parsing.formatted import MAX_TEXT
from bot.playground.refusals import Refusal, bad_request
from bot.playground.world.copies import MEDIA
from bot.playground.world.rights import check_reachable, has_right

if TYPE_CHECKING:
    from bot.playground.world.facts import Chat, Json, Message

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


@method("editMessageText")
def edit_message_text(call: Call) -> Json:
    """Replace the text, the link preview options and the keyboard."""
    content = read_text(call)
    chat, message = _to_edit(call)
    if "text" not in message.shown:
        raise bad_request("there is no text in the message to edit")
    if len(content["text"]) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return _replace(call, chat, message, {"entities": None, "link_preview_options": None} | content)


@method("editMessageCaption")
def edit_message_caption(call: Call) -> Json:
    """Replace the caption and the keyboard."""
    content = read_caption(call)
    chat, message = _to_edit(call)
    if not any(kind in message.shown for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    empty = {"caption": None, "caption_entities": None, "show_caption_above_media": None}
    return _replace(call, chat, message, empty | content)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Json:
    """Replace the keyboard."""
    chat, message = _to_edit(call)
    return _replace(call, chat, message, {})


def _to_edit(call: Call) -> tuple[Chat, Message]:
    params = call.params
    if not params.text("chat_id") and not params.integer("message_id"):
        if not params.text("inline_message_id"):
            raise bad_request("message identifier is not specified")
        raise bad_request("MESSAGE_ID_INVALID")
    chat = call.chat()
    check_reachable(chat, call.bot)
    message = call.message(chat, "edit")
    if not _may_edit(call, chat, message):
        raise bad_request("message can't be edited")
    return chat, message


def _may_edit(call: Call, chat: Chat, message: Message) -> bool:
    shown = message.shown
    editable = "text" in shown or any(kind in shown for kind in MEDIA)
    if not editable or "forward_origin" in shown or message.reply_keyboard:
        return False
    own = message.author == call.bot.id
    if chat.type != "channel":
        return own
    may_edit_all = has_right(chat, call.bot.id, "can_edit_messages")
    return may_edit_all or (own and has_right(chat, call.bot.id, "can_post_messages"))


def _replace(call: Call, chat: Chat, message: Message, content: Json) -> Json:
    """Change the message; a keyboard that is not given again is dropped."""
    keyboard, other = read_markup(call.params)
    if other:
        raise Refusal(400, "inline keyboard expected")
    changes = content | {"reply_markup": keyboard}
    if all(message.shown.get(name) == value for name, value in changes.items()):
        raise bad_request(_NOT_MODIFIED)
    only_keyboard = all(message.shown.get(name) == value for name, value in content.items())
    call.world.edit(chat, message, changes, editor=call.bot.id, silent=only_keyboard)
    return message.shown
