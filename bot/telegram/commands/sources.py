"""/sources: who wrote the posts of a desk, how many, and which of them are left out of summaries and recaps.

Its buttons mute and unmute. Names are too long for what a button can carry, so they go by the beginning of their hash.
"""

import hashlib
from collections.abc import Sequence
from html import unescape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatType

from bot.store.desks import sources as kept
from bot.store.desks.sources import Source
from bot.telegram.handling import Context, addressed, desk_of
from bot.telegram.pressing import press_of_manager
from bot.telegram.texts import Texts
from bot.telegram.writing.markup import bold, italic, joined, plain, share_out, shortened

PRESSED = r"^sources:(mute|unmute|page):\d{1,4}(:[0-9a-f]{16})?$"
_ON_A_PAGE = 8
_NAME_UNITS = 90
_BUTTON_UNITS = 40


async def sources(update: Update, context: Context) -> None:
    """Answer /sources."""
    message, handling = addressed(update), context.handling
    texts = handling.texts_for(message.from_user)
    async with handling.store.read() as conn:
        found = await kept.select(conn, desk_of(message))
    if found:
        handling.answer(message, _written(found, texts, 0), _buttons(found, texts, 0))
    else:
        private = message.chat.type == ChatType.PRIVATE
        handling.answer(message, texts.say("sources-empty" if private else "sources-empty-group"))


async def sources_pressed(update: Update, context: Context) -> None:
    """Mute or unmute a source, or turn the page, and show the list as it is then."""
    press = await press_of_manager(update, context)
    if press is None:
        return
    query, message = press
    handling, texts, desk = context.handling, context.handling.texts_for(query.from_user), desk_of(message)
    _, verb, page, *name = (query.data or "").split(":")
    async with handling.store.read() as conn:
        found = await kept.select(conn, desk)
    chosen = next((source.name for source in found if [_short(source.name)] == name), None)
    if chosen is not None:
        change = kept.mute if verb == "mute" else kept.unmute
        handling.change(lambda conn: change(conn, desk, chosen))
        found = [
            Source(source.name, source.posts, verb == "mute") if source.name == chosen else source for source in found
        ]
    handling.tell(query)
    shown = min(int(page), (len(found) - 1) // _ON_A_PAGE)
    if found:
        handling.rewrite(message, _written(found, texts, shown), _buttons(found, texts, shown))
    else:
        handling.rewrite(message, texts.say("sources-none"))


def _written(found: Sequence[Source], texts: Texts, page: int) -> str:
    """Write one page of the sources."""
    lines = []
    for source in _on(found, page):
        name, count = shortened(source.name, _NAME_UNITS), texts.say("read-posts", posts=source.posts)
        sign = "🔇 " if source.muted else ""
        lines.append(joined(" · ", [plain(sign) + (plain(name) if source.muted else bold(name)), plain(count)]))
    head = plain("📚 ") + bold(texts.say("sources-head", sources=len(found)))
    (written,) = share_out([[head], lines, [italic(texts.say("sources-hint"))]])
    return written


def _buttons(found: Sequence[Source], texts: Texts, page: int) -> InlineKeyboardMarkup:
    rows = []
    for source in _on(found, page):
        verb, key = ("unmute", "sources-unmute") if source.muted else ("mute", "sources-mute")
        label = unescape(texts.say(key, source=shortened(source.name, _BUTTON_UNITS)))
        rows.append([InlineKeyboardButton(label, callback_data=f"sources:{verb}:{page}:{_short(source.name)}")])
    turns = []
    if page > 0:
        turns.append(InlineKeyboardButton(texts.say("back"), callback_data=f"sources:page:{page - 1}"))
    if (page + 1) * _ON_A_PAGE < len(found):
        turns.append(InlineKeyboardButton(texts.say("further"), callback_data=f"sources:page:{page + 1}"))
    return InlineKeyboardMarkup([*rows, turns] if turns else rows)


def _on(found: Sequence[Source], page: int) -> Sequence[Source]:
    return found[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE]


def _short(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]
