"""The time zone of a chat: by a button, by its name, or in private chats by where somebody is.

The place that somebody sends is used once and kept nowhere: it is taken out of the stored update, too.
"""

from dataclasses import replace
from datetime import datetime

from telegram import (
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.constants import ChatType

from bot.recaps.places import zones_near
from bot.store.desks import whereabouts
from bot.telegram.commands.recaps.cards import city, zone_buttons
from bot.telegram.commands.settings.page import button, choose, page
from bot.telegram.handling import Context, Handling, addressed, desk_of
from bot.telegram.texts import LANGUAGES, Texts

NOT_NOW = tuple(Texts(lang).say("settings-where-no") for lang in LANGUAGES)
"""What the other button beside "send my location" writes."""


def zones_page(message: Message, texts: Texts) -> tuple[str, InlineKeyboardMarkup]:
    """Ask by whose clock times are to be shown."""
    zones = zone_buttons(texts, "settings:zone", "settings:show")
    rows = list(zones.inline_keyboard)
    if message.chat.type == ChatType.PRIVATE:
        rows.insert(0, (button(texts.say("settings-where-button"), "where"),))
    return texts.say("settings-zones"), InlineKeyboardMarkup(rows)


def ask_where(handling: Handling, message: Message, texts: Texts) -> None:
    """Ask for the place by a keyboard, since no button under a message can."""
    keyboard = [
        [KeyboardButton(texts.say("settings-where-send"), request_location=True)],
        [KeyboardButton(texts.say("settings-where-no"))],
    ]
    markup = ReplyKeyboardMarkup(keyboard, resize_keyboard=True, one_time_keyboard=True)
    handling.say(desk_of(message), texts.say("settings-where"), buttons=markup)


async def place_shared(update: Update, context: Context) -> None:
    """Choose the zone of the place that somebody sent, and offer others that are near."""
    message, handling = addressed(update), context.handling
    place = message.location
    if place is None:
        return
    handling.change(lambda conn: whereabouts.forget(conn, handling.update_id))
    zone, *others = zones_near(place.latitude, place.longitude, handling.now)
    choose(handling, message, replace(handling.chosen, timezone=zone))
    texts, desk = handling.texts_for(message.from_user), desk_of(message)
    said = texts.say("settings-where-found", city=city(zone, texts), time=_clock(handling.now, zone, texts))
    handling.say(desk, said, buttons=ReplyKeyboardRemove())
    rows = [[button(f"{city(other, texts)} · {_clock(handling.now, other, texts)}", "zone", other)] for other in others]
    rows.append([button(texts.say("settings-where-others"), "zones"), button(texts.say("settings-button"), "show")])
    handling.say(desk, texts.say("settings-where-right"), buttons=InlineKeyboardMarkup(rows))


async def place_moved(_update: Update, context: Context) -> None:
    """Forget where somebody has gone who shares his location live: nobody asked for that."""
    handling = context.handling
    handling.change(lambda conn: whereabouts.forget(conn, handling.update_id))


async def place_refused(update: Update, context: Context) -> None:
    """Take the keyboard away, and show the settings again."""
    message, handling = addressed(update), context.handling
    texts, desk = handling.texts_for(message.from_user), desk_of(message)
    handling.say(desk, texts.say("settings-where-kept"), buttons=ReplyKeyboardRemove())
    html, buttons = page(handling, message, texts)
    handling.say(desk, html, buttons=buttons)


def _clock(now: datetime, zone: str, texts: Texts) -> str:
    """Tell what time it is in a zone."""
    return Texts(texts.lang, zone).moment(now, now)
