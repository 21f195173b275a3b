"""/summary: what the posts say; `bot.telegram.choosing` tells which.

Only the plain form moves the mark "up to here": the others look back and forth without making the plain one skip posts.
"""

from functools import partial

from telegram import Update

from bot.store import bursts, chats
from bot.telegram.answering import look_up
from bot.telegram.handling import Context, addressed, desk_of
from bot.telegram.render import render
from bot.text.digest import digest_stories


async def summary(update: Update, context: Context) -> None:
    """Answer /summary."""
    desk, handling = desk_of(addressed(update)), context.handling
    stories = partial(digest_stories, most=handling.settings.summary.stories)
    asked = await look_up(update, context, stories, again=False)
    if asked is None:
        return
    written = render(asked.found, asked.posts, asked.texts, handling.now)
    if asked.request is None:
        asked.tell(written, asked.texts.say("summary-no-text"))
        return
    why = "summary-only-noise" if len(asked.found.noise) == len(asked.posts) else "summary-no-sentences"
    asked.tell(written, asked.texts.say(why, posts=len(asked.posts)))
    handling.change(lambda conn: bursts.drop(conn, desk))
    if asked.request.is_plain and (seq := asked.seq):
        handling.change(lambda conn: chats.set_summarised(conn, desk, seq, handling.now))
