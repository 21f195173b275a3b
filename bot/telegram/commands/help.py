"""/help: what the bot can do, by example."""

from telegram import Update
from telegram.constants import ChatType

from bot.telegram.handling import Context, addressed


async def help_(update: Update, context: Context) -> None:
    """Answer /help."""
    message, handling = addressed(update), context.handling
    texts = handling.texts_for(message.from_user)
    handling.answer(message, texts.say("help", hours=handling.settings.summary.hours))


async def unknown(update: Update, context: Context) -> None:
    """Answer a command that does not exist; in a group it is for another bot."""
    message, handling = addressed(update), context.handling
    if message.chat.type == ChatType.PRIVATE:
        command = (message.text or "").split()[0]
        handling.answer(message, handling.texts_for(message.from_user).say("unknown-command", command=command))
