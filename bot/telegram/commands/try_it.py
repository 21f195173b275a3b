"""The button "try it" under /start: a sample post, and its summary, for who has nothing to forward yet."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.posts import Desk, Post
from bot.telegram.handling import Context, pressed
from bot.telegram.reading import digest_post, usual_options
from bot.telegram.texts import Texts
from bot.telegram.writing.render import render

PRESSED = "^try$"


def try_button(texts: Texts) -> InlineKeyboardMarkup:
    """Make the button."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(texts.say("try-button"), callback_data="try")]])


async def try_pressed(update: Update, context: Context) -> None:
    """Show a sample post, and what the bot makes of it; it is kept nowhere."""
    query, handling = pressed(update), context.handling
    texts, settings = handling.texts_for(query.from_user), handling.settings
    if not await handling.quotas.take_summary(query.from_user.id):
        limit = settings.limits.summaries_per_minute
        handling.tell(query, texts.say("too-many-summaries", limit=limit))
        return
    handling.tell(query)
    desk = Desk(query.message.chat.id if query.message else query.from_user.id)
    sample = Post(id="sample", text=texts.say("sample-post"))
    found = await digest_post(sample, usual_options(settings.summary))
    handling.say(desk, texts.say("sample-post"))
    for html in render(found, [sample], texts, handling.now):
        handling.say(desk, f"{texts.say('try-over')}\n\n{html}")
