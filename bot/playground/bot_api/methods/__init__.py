"""The methods of the Bot API, one module per family. Importing the package fills the table."""

from bot.playground.bot_api.methods import callbacks, chats, edits, forwards, media, messages, profile, receiving
from bot.playground.bot_api.methods.registry import METHODS, NAMES, Call, RawJson

__all__ = [
    "METHODS",
    "NAMES",
    "Call",
    "RawJson",
    "callbacks",
    "chats",
    "edits",
    "forwards",
    "media",
    "messages",
    "profile",
    "receiving",
]
