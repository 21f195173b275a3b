"""Pressed buttons: who may press those that change what the bot keeps of a chat, and what is said to the others.

A button says all that its press needs to know, so that it works after a restart, and for ever.
"""

from telegram import CallbackQuery, Message, Update

from bot.telegram.access import may_manage
from bot.telegram.handling import Context, pressed


def press_of_reader(update: Update, context: Context) -> tuple[CallbackQuery, Message] | None:
    """Return the press and the message with the button; None if it is of no use, of which its presser was told."""
    query, handling = pressed(update), context.handling
    message = query.message
    if not isinstance(message, Message) or not message.is_accessible:  # Telegram no longer shows what is too old
        handling.tell(query, handling.texts_for(query.from_user).say("too-old"))
        return None
    return query, message


async def press_of_manager(update: Update, context: Context) -> tuple[CallbackQuery, Message] | None:
    """Return the same of somebody who may manage what the bot keeps of the chat; None for all others."""
    press = press_of_reader(update, context)
    if press is None:
        return None
    query, message = press
    if not await may_manage(message, query.from_user, context):
        context.handling.tell(query, context.handling.texts_for(query.from_user).say("for-administrators"))
        return None
    return press


async def unknown_press(update: Update, context: Context) -> None:
    """Answer a button that an older version of the bot has made, and this one does not know."""
    query = pressed(update)
    context.handling.tell(query, context.handling.texts_for(query.from_user).say("too-old"))
