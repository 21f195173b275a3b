"""Accounts, chats and quoted messages as the objects of the Bot API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.world.facts import Bot, Chat, Json, User

if TYPE_CHECKING:
    from bot.playground.world.facts import Message, State


def without_none(shown: Json) -> Json:
    """Return the object without the fields that have no value."""
    return {name: value for name, value in shown.items() if value is not None}


def user_json(account: User | Bot) -> Json:
    """Return the User object of an account."""
    if isinstance(account, Bot):
        return {"id": account.id, "is_bot": True, "first_name": account.first_name, "username": account.username}
    return without_none(
        {
            "id": account.id,
            "is_bot": False,
            "first_name": "" if account.deleted else account.first_name,
            "last_name": account.last_name,
            "username": account.username,
            "language_code": account.language_code,
        }
    )


def me_json(bot: Bot) -> Json:
    """Return the User object of getMe, which tells more."""
    return user_json(bot) | {
        "can_join_groups": bot.can_join_groups,
        "can_read_all_group_messages": not bot.privacy_mode,
        "supports_inline_queries": bot.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
    }


def chat_json(state: State, chat: Chat) -> Json:
    """Return the Chat object, as bots see it."""
    if chat.type == "private":
        return private_json(state.users[chat.id])
    shown: Json = {"id": chat.id, "title": chat.title, "username": chat.username, "type": chat.type}
    if chat.is_forum:
        shown["is_forum"] = True
    return without_none(shown)


def private_json(account: User | Bot) -> Json:
    """Return the Chat object of a private chat with an account."""
    return without_none(
        {
            "id": account.id,
            "first_name": account.first_name,
            "last_name": getattr(account, "last_name", None),
            "username": account.username,
            "type": "private",
        }
    )


def quoted(message: Message) -> Json:
    """Return a message as `reply_to_message` shows it: without what it answers itself."""
    return {name: value for name, value in message.shown.items() if name != "reply_to_message"}


def member_json(state: State, chat: Chat, account: int) -> Json:
    """Return the ChatMember object of an account in a chat."""
    entry = chat.members.get(account, {"status": "left"})
    person = state.users.get(account) or state.bots[account]
    return {"user": user_json(person)} | entry
