"""What a forward and a copy take from a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.world.views import chat_json, user_json

if TYPE_CHECKING:
    from bot.playground.world.facts import Chat, Json, Message
    from bot.playground.world.world import World

TEXT = ("text", "entities", "link_preview_options")
CAPTION = ("caption", "caption_entities", "show_caption_above_media")
MEDIA = ("photo", "document", "video", "animation", "audio", "voice")


def can_be_copied(chat: Chat, message: Message) -> bool:
    """Tell whether a message is one that somebody wrote, rather than a notice of the chat, and is not protected."""
    is_written = any(name in message.shown for name in ("text", *MEDIA))
    return is_written and not chat.protected and not message.shown.get("has_protected_content")


def content_of(message: Message) -> Json:
    """Return the fields that make up a message's content."""
    return {name: message.shown[name] for name in (*TEXT, *CAPTION, *MEDIA) if name in message.shown}


def origin_of(world: World, chat: Chat, message: Message) -> Json:
    """Return the MessageOrigin that a forward of a message shows: that of the first author, however often forwarded."""
    shown = message.shown
    if "forward_origin" in shown:
        origin: Json = shown["forward_origin"]
        return origin
    date = {"date": shown["date"]}
    signature = {"author_signature": shown["author_signature"]} if "author_signature" in shown else {}
    if chat.type == "channel":
        place = {"chat": chat_json(world.state, chat), "message_id": message.id}
        return {"type": "channel", **date, **place, **signature}
    if "sender_chat" in shown:
        return {"type": "chat", **date, "sender_chat": shown["sender_chat"], **signature}
    person = world.state.users.get(message.author)
    if person and (person.hides_forwards or person.deleted):
        return {"type": "hidden_user", **date, "sender_user_name": person.name}
    return {"type": "user", **date, "sender_user": user_json(person or world.state.bots[message.author])}


def forward_fields(origin: Json) -> Json:
    """Return the fields of a forward: the origin, and the older fields that the server still sends beside it."""
    fields: Json = {"forward_origin": origin, "forward_date": origin["date"]}
    match origin["type"]:
        case "user":
            fields["forward_from"] = origin["sender_user"]
        case "hidden_user":
            fields["forward_sender_name"] = origin["sender_user_name"]
        case "chat":
            fields["forward_from_chat"] = origin["sender_chat"]
        case "channel":
            fields |= {"forward_from_chat": origin["chat"], "forward_from_message_id": origin["message_id"]}
    if "author_signature" in origin:
        fields["forward_signature"] = origin["author_signature"]
    return fields
