"""/settings: what a chat chooses for itself, by buttons; time zone and language also by name: "/settings Yerevan".

A button says what it sets, so pressing an old one, or one twice, does what it says.
"""

from collections.abc import Callable
from dataclasses import replace

from telegram import Update
from telegram.constants import ChatType

from bot.chat_settings import ChatSettings
from bot.recap import Length
from bot.recaps.zones import find_zone
from bot.telegram.access import may_manage
from bot.telegram.commands.settings.keep import keep_page, keep_pressed
from bot.telegram.commands.settings.page import choose, page
from bot.telegram.commands.settings.zone import ask_where, zones_page
from bot.telegram.handling import Context, addressed
from bot.telegram.pressing import press_of_manager
from bot.telegram.texts import LANGUAGES
from bot.telegram.writing.markup import shortened

PRESSED = r"^settings:(show|zones|where|keeps|keep(-yes)?:\d{1,5}|(lang|zone|length|acknowledge|once):[\w/+-]*)$"
_WORDS_UNITS = 60
_LANGUAGES = {
    **dict.fromkeys(("en", "english", "английский"), "en"),
    **dict.fromkeys(("ru", "russian", "русский"), "ru"),
}

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
    lang, zone = _LANGUAGES.get(words.casefold()), find_zone(words)
    if words and not zone and not lang:
        private = "yes" if message.chat.type == ChatType.PRIVATE else "no"
        handling.answer(message, texts.say("settings-no-zone", words=shortened(words, _WORDS_UNITS), private=private))
        return
    if lang:
        choose(handling, message, replace(handling.chosen, lang=lang))
    elif zone:
        choose(handling, message, replace(handling.chosen, timezone=zone))
    handling.answer(message, *page(handling, message, handling.texts_for(message.from_user)))


async def settings_pressed(update: Update, context: Context) -> None:
    """Set what a button says, and show what holds then."""
    press = await press_of_manager(update, context)
    if press is None:
        return
    query, message = press
    handling = context.handling
    _, name, *value = (query.data or "").split(":")
    if name in {"keep", "keep-yes"}:
        await keep_pressed(handling, message, query, int(value[0]), sure=name == "keep-yes")
        return
    if setter := _SETTERS.get(name):
        choose(handling, message, setter(handling.chosen, value[0]))
    handling.tell(query)
    texts = handling.texts_for(query.from_user)
    match name:
        case "where":
            ask_where(handling, message, texts)
        case "zones":
            handling.rewrite(message, *zones_page(message, texts))
        case "keeps":
            handling.rewrite(message, *keep_page(handling, texts))
        case _:
            handling.rewrite(message, *page(handling, message, texts))
