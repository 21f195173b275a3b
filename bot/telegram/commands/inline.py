"""Inline mode: "@bot flood 24h", typed in any chat, offers the stories of one's own posts to be pasted there.

What is typed is understood as behind /summary; in vain, a button leads to the private chat where posts are collected.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode

from bot.posts import Desk
from bot.printing.page import lay_out
from bot.telegram.answering.choosing import choose
from bot.telegram.asking.request import read_request
from bot.telegram.handling import Context, Handling
from bot.telegram.reading import digest_stored, usual_options
from bot.telegram.texts import Texts
from bot.telegram.writing.markup import shortened
from bot.telegram.writing.render import render_story
from bot.text.digest import digest_stories

_MOST_STORIES = 20
_TITLE_UNITS = 120
_DESCRIPTION_UNITS = 200
# For so many seconds Telegram may show the same answer again: a forward that comes meanwhile is not in it.
_CACHE_SECONDS = 10


async def inline(update: Update, context: Context) -> None:
    """Answer what somebody types behind the bot's name."""
    query, handling = update.inline_query, context.handling
    if query is None:
        return
    texts = handling.texts_for(query.from_user)
    if not await handling.quotas.take_summary(query.from_user.id):
        _answer(handling, query, [], texts.say("inline-too-many"))
        return
    offered = await _stories(handling, query, texts)
    _answer(handling, query, offered, "" if offered else texts.say("inline-nothing"))


async def _stories(handling: Handling, query: InlineQuery, texts: Texts) -> list[InlineQueryResultArticle]:
    request = read_request(query.query)
    chosen = await choose(handling, Desk(query.from_user.id), request, again=True)
    if request.unclear or request.twice or not chosen.stored:
        return []
    options = replace(usual_options(handling.settings.summary), about=request.query)
    found = await digest_stored(handling, chosen.stored, options, partial(digest_stories, most=_MOST_STORIES))
    page = lay_out([(found, [stored.post for stored in chosen.stored])])
    return [
        InlineQueryResultArticle(
            str(number),
            shortened(block.title, _TITLE_UNITS),
            InputTextMessageContent(
                render_story(block, texts, handling.now),
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            description=shortened(" ".join(block.sentences), _DESCRIPTION_UNITS),
        )
        for number, block in enumerate(page.blocks)
    ]


def _answer(handling: Handling, query: InlineQuery, offered: Sequence[InlineQueryResultArticle], button: str) -> None:
    payload: dict[str, Any] = {
        "inline_query_id": query.id,
        "results": [result.to_dict() for result in offered],
        "cache_time": _CACHE_SECONDS,
        "is_personal": True,
    }
    if button:
        payload["button"] = InlineQueryResultsButton(button, start_parameter="inline").to_dict()
    handling.call(Desk(query.from_user.id), "answerInlineQuery", payload)
