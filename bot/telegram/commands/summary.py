"""/summary: what the posts say; `bot.telegram.answering.choosing` tells which.

Only the plain form moves the mark "up to here": the others look back and forth without making the plain one skip posts.
"""

from dataclasses import replace
from functools import partial

from telegram import Update

from bot.store.desks import bursts, chats
from bot.telegram.answering.answer import look_up
from bot.telegram.answering.offering import offer_views
from bot.telegram.answering.views import Kind
from bot.telegram.handling import Context, addressed, desk_of
from bot.telegram.progress import shows_progress
from bot.telegram.writing.render import render
from bot.text.digest import digest_stories


@shows_progress
async def summary(update: Update, context: Context) -> None:
    """Answer /summary."""
    desk, handling = desk_of(addressed(update)), context.handling
    stories = partial(digest_stories, most=handling.settings.summary.stories)
    asked = await look_up(update, context, stories, again=False)
    if asked is None:
        return
    length, buttons = handling.chosen.length, await offer_views(asked, Kind.STORIES)
    found = replace(asked.found, rest=0) if buttons else asked.found  # a button says how many more there are
    written = render(found, asked.posts, asked.texts, handling.now, length)
    if asked.request is None:
        asked.tell(written, asked.texts.say("summary-no-text"), buttons)
        return
    why = "summary-only-noise" if len(asked.found.noise) == len(asked.posts) else "summary-no-sentences"
    asked.tell(written, asked.texts.say(why, posts=len(asked.posts)), buttons)
    handling.change(lambda conn: bursts.drop(conn, desk))
    if asked.request.is_plain:
        handling.change(lambda conn: chats.set_summarised(conn, desk, max(asked.seqs), handling.now))
