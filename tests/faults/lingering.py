"""The bot, but for one word at which it lingers until a file is there: `python -m tests.faults.lingering worker`."""

import asyncio
import os
from pathlib import Path

import structlog
from telegram import Update

from bot.cli import main
from bot.telegram.handling import Context, addressed
from bot.telegram.intake import collecting

WORD = "lingering"
LINGERS = "lingers at an update"
FILE = "LINGERS_UNTIL"
"""The variable that names the file."""

_log = structlog.get_logger(__name__)
_take_in = collecting.take_in


async def _linger_at_a_word(update: Update, context: Context) -> None:
    if WORD in (addressed(update).text or ""):
        _log.info(LINGERS)
        while not Path(os.environ[FILE]).exists():  # noqa: ASYNC110, ASYNC240 - another process makes it
            await asyncio.sleep(0.05)
    await _take_in(update, context)


if __name__ == "__main__":
    collecting.take_in = _linger_at_a_word
    main()
