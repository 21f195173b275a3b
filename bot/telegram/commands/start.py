"""/start: who the bot is, in a few lines, and a button to try it; behind the link of a recap it subscribes to that."""

from telegram import Update
from telegram.constants import ChatType

from bot.telegram.commands.recaps.subscribe import read_payload, start_with
from bot.telegram.commands.try_it import try_button
from bot.telegram.handling import Context, addressed


async def start(update: Update, context: Context) -> None:
    """Answer /start."""
    message, handling = addressed(update), context.handling
    recap = read_payload(context.args or [])
    if recap is not None and message.from_user and message.chat.type == ChatType.PRIVATE:
        start_with(handling, message, message.from_user, recap)
        return
    texts = handling.texts_for(message.from_user)
    if message.chat.type == ChatType.PRIVATE:
        handling.answer(message, texts.say("start"), try_button(texts))
    else:
        handling.answer(message, texts.say("start-group"))
