"""How long the posts of a chat are kept: for a shorter time than whoever runs the bot has set, never for longer.

What is deleted at once by a choice is said before it is made.
"""

from dataclasses import replace
from datetime import timedelta

from telegram import CallbackQuery, InlineKeyboardMarkup, Message

from bot.store.upkeep import retention
from bot.telegram.commands.settings.page import button, choose, page
from bot.telegram.handling import Handling
from bot.telegram.texts import Texts

_SPANS = (1, 7, 30, 90, 365)


def keep_page(handling: Handling, texts: Texts) -> tuple[str, InlineKeyboardMarkup]:
    """Ask how long posts are to be kept."""
    most, now = handling.usual.database.keep_days, handling.settings.database.keep_days
    spans = [days for days in _SPANS if days < most] + [most]
    buttons = [button(_label(days, texts, is_chosen=days == now), "keep", str(days)) for days in spans]
    rows = [buttons[first : first + 3] for first in range(0, len(buttons), 3)]
    said = texts.say("settings-keep", days=texts.say("settings-days", days=now))
    return said, InlineKeyboardMarkup([*rows, [button(texts.say("back"), "show")]])


async def keep_pressed(handling: Handling, message: Message, query: CallbackQuery, days: int, *, sure: bool) -> None:
    """Keep posts for so many days from now on, or for as long as possible; ask first if that deletes any."""
    texts, most = handling.texts_for(query.from_user), handling.usual.database.keep_days
    chat_id, before = message.chat.id, handling.now - timedelta(days=days)
    older = await handling.store.look(lambda conn: retention.count_older(conn, chat_id, before))
    if older and not sure and days < most:
        handling.tell(query)
        handling.rewrite(message, *_question(days, older, texts))
        return
    choose(handling, message, replace(handling.chosen, keep_days=days if days < most else None))
    if days < most:
        handling.change(lambda conn: retention.purge_chat(conn, chat_id, before))
    handling.tell(query, texts.say("settings-keep-deleted", posts=older) if older and days < most else "")
    handling.rewrite(message, *page(handling, message, texts))


def _question(days: int, older: int, texts: Texts) -> tuple[str, InlineKeyboardMarkup]:
    span = texts.say("settings-days", days=days)
    buttons = [
        button(texts.say("settings-keep-yes"), "keep-yes", str(days)),
        button(texts.say("forget-no"), "keeps"),
    ]
    return texts.say("settings-keep-ask", days=span, posts=older), InlineKeyboardMarkup([buttons])


def _label(days: int, texts: Texts, *, is_chosen: bool) -> str:
    span = texts.say("settings-days", days=days)
    return f"✅ {span}" if is_chosen else span
