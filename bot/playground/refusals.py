"""How the Bot API says no, to the letter.

The texts are those of tdlib/telegram-bot-api 10.0 (Client.cpp, Query.cpp) and tdlib/td.
"""

from __future__ import annotations

from bot.errors import SitrepError

_PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


class Refusal(SitrepError):
    """The Bot API refuses a call.

    The description is put together as the server does it (Client.cpp, fail_query_with_error): the status in words,
    then the message with its first letter in lower case, unless the second character shows that it is a code of
    Telegram itself, such as MESSAGE_TOO_LONG.
    """

    def __init__(self, code: int, message: str = "", **parameters: int) -> None:
        self.code = code
        self.parameters = parameters
        self.description = describe(code, message)
        super().__init__(self.description)


def describe(code: int, message: str) -> str:
    """Return the `description` that the server makes of a message."""
    prefix = _PREFIXES.get(code, "")
    if not message:
        return prefix
    if message == prefix or message.startswith(f"{prefix}: "):
        return message
    second = message[1:2]
    if not (second == "_" or "A" <= second <= "Z"):
        message = message[0].lower() + message[1:]
    return f"{prefix}: {message}" if prefix else message


def bad_request(message: str, **parameters: int) -> Refusal:
    """Return a refusal for something that the caller did wrong."""
    return Refusal(400, message, **parameters)


def unparsable(message: str) -> Refusal:
    """Return a refusal for mark-up that is wrong."""
    return bad_request(f"can't parse entities: {message}")


def forbidden(message: str) -> Refusal:
    """Return a refusal for something that the bot may not do."""
    return Refusal(403, message)


def conflict(message: str) -> Refusal:
    """Return a refusal because of another receiver of updates."""
    return Refusal(409, message)


def too_many_requests(retry_after: int) -> Refusal:
    """Return a refusal that asks for a pause of `retry_after` seconds."""
    return Refusal(429, f"retry after {retry_after}", retry_after=retry_after)
