"""The bot, but it breaks off with a fault that says too much: `python -m tests.e2e.crashing run`, or `doctor`.

The environment says what of it breaks off: CRASH is "process", "thread" or "deletion".
"""

import os
import threading
from collections.abc import AsyncIterator
from functools import partial

from bot.cli import main
from bot.operating import doctor
from bot.operating.finding import Finding
from bot.running import greeting
from bot.settings import Settings
from bot.telegram.handling import BotApplication

SAID = "can't be greeted"


class _Fault(Exception):
    """A fault that quotes the token, alone and in an address."""

    def __init__(self, token: str) -> None:
        super().__init__(f"{token} {SAID} at https://api.telegram.org/bot{token}/getMe")
        self.add_note(f"the token was {token}")


class _Deleted:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __del__(self) -> None:
        _fail(self._settings)


def _fail(settings: Settings) -> None:
    token = settings.telegram.token.get_secret_value()
    raise ValueError(token) from _Fault(token)


_greet = greeting._greet


async def _greet_badly(application: BotApplication, settings: Settings, *, receives: bool) -> bool:
    match os.environ["CRASH"]:
        case "process":
            _fail(settings)
        case "thread":
            threading.Thread(target=partial(_fail, settings)).start()
        case "deletion":
            _Deleted(settings)
    return await _greet(application, settings, receives=receives)


async def _examine_badly(settings: Settings) -> AsyncIterator[Finding]:
    _fail(settings)
    yield Finding("token", "never told")


if __name__ == "__main__":
    greeting._greet = _greet_badly
    doctor.examine = _examine_badly
    main()
