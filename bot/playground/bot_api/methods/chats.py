"""What a bot can learn of a chat, pin in it, and how it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.bot_api.methods.registry import Call, method
from bot.playground.refusals import bad_request
from bot.playground.world import rights
from bot.playground.world.views import chat_json, member_json, quoted

if TYPE_CHECKING:
    from bot.playground.world.facts import Chat, Json

_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


@method("getChat")
def get_chat(call: Call) -> Json:
    """Tell all about a chat."""
    chat = call.chat()
    if not (chat.username and chat.type != "private"):
        rights.check_reachable(chat, call.bot)
    info = chat_json(call.world.state, chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _NO_GIFTS,
    }
    if chat.description:
        info["description"] = chat.description
    if chat.username:
        info["active_usernames"] = [chat.username]
    if chat.type in ("group", "supergroup"):
        info["permissions"] = dict.fromkeys(rights.PERMISSIONS, True) | chat.permissions
    if chat.protected:
        info["has_protected_content"] = True
    if chat.pinned:
        info["pinned_message"] = quoted(chat.messages[chat.pinned[-1]])
    return info


@method("getChatMember")
def get_chat_member(call: Call) -> Json:
    """Tell what somebody is in a chat."""
    chat = call.chat()
    rights.check_reachable(chat, call.bot)
    account = call.params.integer("user_id")
    if account <= 0:
        raise bad_request("invalid user_id specified")
    if call.world.account(account) is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.type == "private":
        if account not in (chat.id, call.bot.id):
            raise bad_request("PARTICIPANT_ID_INVALID")
        person = call.world.account(account)
        return member_json(call.world.state, chat, account) | {"status": "member"} if person else {}
    return member_json(call.world.state, chat, account)


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> list[Json]:
    """Tell who runs a chat: people, and the bot itself."""
    chat = call.chat()
    rights.check_reachable(chat, call.bot)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    bots = call.world.state.bots
    return [
        member_json(call.world.state, chat, account)
        for account in chat.members
        if rights.is_admin(chat, account) and (account not in bots or account == call.bot.id)
    ]


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    """Go."""
    chat = call.chat()
    rights.check_reachable(chat, call.bot)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    call.world.set_member(chat, call.bot.id, rights.left(), by=call.bot.id)
    return True


@method("pinChatMessage")
def pin_chat_message(call: Call) -> bool:
    """Pin a message, which the chat is told by a message of its own."""
    chat = _with_right_to_pin(call)
    message = call.message(chat, "pin")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        call.world.post(chat, call.bot.id, {"pinned_message": quoted(message)})
    return True


@method("unpinChatMessage")
def unpin_chat_message(call: Call) -> bool:
    """Unpin a message, the latest one when none is named."""
    chat = _with_right_to_pin(call)
    if "message_id" in call.params:
        message = call.message(chat, "unpin")
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
    elif chat.pinned:
        chat.pinned.pop()
    else:
        raise bad_request("message to unpin not found")
    return True


def _with_right_to_pin(call: Call) -> Chat:
    chat = call.chat()
    rights.check_reachable(chat, call.bot)
    needed = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
    if chat.type != "private" and not rights.has_right(chat, call.bot.id, needed):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat
