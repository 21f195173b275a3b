"""Make a queued call of the Bot API, and say in three kinds what became of it if it failed.

    NotSent    it surely did not happen: make it again at once, or when ``wait`` is over
    MaybeSent  nobody knows: the connection broke, or Telegram answered with an error of its own (5xx)
    Refused    Telegram said no: making it again is of no use

python-telegram-bot tells these apart only by what caused its exceptions (tried with 22.8). The Bot API has no
idempotency key, so MaybeSent can't be narrowed down.
"""

import re
from base64 import b64decode
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from telegram import Bot, ChatMemberAdministrator, InputFile, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.errors import ApiFault, MaybeSent, NotSent, Refused
from bot.recap import PausedWhy

_UNSENT_CAUSES = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

MESSAGES = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
"""The methods that bring a message, and bring it twice if they are called twice; the others only set something."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A message that came of a call.

    Attributes:
        picture: the id by which its picture can be sent again, to any chat.

    """

    message_id: int
    picture: str | None = None


class FloodWait(NotSent):
    """Telegram wants fewer calls for a chat."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Telegram wants {wait.total_seconds():g} s without calls")
        self.wait = wait


class Moved(Refused):
    """The group became a supergroup and has another id."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(f"the group moved to {chat_id}")
        self.chat_id = chat_id


class Unwelcome(Refused):
    """The bot may not write to this chat, whatever it writes; ``why`` says what is to be mended."""

    def __init__(self, message: str, why: PausedWhy) -> None:
        super().__init__(message)
        self.why = why


# What Telegram says where the bot is, but may not write (tdlib/td: MessagesManager, RestrictedRights; MTProto errors).
_NO_RIGHTS = re.compile(
    r"not enough rights|need administrator rights|have no rights|CHAT_WRITE_FORBIDDEN|CHAT_ADMIN_REQUIRED"
    r"|CHAT_RESTRICTED|CHAT_SEND_\w+_FORBIDDEN|USER_BANNED_IN_CHANNEL|TOPIC_CLOSED",
    re.IGNORECASE,
)
_NO_CHAT = re.compile(r"chat not found|PEER_ID_INVALID|message thread not found|TOPIC_DELETED", re.IGNORECASE)


async def may_edit_others(bot: Bot, chat_id: int) -> bool:
    """Tell whether the bot can change what others post in a channel; also if it is no administrator, nobody knows why.

    Raises:
        NotSent, MaybeSent, Refused: as for `call`.

    """
    try:
        member = await bot.get_chat_member(chat_id, bot.id)
    except TelegramError as error:
        raise _named(error) from error
    return not isinstance(member, ChatMemberAdministrator) or bool(member.can_edit_messages)


async def call(bot: Bot, method: str, payload: Mapping[str, Any]) -> Brought | None:
    """Make a call; return the message that came of it, None if none comes. An edit that changes nothing is no fault.

    Raises:
        NotSent, MaybeSent, Refused: as the module says.

    """
    try:
        return await _call(bot, method, dict(payload))
    except TelegramError as error:
        raise _named(error) from error


async def _call(bot: Bot, method: str, payload: dict[str, Any]) -> Brought | None:
    """Call the method of python-telegram-bot; what it does not need by name goes along as it is."""
    if method in MESSAGES:
        message = await _send(bot, method, payload)
        return Brought(message.message_id, message.photo[-1].file_id if message.photo else None)
    if method == "answerCallbackQuery":
        await bot.answer_callback_query(payload.pop("callback_query_id"), api_kwargs=payload)
    elif method == "answerInlineQuery":
        await bot.answer_inline_query(payload.pop("inline_query_id"), [], api_kwargs=payload)
    else:
        await _change(bot, method, payload)
    return None


async def _send(bot: Bot, method: str, payload: dict[str, Any]) -> Message:
    chat_id = payload.pop("chat_id")
    match method:
        case "sendMessage":
            return await bot.send_message(chat_id, payload.pop("text"), api_kwargs=payload)
        case "sendPhoto":
            return await bot.send_photo(chat_id, _picture(payload.pop("photo")), api_kwargs=payload)
    document = payload.pop("document")
    file = InputFile(document["content"].encode(errors="replace"), filename=document["name"])
    return await bot.send_document(chat_id, file, api_kwargs=payload)


async def _change(bot: Bot, method: str, payload: dict[str, Any]) -> None:
    chat_id, message_id = payload.pop("chat_id"), payload.pop("message_id")
    match method:
        case "editMessageText":
            await _edit(bot.edit_message_text(payload.pop("text"), chat_id, message_id, api_kwargs=payload))
        case "editMessageCaption":
            await _edit(bot.edit_message_caption(chat_id, message_id, api_kwargs=payload))
        case "editMessageReplyMarkup":
            await _edit(bot.edit_message_reply_markup(chat_id, message_id, api_kwargs=payload))
        case "pinChatMessage":
            await bot.pin_chat_message(chat_id, message_id, api_kwargs=payload)
        case "deleteMessage":
            await bot.delete_message(chat_id, message_id, api_kwargs=payload)
        case "setMessageReaction":
            await bot.set_message_reaction(chat_id, message_id, api_kwargs=payload)
        case _:
            raise Refused(f"there is no way to call {method}")


def _picture(photo: str | Mapping[str, str]) -> str | InputFile:
    """Return the id of a picture that Telegram has, or the picture itself, which a call holds as base64."""
    return photo if isinstance(photo, str) else InputFile(b64decode(photo["base64"]), filename="picture.png")


async def _edit(edit: Awaitable[object]) -> None:
    try:
        await edit
    except BadRequest as error:
        if "message is not modified" not in error.message.casefold():
            raise


def _named(error: TelegramError) -> ApiFault:
    match error:
        case RetryAfter(retry_after=wait):
            return FloodWait(wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
        case ChatMigrated(new_chat_id=chat_id):
            return Moved(chat_id)
        case InvalidToken():
            # The receiver meets the same refusal and ends the process; the message can wait for a new token.
            return NotSent("Telegram does not know the token")
        case BadRequest() | Forbidden() | Conflict():  # BadRequest is a NetworkError to the library, not to us
            return _refusal(error)
        case NetworkError() if isinstance(error.__cause__, _UNSENT_CAUSES):
            return NotSent(str(error))
    # A timeout, a broken connection, a 5xx, or an answer that can't be read.
    return MaybeSent(str(error))


def _refusal(error: TelegramError) -> Refused:
    words = str(error)
    if _NO_RIGHTS.search(words):
        return Unwelcome(words, PausedWhy.RIGHTS)
    if isinstance(error, Forbidden) or _NO_CHAT.search(words):
        return Unwelcome(words, PausedWhy.REMOVED)
    return Refused(words)


def kind_of(fault: ApiFault) -> str:
    """Name the kind of a fault, for the metrics."""
    match fault:
        case FloodWait():
            return "flood"
        case Moved():
            return "moved"
        case NotSent():
            return "not sent"
        case MaybeSent():
            return "doubtful"
        case _:
            return "refused"
