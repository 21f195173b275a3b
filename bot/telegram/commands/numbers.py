"""/numbers: the numbers of the posts by story, with sources, and how they changed; it takes the words of /summary.

The plain form looks back as /actors does.
"""

from dataclasses import replace

from telegram import Update

from bot.telegram.answering import look_up
from bot.telegram.handling import Context
from bot.telegram.lists import render_numbers
from bot.telegram.reading import usual_options

_MOST = 10


async def numbers(update: Update, context: Context) -> None:
    """Answer /numbers."""
    handling, settings = context.handling, context.handling.settings.summary
    options = replace(usual_options(settings), numbers=_MOST)
    if asked := await look_up(update, context, options, again=True):
        written = render_numbers(asked.found, asked.posts, asked.texts, handling.now, settings.stories)
        asked.tell(written, asked.texts.say("numbers-none", posts=len(asked.posts)))
