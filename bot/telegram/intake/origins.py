"""Who wrote a message first, where it stood then, and under which address it can be opened."""

from datetime import datetime

from telegram import (
    Chat,
    Message,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    User,
)
from telegram.constants import ChatType

from bot.posts import Origin, OriginKind


def origin_of(message: Message, origin: MessageOrigin | None) -> Origin | None:
    """Tell who wrote a message: its origin's author if it has one, else its sender; None if nobody is named.

    An anonymous administrator writes as the group.
    """
    if origin:
        return _origin_of_forward(origin)
    if message.sender_chat:
        if message.chat.type == ChatType.CHANNEL:
            return _chat(OriginKind.CHANNEL, message.sender_chat, message.author_signature, message.message_id)
        return _chat(OriginKind.CHAT, message.sender_chat, message.author_signature)
    return _user(message.from_user) if message.from_user else None


def permalink(message: Message, origin: MessageOrigin | None) -> str | None:
    """Link to where a message stood first; only messages of channels and supergroups have an address."""
    if isinstance(origin, MessageOriginChannel):
        return _address(origin.chat, origin.message_id)
    if origin is None and message.chat.type in {ChatType.CHANNEL, ChatType.SUPERGROUP}:
        return _address(message.chat, message.message_id)
    return None


def written_at(message: Message, origin: MessageOrigin | None) -> datetime:
    """Tell when a message was written first."""
    return origin.date if origin else message.date


def _origin_of_forward(origin: MessageOrigin) -> Origin:
    match origin:
        case MessageOriginUser(sender_user=user):
            return _user(user)
        case MessageOriginHiddenUser(sender_user_name=name):
            return Origin(OriginKind.HIDDEN_USER, name)
        case MessageOriginChat(sender_chat=chat, author_signature=signature):
            return _chat(OriginKind.CHAT, chat, signature)
        case MessageOriginChannel(chat=chat, message_id=message_id, author_signature=signature):
            return _chat(OriginKind.CHANNEL, chat, signature, message_id)
    raise ValueError(f"an origin of the kind {origin.type!r} is unknown")


def _user(user: User) -> Origin:
    return Origin(OriginKind.USER, user.full_name, user.username, user.id)


def _chat(kind: OriginKind, chat: Chat, signature: str | None, message_id: int | None = None) -> Origin:
    return Origin(kind, chat.effective_name or "", chat.username, chat.id, message_id, signature)


def _address(chat: Chat, message_id: int) -> str:
    # Ids of channels and supergroups are -100 before the bare id, which links of private ones show.
    place = chat.username or f"c/{str(chat.id).removeprefix('-100')}"
    return f"https://t.me/{place}/{message_id}"
