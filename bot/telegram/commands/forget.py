"""/forget: delete what is kept of a chat, once somebody who may has pressed the button.

What is deleted, and what is said of it, is the whole chat also where it is asked in a topic: updates and settings are
kept by the chat.
"""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.store.desks import posts
from bot.store.recapping import recaps
from bot.store.upkeep.retention import forget as delete_all
from bot.telegram.access import may_manage
from bot.telegram.handling import Context, addressed
from bot.telegram.pressing import press_of_manager

YES, NO = "forget:yes", "forget:no"


async def forget(update: Update, context: Context) -> None:
    """Answer /forget: ask once more."""
    message, handling = addressed(update), context.handling
    texts = handling.texts_for(message.from_user)
    if not await may_manage(message, message.from_user, context):
        handling.answer(message, texts.say("for-administrators"))
        return
    async with handling.store.read() as conn:
        count = await posts.count_chat(conn, message.chat.id)
        going = await recaps.of_chat(conn, message.chat.id)
    buttons = [
        InlineKeyboardButton(texts.say("forget-yes"), callback_data=YES),
        InlineKeyboardButton(texts.say("forget-no"), callback_data=NO),
    ]
    forum = "yes" if message.chat.is_forum else "no"
    asked = texts.say("forget-ask", forum=forum, posts=count, recaps=len(going))
    handling.answer(message, asked, InlineKeyboardMarkup([buttons]))


async def forget_pressed(update: Update, context: Context) -> None:
    """Do what the button says."""
    handling = context.handling
    press = await press_of_manager(update, context)
    if press is None:
        return
    query, message = press
    texts = handling.texts_for(query.from_user)
    handling.tell(query)
    if query.data == NO:
        handling.rewrite(message, texts.say("forget-kept"))
        return
    async with handling.store.read() as conn:
        count = await posts.count_chat(conn, message.chat.id)
    handling.change(lambda conn: delete_all(conn, message.chat.id))
    handling.rewrite(message, texts.say("forget-done", posts=count))
