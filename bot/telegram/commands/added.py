"""What the bot says when somebody has added it to a group or a channel: what it does there, and what to do first.

In a channel all readers would see it, so it is said in private to who added the bot, if he has started it.
"""

from datetime import timedelta

from telegram import Bot, Chat, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, ChatMemberUpdated
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.posts import Desk
from bot.store.desks import chat_settings, chats
from bot.store.queues import presses
from bot.telegram.commands.recaps.setup import CHOOSE
from bot.telegram.handling import Context, Handling

# Telegram adds the bot to what somebody chooses for a recap, about which he is being asked already.
_SETTING_UP = timedelta(minutes=10)
_IN = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER}


async def greet(change: ChatMemberUpdated, context: Context) -> None:
    """Say it if the bot was not in the chat before; what else changes there is no news.

    A message tells of it, too (``new_chat_members``), but not always, so that nothing is said upon that.
    """
    if _is_in(change.old_chat_member) or not _is_in(change.new_chat_member):
        return
    if change.chat.type == ChatType.CHANNEL:
        await _tell_in_private(change, context.handling, context.bot)
    elif not await _has_moved(change.chat, context.handling, context.bot):
        manages = isinstance(change.new_chat_member, ChatMemberAdministrator)
        sees = "yes" if manages or context.bot.can_read_all_group_messages else "no"
        texts = context.handling.texts_for(change.from_user)
        context.handling.say(Desk(change.chat.id), texts.say("added-to-group", sees=sees))


async def _tell_in_private(change: ChatMemberUpdated, handling: Handling, bot: Bot) -> None:
    user, member, since = change.from_user, change.new_chat_member, handling.now - _SETTING_UP
    if await handling.store.look(lambda conn: chats.get(conn, user.id)) is None:
        return
    if await handling.store.look(lambda conn: presses.was_pressed(conn, user.id, CHOOSE, since)):
        return
    handling.choose(await handling.store.look(lambda conn: chat_settings.get(conn, user.id)))
    may_post = isinstance(member, ChatMemberAdministrator) and member.can_post_messages
    key = "added-to-channel" if may_post else "recap-bot-right"
    said = handling.texts_for(user).say(key, chat=change.chat.effective_name or "", bot=bot.username)
    handling.say(Desk(user.id), said)


async def _has_moved(chat: Chat, handling: Handling, bot: Bot) -> bool:
    """Tell whether a supergroup is one of our groups that has become that: to Telegram, the bot comes into it then.

    The messages that tell of it may come later than this, so each group of that name is asked for.
    """
    if chat.type != ChatType.SUPERGROUP:
        return False
    for group in await handling.store.look(lambda conn: chats.groups_called(conn, chat.title or "")):
        try:
            await bot.get_chat(group)
        except ChatMigrated as moved:
            if moved.new_chat_id == chat.id:
                return True
        except (BadRequest, Forbidden):
            continue
    return False


def _is_in(member: ChatMember) -> bool:
    return member.status in _IN or (isinstance(member, ChatMemberRestricted) and member.is_member)
