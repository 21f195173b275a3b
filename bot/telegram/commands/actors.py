"""/actors: who acts in the posts, with roles, and which posts name them; it takes the words of /summary.

The plain form looks back over the usual hours where nothing came since the last summary: who has read a summary may
want its actors then.
"""

from dataclasses import replace

from telegram import Update

from bot.telegram.answering.answer import look_up
from bot.telegram.answering.showing import MOST_ACTORS
from bot.telegram.handling import Context
from bot.telegram.progress import shows_progress
from bot.telegram.reading import usual_options
from bot.telegram.writing.lists import render_actors
from bot.text.digest import digest_actors


@shows_progress
async def actors(update: Update, context: Context) -> None:
    """Answer /actors."""
    handling = context.handling
    options = replace(usual_options(handling.settings.summary), actors=MOST_ACTORS)
    if asked := await look_up(update, context, digest_actors, options, again=True):
        written = render_actors(asked.found, asked.posts, asked.texts, handling.now)
        asked.tell(written, asked.texts.say("actors-none", posts=len(asked.posts)))
