"""Who may use the bot, and who may manage what it keeps of a group.

    blocked      (setting access.blocked) is never served, whoever else says so
    owners       (setting access.owners) are always served
    all others   by the setting access.who: everybody; or only who is listed, and who came by the invitation's link

A group or channel that is listed is served whoever writes in it. In groups, administrators manage, members read.
"""

import hmac
from collections.abc import Collection

from telegram import Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.settings import AccessSettings
from bot.store.desks import guests
from bot.telegram.handling import Context

_MANAGERS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}


async def let_in(update: Update, context: Context) -> None:
    """Let an update pass to the handlers if its sender or its chat may use the bot; else stop it here.

    That somebody has blocked the bot passes in any case: he is to be forgotten.
    """
    if _goes(update):
        return
    access = context.handling.settings.access
    ids = {known.id for known in (update.effective_user, update.effective_chat, update.effective_sender) if known}
    if ids.isdisjoint(access.blocked):
        if _is_known(ids, access) or await _is_guest(context, update.effective_user):
            return
        if _is_invited(update.message, access):
            _welcome(context, update.effective_user)
            return
        _refuse(update.message, context)
    raise ApplicationHandlerStop


async def may_manage(message: Message, user: User | None, context: Context) -> bool:
    """Tell whether somebody may change or delete what the bot keeps of the chat of a message."""
    if message.chat.type in {ChatType.PRIVATE, ChatType.CHANNEL}:
        return True
    if message.sender_chat and message.sender_chat.id == message.chat.id:  # an administrator who stays anonymous
        return True
    if user is None or message.sender_chat:
        return False
    if user.id in context.handling.settings.access.owners:
        return True
    try:
        member = await context.bot.get_chat_member(message.chat.id, user.id)
    except TelegramError:
        return False
    return member.status in _MANAGERS


def _goes(update: Update) -> bool:
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.PRIVATE:
        return False
    return change.new_chat_member.status == ChatMemberStatus.BANNED


def _is_known(ids: Collection[int], access: AccessSettings) -> bool:
    return access.who == "everybody" or not set(ids).isdisjoint((*access.owners, *access.listed))


async def _is_guest(context: Context, user: User | None) -> bool:
    if user is None:
        return False
    return await context.handling.store.look(lambda conn: guests.is_guest(conn, user.id))


def _is_invited(message: Message | None, access: AccessSettings) -> bool:
    """Tell whether somebody comes by the link t.me/<bot>?start=<invitation>."""
    invitation = access.invitation.get_secret_value()
    if not invitation or not message or message.chat.type != ChatType.PRIVATE:
        return False
    command, _, payload = (message.text or "").partition(" ")
    return command == "/start" and hmac.compare_digest(payload.strip().encode(), invitation.encode())


def _welcome(context: Context, user: User | None) -> None:
    if user:
        context.handling.change(lambda conn: guests.add(conn, user.id, context.handling.now))


def _refuse(message: Message | None, context: Context) -> None:
    """Tell a stranger who writes to the bot that it is not for him; what he forwards is passed over in silence."""
    if message and message.chat.type == ChatType.PRIVATE and message.forward_origin is None:
        context.handling.answer(message, context.handling.texts_for(message.from_user).say("access-refused"))
