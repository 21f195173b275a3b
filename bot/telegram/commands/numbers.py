"""/numbers: the numbers of the posts by story, with sources, and how they changed; it takes the words of /summary.

The plain form looks back as /actors does.
"""

from dataclasses import replace
from functools import partial

from telegram import Update

from bot.telegram.answering.answer import look_up
from bot.telegram.answering.offering import offer_views
from bot.telegram.answering.showing import MOST_NUMBERS
from bot.telegram.answering.views import Kind
from bot.telegram.handling import Context
from bot.telegram.progress import shows_progress
from bot.telegram.reading import usual_options
from bot.telegram.writing.lists import render_numbers
from bot.text.digest import digest_numbers


@shows_progress
async def numbers(update: Update, context: Context) -> None:
    """Answer /numbers."""
    handling, settings = context.handling, context.handling.settings.summary
    options = replace(usual_options(settings), numbers=MOST_NUMBERS)
    stories = partial(digest_numbers, most=settings.stories)
    if asked := await look_up(update, context, stories, options, again=True):
        buttons = await offer_views(asked, Kind.NUMBERS)
        found = replace(asked.found, rest=0) if buttons else asked.found  # a button says how many more there are
        written = render_numbers(found, asked.posts, asked.texts, handling.now)
        asked.tell(written, asked.texts.say("numbers-none", posts=len(asked.posts)), buttons)
