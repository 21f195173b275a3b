"""A schedule that somebody writes in a reply: to our question when, or to the times of a recap.

What it is for stands in the buttons of the message that is replied to, as nothing is kept of a conversation.
"""

import re
from dataclasses import dataclass

from telegram import Message


@dataclass(frozen=True, slots=True)
class Question:
    """When a recap is to be posted in a chat, by the clock of a zone if one was chosen."""

    chat_id: int
    thread_id: int
    zone: str | None


_ASKS = re.compile(r"recap:(?:make:(-?\d+):(\d+):[a-z]:([\w/+-]*)|(\d+):hours:.*)", re.ASCII)


def asks_for_schedule(message: Message) -> Question | int | None:
    """Tell for what a message gives a schedule: for a new recap, or one by number; None if it answers neither.

    It does if it replies to a message with such buttons, and these can only be ours.
    """
    replied = message.reply_to_message
    for row in replied.reply_markup.inline_keyboard if replied and replied.reply_markup else ():
        for button in row:
            if asked := _ASKS.fullmatch(str(button.callback_data or "")):
                chat, thread, zone, number = asked.groups()
                return int(number) if number else Question(int(chat), int(thread), zone or None)
    return None
