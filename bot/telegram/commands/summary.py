"""/summary: what the posts say; `bot.telegram.answering.choosing` tells which.

Only the plain form moves the mark "up to here": the others look back and forth without making the plain one skip posts.
"""

from dataclasses import replace
from functools import partial

from telegram import InlineKeyboardMarkup, Update

from bot.store.desks import bursts, chats
from bot.telegram.answering.answer import Asked, look_up
from bot.telegram.answering.by_source import count_sources
from bot.telegram.answering.choosing import choose_again
from bot.telegram.answering.sharing import recaps_elsewhere
from bot.telegram.answering.showing import views_of_one
from bot.telegram.answering.views import Further, View
from bot.telegram.asking.request import Request
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
    length, buttons = handling.chosen.length, await _buttons(asked)
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


async def _buttons(asked: Asked) -> InlineKeyboardMarkup | None:
    """Make the buttons for other views of the posts; None if there is but one, or nothing is told."""
    handling, request, stories = asked.handling, asked.request or Request(), len(asked.found.stories)
    if not asked.stored or not stories:
        return None
    view = View(
        min(asked.seqs),
        max(asked.seqs),
        request.source or "",
        request.query,
        length=handling.chosen.length,
    )
    if asked.request is None and not await choose_again(handling, asked.desk, view):
        return None  # a button would not show what is muted, but who replies to it asks for that post
    further = Further(
        count_sources(asked.posts),
        shared=bool(await handling.store.look(lambda conn: recaps_elsewhere(conn, asked.desk))),
        views=await views_of_one(handling, view, asked.stored[0]) if len(asked.stored) == 1 else None,
    )
    return view.buttons(asked.texts, stories, asked.found.rest, further)
