"""/help: what the bot can do, by example; and what is said where somebody meant a command."""

from difflib import get_close_matches

from telegram import Update
from telegram.constants import ChatType

from bot.telegram.handling import Context, addressed
from bot.telegram.writing.markup import shortened

# By what else people call the commands; Telegram itself lets no command have letters like these.
_ALSO_CALLED = {
    "сводка": "summary",
    "итоги": "summary",
    "кто": "actors",
    "люди": "actors",
    "числа": "numbers",
    "цифры": "numbers",
    "обзор": "recap",
    "обзоры": "recap",
    "рассылка": "recap",
    "подписаться": "subscribe",
    "подписка": "subscribe",
    "отписаться": "unsubscribe",
    "источники": "sources",
    "каналы": "sources",
    "настройки": "settings",
    "помощь": "help",
    "справка": "help",
    "экспорт": "export",
    "выгрузить": "export",
    "забыть": "forget",
    "удалить": "forget",
    "старт": "start",
    "начать": "start",
    "digest": "summary",
    "news": "summary",
    "people": "actors",
    "channels": "sources",
    "language": "settings",
    "timezone": "settings",
    "delete": "forget",
    "clear": "forget",
}
_MEANT = {**{name: name for name in _ALSO_CALLED.values()}, **_ALSO_CALLED}
_ALIKE = 0.7
_NAME_UNITS = 40


async def help_(update: Update, context: Context) -> None:
    """Answer /help."""
    message, handling = addressed(update), context.handling
    texts = handling.texts_for(message.from_user)
    handling.answer(message, texts.say("help", hours=handling.settings.summary.hours))


async def unknown(update: Update, context: Context) -> None:
    """Answer a command that does not exist, with the one that was meant perhaps; in a group it is for another bot."""
    message, handling = addressed(update), context.handling
    if message.chat.type == ChatType.PRIVATE:
        name = next(iter((message.text or "").lstrip("/").split()), "")
        texts = handling.texts_for(message.from_user)
        command = f"/{shortened(name, _NAME_UNITS)}"
        handling.answer(message, texts.say("unknown-command", command=command, meant=meant_by(name) or "none"))


def meant_by(name: str) -> str | None:
    """Return the command that somebody may have meant by what is none; None if it is like none of them."""
    plain = name.partition("@")[0].casefold()
    found = get_close_matches(plain, _MEANT, n=1, cutoff=_ALIKE)
    return _MEANT[found[0]] if found else None
