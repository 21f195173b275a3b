"""The bot, but for one word at which it dies: `python -m tests.faults.deadly run`."""

import os

from telegram import Update

from bot.cli import main
from bot.telegram import worker
from bot.telegram.handling import Context, addressed
from bot.telegram.intake import collecting

WORD = "deadly"
STATUS = 70
# Each death takes seconds; after how many of them an update is given up matters no more here than that it is.
MOST_DEATHS = 2

_take_in = collecting.take_in


async def _die_of_a_word(update: Update, context: Context) -> None:
    if WORD in (addressed(update).text or ""):
        os._exit(STATUS)
    await _take_in(update, context)


if __name__ == "__main__":
    collecting.take_in = _die_of_a_word
    worker.MOST_DEATHS = MOST_DEATHS
    main()
