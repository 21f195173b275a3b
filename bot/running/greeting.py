"""Greeting Telegram at the start: whether it knows the token, and which way updates are to come."""

import asyncio

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.errors import SettingFault, TokenFault
from bot.settings import Settings
from bot.telegram.handling import BotApplication
from bot.telegram.introduction import introduce
from bot.telegram.receive import WANTED
from bot.web.webhook import secret_of

_log = structlog.get_logger(__name__)

_LONGEST_PAUSE = 60.0


async def greet(application: BotApplication, settings: Settings, *, receives: bool) -> None:
    """Greet Telegram; try for as long as it takes.

    Args:
        application: to be initialised.
        settings: of the whole bot.
        receives: this process receives updates: it says which way they are to come, and sets the menus.

    Raises:
        TokenFault: Telegram does not know the token.
        SettingFault: Telegram refuses the address of the webhook.

    """
    pause = 1.0
    while not await _greet(application, settings, receives=receives):
        _log.info("trying Telegram again", after=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
    if not receives:
        return
    try:
        await introduce(application.bot)
    except TelegramError as error:
        # What an earlier start has set is still there; and Telegram wants it changed but rarely.
        _log.warning("descriptions and menus can't be set", fault=str(error))


async def _greet(application: BotApplication, settings: Settings, *, receives: bool) -> bool:
    try:
        await application.initialize()
        if receives and settings.webhook.url:
            await application.bot.set_webhook(
                settings.webhook.url, allowed_updates=WANTED, secret_token=webhook_secret(settings)
            )
        elif receives:
            # An old webhook would keep updates from us; those that wait are kept.
            await application.bot.delete_webhook()
    except InvalidToken:
        raise TokenFault from None
    except BadRequest as error:
        raise SettingFault(f"setting webhook.url: Telegram refuses it: {error}") from None
    except TelegramError as error:
        _log.warning("Telegram can't be reached", fault=str(error))
        return False
    return True


def webhook_secret(settings: Settings) -> str:
    """Return what Telegram is told to send with every post."""
    return settings.webhook.secret.get_secret_value() or secret_of(settings.telegram.token.get_secret_value())
