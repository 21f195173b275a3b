"""Post a summary, as somebody sees it, where a recap of its desk is posted: once, however often that is wanted."""

from collections.abc import Sequence
from html import unescape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.posts import Desk
from bot.recap import Recap
from bot.store.connection import Connection
from bot.store.desks import chats
from bot.store.queues import outbox
from bot.store.recapping import recaps
from bot.telegram.answering.views import View
from bot.telegram.handling import Handling, message_to
from bot.telegram.texts import Texts
from bot.telegram.writing.markup import shortened

_TITLE_UNITS = 40


async def recaps_elsewhere(conn: Connection, desk: Desk) -> list[Recap]:
    """Get the recaps that read a desk and are posted in another chat; of each such place one."""
    places: dict[Desk, Recap] = {}
    for recap in await recaps.of_chat(conn, desk.chat_id):
        if recap.source == desk and recap.destination.chat_id != desk.chat_id:
            places.setdefault(recap.destination, recap)
    return list(places.values())


async def place_buttons(handling: Handling, view: View, found: Sequence[Recap], texts: Texts) -> InlineKeyboardMarkup:
    """Make a button for each place where a view can be posted, and one that leads back."""

    async def look(conn: Connection) -> list[chats.Chat | None]:
        return [await chats.get(conn, recap.destination.chat_id) for recap in found]

    rows = []
    for recap, chat in zip(found, await handling.store.look(look), strict=True):
        title = chat.title if chat and chat.title else str(recap.destination.chat_id)
        label = texts.say("share-post", chat=shortened(title, _TITLE_UNITS))
        rows.append([_button(unescape(label), view.written(f"share{recap.id}"))])
    return InlineKeyboardMarkup([*rows, [_button(texts.say("back"), view.written())]])


async def was_shared(handling: Handling, recap: Recap, desk: Desk, view: View) -> bool:
    """Tell whether a view of a desk was posted where a recap is posted, or is about to be."""
    key = _key(recap, desk, view, 1)
    return await handling.store.look(lambda conn: outbox.is_known(conn, key))


def share(handling: Handling, recap: Recap, desk: Desk, view: View, messages: Sequence[str]) -> None:
    """Post a view of a desk, written as messages, where a recap is posted; as the recap, with a sound or without."""
    silent = {"disable_notification": True} if recap.options.silent else {}
    for number, html in enumerate(messages, start=1):
        payload = message_to(recap.destination, html) | silent
        handling.call(recap.destination, "sendMessage", payload, _key(recap, desk, view, number))


def _key(recap: Recap, desk: Desk, view: View, number: int) -> str:
    place = recap.destination
    return f"share:{place.chat_id}.{place.thread_id}:{desk.chat_id}.{desk.thread_id}:{view.written()}:{number}"


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)
