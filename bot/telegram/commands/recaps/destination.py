"""Where a recap may be posted: the bot must be able to post there, and who wants it must run the place.

Telegram is asked of both (getChatMember); whatever is missing is named, so that it can be mended.
"""

import re
from dataclasses import dataclass, field

from telegram import (
    ChatFullInfo,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberRestricted,
)
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

from bot.store.desks.chats import Chat
from bot.telegram.handling import Context

_NAME = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/([a-z]\w{3,31})(?:/\d+)?/?|@([a-z]\w{3,31})", re.IGNORECASE | re.ASCII
)
_ID = re.compile(r"-\d{2,20}")
_ABSENT = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a chat can't be a destination.

    Attributes:
        why: key of the text that says so.
        values: of the text.
        chat_id: the chat, if it is known and may be fit once it is mended.

    """

    why: str
    values: dict[str, str] = field(default_factory=dict)
    chat_id: int | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """A chat that can be a destination.

    Attributes:
        may_edit: the bot could edit what others post there, which it should not.

    """

    chat: Chat
    may_edit: bool = False


def read_reference(word: str) -> str | int | None:
    """Understand how people name a chat: @name, a t.me link, an id; None if the word names none."""
    if name := _NAME.fullmatch(word):
        return f"@{name[1] or name[2]}"
    return int(word) if _ID.fullmatch(word) else None


async def examine(context: Context, chat: str | int, user_id: int | None, title: str | None = None) -> Fit | Unfit:
    """Look whether a user may have recaps posted in a chat.

    Args:
        context: of the update.
        chat: its id or @name.
        user_id: who wants it; None if he is unknown, as an anonymous administrator is.
        title: what the chat is called, if that is known.

    """
    found = await _find(context, chat, title)
    if isinstance(found, Unfit):
        return found
    name = found.title or str(chat)
    me = await _own_membership(context, found)
    if unfit := bot_is_unfit(me, found.type):
        return Unfit(unfit, {"chat": name, "bot": context.bot.username}, found.id)
    if user_id is None:
        return Unfit("recap-anonymous", {"chat": name}, found.id)
    if unfit := await _user_is_unfit(context, found, user_id):
        return Unfit(unfit, {"chat": name}, found.id)
    may_edit = found.type == ChatType.CHANNEL and bool(getattr(me, "can_edit_messages", False))
    return Fit(Chat(found.id, found.type, name, found.username), may_edit)


async def _find(context: Context, chat: str | int, title: str | None) -> ChatFullInfo | Unfit:
    try:
        found = await context.bot.get_chat(chat)
    except (BadRequest, Forbidden):  # an id, which a button gave, exists: only the bot is not there
        values = {"chat": title or str(chat), "bot": context.bot.username}
        return Unfit("recap-bot-absent", values, chat) if isinstance(chat, int) else Unfit("recap-unknown", values)
    return Unfit("recap-person", {"chat": str(chat)}) if found.type == ChatType.PRIVATE else found


async def _own_membership(context: Context, chat: ChatFullInfo) -> ChatMember | None:
    try:
        return await context.bot.get_chat_member(chat.id, context.bot.id)
    except (BadRequest, Forbidden):
        return None


def bot_is_unfit(me: ChatMember | None, kind: str) -> str | None:
    """Say, as a key of a text, why the bot can't post in a chat of a kind (`Chat.type`); None if it can.

    ``me`` is what it is there, None if Telegram does not tell.
    """
    if me is None or me.status in _ABSENT or (isinstance(me, ChatMemberRestricted) and not me.is_member):
        return "recap-bot-absent"
    if kind != ChatType.CHANNEL:
        silent = isinstance(me, ChatMemberRestricted) and not me.can_send_messages
        return "recap-bot-silent" if silent else None
    return None if _posts(me) else "recap-bot-right"


async def _user_is_unfit(context: Context, chat: ChatFullInfo, user_id: int) -> str | None:
    try:
        member = await context.bot.get_chat_member(chat.id, user_id)
    except (BadRequest, Forbidden):
        return "recap-user-stranger"
    if not isinstance(member, ChatMemberOwner | ChatMemberAdministrator):
        return "recap-user-stranger"
    return None if chat.type != ChatType.CHANNEL or _posts(member) else "recap-user-right"


def _posts(member: ChatMember) -> bool:
    """Tell whether an administrator of a channel may post in it."""
    return isinstance(member, ChatMemberOwner) or bool(getattr(member, "can_post_messages", False))
