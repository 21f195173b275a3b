"""Whether the bot may post where recaps are posted, which the administrators of those chats can change at any time."""

from collections.abc import AsyncIterator

from telegram import Bot
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.operating.finding import Finding
from bot.recap import Recap
from bot.store.desks import chats
from bot.store.desks.chats import Chat
from bot.store.engine import Store
from bot.store.recapping import recaps
from bot.telegram.commands.recaps.destination import bot_is_unfit

_MOST = 100
"""In how many chats Telegram is asked: each takes a call."""
_MEND = {
    "recap-bot-absent": ("is not in", "its administrators can add it, with the right to post messages"),
    "recap-bot-right": ("may not post in", "its administrators can give it the right to post messages"),
    "recap-bot-silent": ("may not write in", "its administrators can allow it messages"),
}


_FREE_HANDED = "take that right from it: with it, it can't look whether a post arrived"


async def examine_rights(store: Store, bot: Bot) -> AsyncIterator[Finding]:
    """Yield where recaps are to be posted and the bot can't, or could edit what others post.

    Where Telegram can't be asked, nothing is found.
    """
    async with store.read() as conn:
        active = [recap for recap in await recaps.active(conn) if recap.destination.chat_id != recap.source.chat_id]
        first = {recap.destination.chat_id: recap for recap in reversed(active)}
        known = [(recap, await chats.get(conn, chat_id)) for chat_id, recap in list(first.items())[:_MOST]]
    well = 0
    try:
        async with bot:
            for recap, chat in known:
                if finding := await _examine(bot, recap, chat or Chat(recap.destination.chat_id, ChatType.CHANNEL, "")):
                    yield finding
                else:
                    well += 1
    except TelegramError:  # of the token and the network it is told elsewhere
        return
    if well:
        yield Finding("channels", f"it may post in {well} of {len(first)} chats to which recaps go")


async def _examine(bot: Bot, recap: Recap, chat: Chat) -> Finding | None:
    try:
        me = await bot.get_chat_member(chat.id, bot.id)
    except (BadRequest, Forbidden):
        me = None
    where = f"{chat.title or chat.id}, to which recap № {recap.id} goes"
    if unfit := bot_is_unfit(me, chat.kind):
        what, advice = _MEND[unfit]
        return Finding("channels", f"it {what} {where}", advice)
    if chat.kind == ChatType.CHANNEL and getattr(me, "can_edit_messages", False):
        return Finding("channels", f"it may edit messages of others in {where}", _FREE_HANDED)
    return None
