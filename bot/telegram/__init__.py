"""Talking: everything that knows the Bot API.

    receive ─> inbox ─> worker ─> dispatch ─> intake/, commands/ ─> writing/ ─> outbox ─> delivery/

What handling an update changes is gathered in a `Handling` and committed at once with the update's own end.
"""

import os

# python-telegram-bot's opt-in to spans of time as timedelta; without it, each RetryAfter warns of the change to come.
os.environ.setdefault("PTB_TIMEDELTA", "true")
