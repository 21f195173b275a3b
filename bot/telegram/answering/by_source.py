"""A summary by its sources: which wrote the posts of a view, and the posts of one of them.

Names are too long for what a button can carry, so a source goes by the beginning of its name's hash.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.posts import Desk, Post
from bot.store.desks.posts import StoredPost
from bot.telegram.answering.choosing import choose_again
from bot.telegram.answering.views import View
from bot.telegram.handling import Handling
from bot.telegram.texts import Texts
from bot.telegram.writing.markup import shortened

_ON_A_PAGE = 8
_NAME_UNITS = 40


async def posts_of(handling: Handling, desk: Desk, view: View) -> tuple[list[StoredPost], int]:
    """Get the posts of a view that are still there, oldest first; tell how many sources wrote them and those beside."""
    stored = await choose_again(handling, desk, view)
    sources = count_sources([kept.post for kept in stored])
    if view.only:
        stored = [kept for kept in stored if kept.post.source and short(kept.post.source) == view.only]
    return stored, sources


def count_sources(read: Sequence[Post]) -> int:
    """Count the sources of posts."""
    return len({post.source for post in read if post.source})


def short(name: str) -> str:
    """Name a source by eight hexadecimal digits."""
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:8]


def source_buttons(view: View, stored: Sequence[StoredPost], texts: Texts, page: int) -> InlineKeyboardMarkup:
    """Make a button for each source of the posts of a view, that of the most posts first, and one that leads back."""
    counted = Counter(kept.post.source for kept in stored if kept.post.source)
    names = sorted(counted, key=lambda name: (-counted[name], name))
    page = min(page, max(0, len(names) - 1) // _ON_A_PAGE)
    rows = []
    for name in names[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE]:
        alone = replace(view, skipped=0, only=short(name))
        rows.append([_button(f"{shortened(name, _NAME_UNITS)} · {counted[name]}", alone.written())])
    turns = []
    if page:
        turns.append(_button(texts.say("back"), view.written(f"from{page - 1}")))
    if (page + 1) * _ON_A_PAGE < len(names):
        turns.append(_button(texts.say("further"), view.written(f"from{page + 1}")))
    rows += [turns] if turns else []
    return InlineKeyboardMarkup([*rows, [_button(texts.say("view-all-sources"), view.written())]])


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)
