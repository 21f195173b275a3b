"""The bot, but for a word at which it fails with a fault that says too much: `python -m tests.e2e.talkative run`."""

from datetime import timedelta

from telegram import Update

from bot.cli import main
from bot.store.queues import inbox
from bot.telegram.handling import Context, addressed
from bot.telegram.intake import collecting

WORD = "talkative"

_take_in = collecting.take_in


class TooMuchSaid(Exception):
    """A fault that quotes the post, its author and the token."""


async def _fail_at_a_word(update: Update, context: Context) -> None:
    message = addressed(update)
    if WORD in (message.text or ""):
        said = f"{message.text} by {message.from_user} with {context.bot.token}"
        error = TooMuchSaid(said)
        error.add_note(said)
        raise error from ValueError(said)
    await _take_in(update, context)


if __name__ == "__main__":
    collecting.take_in = _fail_at_a_word
    inbox._FIRST_PAUSE = timedelta(milliseconds=1)
    main()
