"""Who is what in a chat, and what that allows.

A member is kept as its ChatMember object of the Bot API without the `user`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.refusals import Refusal, bad_request, forbidden

if TYPE_CHECKING:
    from bot.playground.world.facts import Bot, Chat, Json

_COMMON = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_OF_CHANNEL = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
_OF_GROUP = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
# What Telegram gives an administrator when the dialogue is confirmed as it stands.
_USUAL = frozenset({*_COMMON, *_OF_CHANNEL, "can_pin_messages"} - {"can_promote_members"})

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
_WHAT = {
    "can_send_messages": "text messages",
    "can_send_photos": "photos",
    "can_send_documents": "documents",
    "can_send_videos": "videos",
    "can_send_audios": "music",
}


def owner() -> Json:
    """Return the creator of a chat."""
    return {"status": "creator", "is_anonymous": False}


def member() -> Json:
    """Return a plain member."""
    return {"status": "member"}


def left() -> Json:
    """Return somebody who is not in the chat (any more)."""
    return {"status": "left"}


def kicked() -> Json:
    """Return somebody who was banned."""
    return {"status": "kicked", "until_date": 0}


def administrator(chat: Chat, rights: dict[str, bool] | None = None) -> Json:
    """Return an administrator; rights override what the application would tick by itself."""
    names = (*_COMMON, *(_OF_CHANNEL if chat.type == "channel" else _OF_GROUP))
    granted = {name: name in _USUAL for name in names} | (rights or {})
    return {"status": "administrator", "can_be_edited": False, "is_anonymous": False} | granted


def restricted(permissions: dict[str, bool], until_date: int = 0) -> Json:
    """Return a member who may do only what `permissions` says."""
    allowed = dict.fromkeys(PERMISSIONS, False) | permissions
    return {"status": "restricted", "is_member": True, "until_date": until_date} | allowed


def is_in(chat: Chat, account: int) -> bool:
    """Tell whether an account is in a chat now."""
    entry = chat.members.get(account, {"status": "left"})
    return bool(entry["status"] in ("creator", "administrator", "member") or entry.get("is_member"))


def is_admin(chat: Chat, account: int) -> bool:
    """Tell whether an account runs a chat, with whatever rights."""
    return chat.members.get(account, {}).get("status") in ("creator", "administrator")


def has_right(chat: Chat, account: int, right: str) -> bool:
    """Tell whether an administrator has a right; the creator has all."""
    entry = chat.members.get(account, {})
    return entry.get("status") == "creator" or (entry.get("status") == "administrator" and bool(entry.get(right)))


def kind_of(chat: Chat) -> str:
    """Return what the descriptions call the chat: group, supergroup or channel."""
    return f"{chat.type} chat"


def check_reachable(chat: Chat, bot: Bot) -> None:
    """Refuse a chat that the bot can't read or write (Client.cpp, check_chat_access)."""
    if chat.migrated_to:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.type == "private":
        return
    if chat.deleted:
        raise forbidden(f"the {kind_of(chat)} was deleted")
    status = chat.members.get(bot.id, {}).get("status")
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {kind_of(chat)}")
    if not is_in(chat, bot.id):
        raise forbidden(f"bot is not a member of the {kind_of(chat)}")


def check_may_send(chat: Chat, bot: Bot, permission: str) -> None:
    """Refuse when the bot may not send this kind of message (`permission` is a name of ChatPermissions)."""
    check_reachable(chat, bot)
    if chat.type == "private":
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif chat.type == "channel":
        if not has_right(chat, bot.id, "can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
    elif not is_admin(chat, bot.id):
        entry = chat.members[bot.id]
        allowed = entry if entry["status"] == "restricted" else chat.permissions
        if not allowed.get(permission, True):
            raise _not_enough(permission)


def _not_enough(permission: str) -> Refusal:
    return bad_request(f"not enough rights to send {_WHAT.get(permission, 'messages')} to the chat")
