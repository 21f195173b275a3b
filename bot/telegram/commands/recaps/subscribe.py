"""/subscribe and /unsubscribe: have recaps that are open to all in private, too.

Each has a link, t.me/<bot>?start=sub_<number>, which subscribes whoever opens it and presses Start.
"""

import re
from collections.abc import Mapping, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, User
from telegram.constants import ChatType

from bot.posts import Desk
from bot.recap import Recap
from bot.store.connection import Connection
from bot.store.recapping import recaps, subscribers
from bot.telegram.commands.recaps.cards import describe, schedule_of
from bot.telegram.commands.recaps.setup import titles
from bot.telegram.handling import Context, Handling, addressed, pressed
from bot.telegram.texts import Texts
from bot.telegram.writing.markup import Markup, joined, link, plain, share_out, shortened

PRESSED = r"^subscribe:\d{1,12}:[01]$"
_PAYLOAD = re.compile(r"sub_(\d{1,12})", re.ASCII)
_MOST = 20
_TITLE_UNITS = 60
_LABEL_UNITS = 30


async def subscribe(update: Update, context: Context) -> None:
    """Answer /subscribe: the recaps that anybody may have, with links; in private also with buttons."""
    message, handling = addressed(update), context.handling
    texts = handling.texts_for(message.from_user)
    user = message.from_user if message.chat.type == ChatType.PRIVATE else None
    async with handling.store.read() as conn:
        html, buttons = await _list(conn, context, texts, user, "subscribe-none")
    handling.answer(message, html, buttons)


async def unsubscribe(update: Update, context: Context) -> None:
    """Answer /unsubscribe: what somebody has subscribed to, with buttons that end it."""
    message, handling = addressed(update), context.handling
    texts, user = handling.texts_for(message.from_user), message.from_user
    if message.chat.type != ChatType.PRIVATE or user is None:
        handling.answer(message, texts.say("unsubscribe-in-private"))
        return
    async with handling.store.read() as conn:
        html, buttons = await _list(conn, context, texts, user, "unsubscribe-none", own=True)
    handling.answer(message, html, buttons)


async def subscribe_pressed(update: Update, context: Context) -> None:
    """Subscribe somebody, or end it, and show the list as it is then."""
    query, handling = pressed(update), context.handling
    texts, user, message = handling.texts_for(query.from_user), query.from_user, query.message
    if not isinstance(message, Message) or message.chat.type != ChatType.PRIVATE:
        handling.tell(query, texts.say("too-old"))
        return
    _, number, on = (query.data or "").split(":")

    async def change(conn: Connection) -> None:
        if on == "0":
            await subscribers.unsubscribe(conn, int(number), user.id)
        elif any(recap.id == int(number) for recap in await recaps.public(conn)):
            await subscribers.subscribe(conn, int(number), user.id, handling.now)
        html, buttons = await _list(conn, context, texts, user, "subscribe-none")
        handling.rewrite(message, html, buttons)

    handling.tell(query)
    handling.change(change)


def read_payload(words: Sequence[str]) -> int | None:
    """Return the number of the recap whose link somebody opened; None if it was no such link."""
    match = _PAYLOAD.fullmatch(words[0]) if len(words) == 1 else None
    return int(match[1]) if match else None


def start_with(handling: Handling, message: Message, user: User, number: int) -> None:
    """Subscribe somebody who opened the link of a recap."""
    texts = handling.texts_for(user)

    async def change(conn: Connection) -> None:
        recap = next((recap for recap in await recaps.public(conn) if recap.id == number), None)
        if recap is None:
            handling.answer(message, texts.say("subscribe-gone"))
            return
        await subscribers.subscribe(conn, recap.id, user.id, handling.now)
        when = describe(schedule_of(recap), texts)
        handling.answer(message, texts.say("subscribed", title=shortened(recap.title, _TITLE_UNITS), when=when))

    handling.change(change)


async def _list(  # noqa: PLR0913 - both commands and the buttons show the same list
    conn: Connection, context: Context, texts: Texts, user: User | None, otherwise: str, *, own: bool = False
) -> tuple[str, InlineKeyboardMarkup | None]:
    """Write the recaps to which anybody may subscribe, or those to which somebody has."""
    mine = set(await subscribers.of_user(conn, user.id)) if user else set()
    shown = [recap for recap in await recaps.public(conn) if recap.id in mine or not own]
    paused = [await recaps.get(conn, number) for number in mine - {recap.id for recap in shown}]
    shown = [*shown, *(recap for recap in paused if recap)]
    shown = [recap for recap in shown if user is None or recap.destination != Desk(user.id)][:_MOST]
    if not shown:
        return texts.say(otherwise), None
    named = await titles(conn, shown)
    lines = [_line(recap, named, context.bot.username, texts) for recap in shown]
    (html,) = share_out([[plain("🔔 " + texts.say("subscribe-list"))], lines])
    if user is None:
        return html, None
    rows = [[_button(recap, on=recap.id in mine)] for recap in shown]
    return html, InlineKeyboardMarkup(rows)


def _line(recap: Recap, named: Mapping[int, str], bot: str, texts: Texts) -> Markup:
    """Write a recap with its link; of a private chat, whose name is a person's, nothing is told."""
    chat = recap.destination.chat_id
    where = shortened(named.get(chat, ""), _TITLE_UNITS) if chat < 0 else ""
    title = link(shortened(recap.title, _TITLE_UNITS), f"https://t.me/{bot}?start=sub_{recap.id}")
    return joined(" · ", [title, plain(where), plain(describe(schedule_of(recap), texts))])


def _button(recap: Recap, *, on: bool) -> InlineKeyboardButton:
    sign = "✅" if on else "➕"
    label = f"{sign} {shortened(recap.title, _LABEL_UNITS)}"
    return InlineKeyboardButton(label, callback_data=f"subscribe:{recap.id}:{int(not on)}")
