"""/start: who the bot is, in a few lines."""

from telegram import Update
from telegram.constants import ChatType

from bot.telegram.handling import Context, addressed


async def start(update: Update, context: Context) -> None:
    """Answer /start."""
    message, handling = addressed(update), context.handling
    key = "start" if message.chat.type == ChatType.PRIVATE else "start-group"
    handling.answer(message, handling.texts_for(message.from_user).say(key))
