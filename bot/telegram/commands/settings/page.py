"""The page of /settings: what holds in a chat, with a button for each that sets the next value."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ChatType

from bot.chat_settings import ChatSettings
from bot.recap import Length
from bot.recaps.zones import write_zone
from bot.store.desks import chat_settings
from bot.telegram.commands.recaps.cards import LANGUAGE_NAMES, city
from bot.telegram.handling import Handling
from bot.telegram.texts import LANGUAGES, Texts

_LENGTHS = {Length.SHORT: "settings-short", Length.NORMAL: "settings-normal", Length.LONG: "settings-long"}


def choose(handling: Handling, message: Message, chosen: ChatSettings) -> None:
    """Keep what the chat of a message has chosen, and let it hold from now on."""
    chat_id = message.chat.id
    handling.change(lambda conn: chat_settings.put(conn, chat_id, chosen))
    handling.choose(chosen)


def page(handling: Handling, message: Message, texts: Texts) -> tuple[str, InlineKeyboardMarkup]:
    """Write what holds in the chat of a message."""
    chosen, private = handling.chosen, message.chat.type == ChatType.PRIVATE
    spoken = LANGUAGE_NAMES[chosen.lang] if chosen.lang else texts.say("settings-automatic")
    zone = handling.settings.general.timezone
    kept = texts.say("settings-days", days=handling.settings.database.keep_days)
    reacts = handling.settings.intake.acknowledge == "reaction"
    at_once = handling.settings.intake.summarise_at_once > 0
    rows = [
        [
            button(f"🗣 {spoken}", "lang", _next(["", *LANGUAGES], chosen.lang or "")),
            button(f"🌍 {city(zone, texts)}", "zones"),
        ],
        [
            button(f"✂️ {texts.say(_LENGTHS[chosen.length])}", "length", _next(list(Length), chosen.length)),
            button(f"📦 {kept}", "keeps"),
        ],
        [_flag(texts.say("settings-acknowledge"), "acknowledge", on=reacts)],
    ]
    if private:
        rows.append([_flag(texts.say("settings-at-once"), "once", on=at_once)])
    clock = texts.moment(handling.now, handling.now)
    said = texts.say(
        "settings-page" if private else "settings-page-group", zone=write_zone(zone), time=clock, kept=kept
    )
    return said, InlineKeyboardMarkup(rows)


def button(label: str, *data: str) -> InlineKeyboardButton:
    """Make a button of /settings."""
    return InlineKeyboardButton(label, callback_data=":".join(("settings", *data)))


def _flag(label: str, name: str, *, on: bool) -> InlineKeyboardButton:
    return button(f"{'✅' if on else '▫️'} {label}", name, "off" if on else "on")


def _next(values: list[str], value: str) -> str:
    return values[(values.index(value) + 1) % len(values)]
