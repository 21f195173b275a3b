"""Offer, under the answer to a command, the other views of its posts."""

from telegram import InlineKeyboardMarkup

from bot.telegram.answering.answer import Asked
from bot.telegram.answering.by_source import count_sources
from bot.telegram.answering.choosing import choose_again
from bot.telegram.answering.sharing import recaps_elsewhere
from bot.telegram.answering.showing import views_of_one
from bot.telegram.answering.views import Further, Kind, View
from bot.telegram.asking.request import Request


async def offer_views(asked: Asked, kind: Kind) -> InlineKeyboardMarkup | None:
    """Make the buttons for other views of the posts; None if there is but one, or nothing is told."""
    handling, request, stories = asked.handling, asked.request or Request(), len(asked.found.stories)
    if not asked.stored or not stories:
        return None
    view = View(
        min(asked.seqs),
        max(asked.seqs),
        request.source or "",
        request.query,
        kind=kind,
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
