"""/settings: what a chat chooses for itself, by buttons; the time zone also by name, as in "/settings Yerevan".

A button says what it sets, so pressing an old one, or one twice, does what it says.
"""

from collections.abc import Callable
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.chat_settings import ChatSettings
from bot.recap import Length
from bot.recaps.zones import find_zone
from bot.store import chat_settings
from bot.telegram.access import may_manage
from bot.telegram.commands.recap_view import LANGUAGE_NAMES, LENGTHS, city, zone_buttons
from bot.telegram.handling import Context, Handling, addressed
from bot.telegram.markup import shortened
from bot.telegram.pressing import press_of_manager
from bot.telegram.texts import LANGUAGES, Texts

PRESSED = r"^settings:(show|zones|(lang|zone|length|acknowledge|once):[\w/+-]*)$"
_WORDS_UNITS = 60

_SETTERS: dict[str, Callable[[ChatSettings, str], ChatSettings]] = {
    "lang": lambda chosen, value: replace(chosen, lang=value if value in LANGUAGES else None),
    "zone": lambda chosen, value: replace(chosen, timezone=find_zone(value)),
    "length": lambda chosen, value: replace(chosen, length=Length(value)),
    "acknowledge": lambda chosen, value: replace(chosen, acknowledge=value == "on"),
    "once": lambda chosen, value: replace(chosen, at_once=value == "on"),
}


async def settings(update: Update, context: Context) -> None:
    """Answer /settings."""
    message, handling = addressed(update), context.handling
    texts = handling.texts_for(message.from_user)
    if not await may_manage(message, message.from_user, context):
        handling.answer(message, texts.say("for-administrators"))
        return
    words = " ".join(context.args or [])
    zone = find_zone(words)
    if words and not zone:
        handling.answer(message, texts.say("settings-no-zone", words=shortened(words, _WORDS_UNITS)))
        return
    if zone:
        _choose(handling, message, replace(handling.chosen, timezone=zone))
    handling.answer(message, *_page(handling, message, handling.texts_for(message.from_user)))


async def settings_pressed(update: Update, context: Context) -> None:
    """Set what a button says, and show what holds then."""
    press = await press_of_manager(update, context)
    if press is None:
        return
    query, message = press
    handling = context.handling
    _, name, *value = (query.data or "").split(":")
    if setter := _SETTERS.get(name):
        _choose(handling, message, setter(handling.chosen, value[0]))
    handling.tell(query)
    texts = handling.texts_for(query.from_user)
    if name == "zones":
        handling.rewrite(message, texts.say("settings-zones"), zone_buttons(texts, "settings:zone", "settings:show"))
    else:
        handling.rewrite(message, *_page(handling, message, texts))


def _choose(handling: Handling, message: Message, chosen: ChatSettings) -> None:
    chat_id = message.chat.id
    handling.change(lambda conn: chat_settings.put(conn, chat_id, chosen))
    handling.choose(chosen)


def _page(handling: Handling, message: Message, texts: Texts) -> tuple[str, InlineKeyboardMarkup]:
    """Write what holds in the chat, with a button for each that sets the next value."""
    chosen, private = handling.chosen, message.chat.type == ChatType.PRIVATE
    spoken = LANGUAGE_NAMES[chosen.lang] if chosen.lang else texts.say("settings-automatic")
    zone = handling.settings.general.timezone
    reacts = handling.settings.intake.acknowledge == "reaction"
    at_once = handling.settings.intake.summarise_at_once > 0
    rows = [
        [
            _button(f"🗣 {spoken}", "lang", _next(["", *LANGUAGES], chosen.lang or "")),
            InlineKeyboardButton(f"🌍 {city(zone, texts)}", callback_data="settings:zones"),
        ],
        [_button(f"✂️ {texts.say(LENGTHS[chosen.length])}", "length", _next(list(Length), chosen.length))],
        [_flag(texts.say("settings-acknowledge"), "acknowledge", on=reacts)],
    ]
    if private:
        rows.append([_flag(texts.say("settings-at-once"), "once", on=at_once)])
    return texts.say("settings-page" if private else "settings-page-group", zone=zone), InlineKeyboardMarkup(rows)


def _button(label: str, name: str, value: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=f"settings:{name}:{value}")


def _flag(label: str, name: str, *, on: bool) -> InlineKeyboardButton:
    return _button(f"{'✅' if on else '▫️'} {label}", name, "off" if on else "on")


def _next(values: list[str], value: str) -> str:
    return values[(values.index(value) + 1) % len(values)]
