"""What Telegram shows of the bot where it has said nothing yet: description, profile, menus of commands."""

from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeDefault

from bot.telegram.dispatch import COMMANDS
from bot.telegram.texts import LANGUAGES, Texts

_PRIVATE_ONLY = {"start", "subscribe", "unsubscribe"}
_DEFAULT = BotCommandScopeDefault()
_GROUPS = BotCommandScopeAllGroupChats()


async def introduce(bot: Bot) -> None:
    """Set it for each language, and the first one's for everybody else; the menu of private chats comes last.

    Raises:
        TelegramError: Telegram refused, or could not be reached.

    """
    for lang, code in (*((lang, lang) for lang in LANGUAGES), (LANGUAGES[0], None)):
        texts = Texts(lang)
        await bot.set_my_description(texts.say("about"), language_code=code)
        await bot.set_my_short_description(texts.say("about-short"), language_code=code)
    for scope in (_GROUPS, _DEFAULT):
        await bot.set_my_commands(_menu(LANGUAGES[0], scope), scope=scope)
        for lang in LANGUAGES:
            await bot.set_my_commands(_menu(lang, scope), scope=scope, language_code=lang)


def _menu(lang: str, scope: BotCommandScope) -> list[BotCommand]:
    names = [name for name in COMMANDS if scope is _DEFAULT or name not in _PRIVATE_ONLY]
    return [BotCommand(name, Texts(lang).say(f"command-{name}")) for name in names]
