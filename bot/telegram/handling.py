"""The handling of one update: what it may look at, and the changes that it gathers.

Handlers change nothing themselves. What they want changed is carried out in one transaction together with the end of
the update, so that an update that was broken off left no trace, and one that is done is never done again.
"""

from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from telegram import (
    CallbackQuery,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
    User,
)
from telegram.constants import ChatType, ParseMode
from telegram.ext import Application, CallbackContext, ExtBot

from bot import clock
from bot.chat_settings import ChatSettings
from bot.posts import Desk
from bot.settings import Settings
from bot.store.connection import Connection
from bot.store.engine import Store
from bot.store.queues import inbox, outbox
from bot.store.queues.lanes import Claim
from bot.store.queues.outbox import Outgoing
from bot.telegram.limits import Limits
from bot.telegram.quotas import Quotas
from bot.telegram.texts import Texts, language_for

MESSAGE_OF = "message_of"
"""Names in a queued call the key of an earlier one, for the id of the message that came of that."""

Change = Callable[[Connection], Awaitable[object]]
Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def _tell_nobody(_done: int, _posts: int) -> None:
    pass


LEASE = timedelta(seconds=60)
"""For so long an update is ours alone, unless that is renewed."""


class Later(Exception):
    """What the update needs is taken by others: it is to be handled again after a while."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


class Superseded(Exception):
    """The update was claimed or settled by somebody else while it was handled: no fault, they were faster."""


@dataclass(slots=True)
class Handling:
    """One update being handled.

    Attributes:
        claim: of the update.
        store: to read from; writing is what `change` is for.
        settings: those that hold in the chat.
        quotas: what people have used of what they may.
        on_messages: called when there is something to send before handling is over.
        now: when the handling began.
        fault: what a handler raised.
        chosen: what the chat has chosen for itself.
        limits: what was sent of late.
        on_read: called with how many posts were read, of how many; `bot.telegram.progress` shows it.

    """

    claim: Claim
    store: Store
    settings: Settings
    quotas: Quotas
    on_messages: Callable[[], None]
    now: datetime = field(default_factory=clock.now)
    fault: Exception | None = None
    chosen: ChatSettings = field(default_factory=ChatSettings)
    limits: Limits = field(default_factory=Limits)
    on_read: Callable[[int, int], None] = _tell_nobody
    _usual: Settings = field(init=False)
    _changes: list[Change] = field(default_factory=list, init=False)
    _calls: list[Outgoing] = field(default_factory=list, init=False)
    _numbered: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Keep the settings that hold where nobody has chosen."""
        self._usual = self.settings

    @property
    def update_id(self) -> int:
        """The update."""
        return self.claim.key

    def choose(self, chosen: ChatSettings) -> None:
        """Let what the chat has chosen hold from now on."""
        self.chosen, self.settings = chosen, chosen.over(self._usual)

    @property
    def usual(self) -> Settings:
        """The settings that hold where nobody has chosen."""
        return self._usual

    def change(self, change: Change) -> None:
        """Have a change made when handling is over; changes are made in order, before the messages are queued.

        It waits for nothing but the database, and may be made again from the beginning (`Store.change`): what it has
        called or said by then is forgotten.
        """
        self._changes.append(change)

    def call(self, desk: Desk, method: str, payload: dict[str, Any], key: str | None = None) -> None:
        """Have a method of the Bot API called for a chat; of calls with one key only the first is made, for ever."""
        if key is None:
            key = f"update:{self.update_id}:{self._numbered}"
            self._numbered += 1
        self._calls.append(Outgoing(desk.chat_id, desk.thread_id, key, method, payload))

    def say(
        self,
        desk: Desk,
        html: str,
        reply_to: int | None = None,
        buttons: Keyboard | None = None,
        key: str | None = None,
    ) -> None:
        """Send a message to a desk; as a reply to a message of its chat, if that is still there."""
        keyboard = {"reply_markup": buttons.to_dict()} if buttons else {}
        self.call(desk, "sendMessage", message_to(desk, html, reply_to) | keyboard, key)

    def rewrite(self, message: Message, html: str, buttons: InlineKeyboardMarkup | None = None) -> None:
        """Put another text, and other buttons or none, in place of a message of ours."""
        desk = desk_of(message)
        keyboard = {"reply_markup": buttons.to_dict()} if buttons else {}
        payload = message_to(Desk(desk.chat_id), html) | {"message_id": message.message_id} | keyboard
        self.call(desk, "editMessageText", payload)

    def relabel(self, message: Message, buttons: InlineKeyboardMarkup | None) -> None:
        """Put other buttons under a message of ours, and leave its text."""
        keyboard = {"reply_markup": buttons.to_dict()} if buttons else {}
        payload = {"chat_id": message.chat.id, "message_id": message.message_id} | keyboard
        self.call(desk_of(message), "editMessageReplyMarkup", payload)

    def rewrite_said(
        self,
        desk: Desk,
        said: str,
        html: str,
        key: str | None = None,
        buttons: InlineKeyboardMarkup | None = None,
    ) -> None:
        """Put another text, and other buttons or none, in place of what was said to a desk under the key ``said``."""
        keyboard = {"reply_markup": buttons.to_dict()} if buttons else {}
        self.call(desk, "editMessageText", message_to(Desk(desk.chat_id), html) | {MESSAGE_OF: said} | keyboard, key)

    def tell(self, query: CallbackQuery, text: str = "") -> None:
        """Answer a pressed button, with a text that shows for a moment if there is one."""
        chat_id = query.message.chat.id if query.message else query.from_user.id
        self.call(Desk(chat_id), "answerCallbackQuery", {"callback_query_id": query.id, "text": text})

    def react(self, message: Message, emoji: str) -> None:
        """Put a reaction on a message."""
        reaction = [{"type": "emoji", "emoji": emoji}]
        payload = {"chat_id": message.chat.id, "message_id": message.message_id, "reaction": reaction}
        self.call(desk_of(message), "setMessageReaction", payload)

    def answer(self, message: Message, html: str, buttons: InlineKeyboardMarkup | None = None) -> None:
        """Answer a message where it was asked; in groups as a reply, so that others see to what."""
        reply_to = None if message.chat.type == ChatType.PRIVATE else message.message_id
        self.say(desk_of(message), html, reply_to, buttons)

    async def refuse(self, message: Message, refusal: str, limit: int) -> None:
        """Tell who sent a message that a limit is reached; once a minute, and not in channels, whose readers see it."""
        if message.chat.type != ChatType.CHANNEL and await self.quotas.may_tell(person_of(message), refusal):
            self.answer(message, self.texts_for(message.from_user).say(refusal, limit=limit))

    def send_file(self, desk: Desk, name: str, content: str, html: str, key: str | None = None) -> None:
        """Send a text as a file to a desk, with a caption."""
        document = {"name": name, "content": content}
        self.call(desk, "sendDocument", _to(desk) | {"caption": html, "document": document}, key)

    def texts_for(self, user: User | None) -> Texts:
        """Choose the texts in the language of the chat, or else in the user's."""
        general = self.settings.general
        spoken = self.chosen.lang or (user.language_code if user else None)
        return Texts(language_for(spoken, general.language), general.timezone)

    async def commit(self) -> bool:
        """Carry out all that was gathered, and finish the update, at once; tell whether there is something to send.

        Raises:
            Superseded: somebody else has claimed or settled the update; nothing was changed.

        """
        await self._carry_out(lambda conn: inbox.finish(conn, self.claim))
        return bool(self._calls)

    async def commit_part(self) -> None:
        """Carry out what was gathered so far, before the rest.

        Should we not come to the rest, the update is handled again from its beginning: then a part that was carried out
        must change nothing, and its messages must have keys.

        Raises:
            Superseded: somebody else has claimed or settled the update; nothing was changed.

        """
        await self._carry_out(lambda conn: inbox.renew(conn, [self.claim], clock.now() + LEASE))
        if self._calls:
            self.on_messages()
        self._changes.clear()
        self._calls.clear()

    async def _carry_out(self, end: Change) -> None:
        """Make all changes, queue all messages and end so; undo everything if the update is not ours any more."""
        calls, numbered = list(self._calls), self._numbered

        async def work(conn: Connection) -> None:
            self._calls, self._numbered = list(calls), numbered  # without what changes have said the time before
            for change in self._changes:
                await change(conn)
            await self.queue(conn)
            if not await end(conn):
                raise Superseded

        await self.store.change(work)

    async def queue(self, conn: Connection) -> None:
        """Put the messages that were gathered into the outbox."""
        await outbox.enqueue(conn, self._calls, self.now)


current: ContextVar[Handling] = ContextVar("handling")
"""The handling that the running task is about; the worker sets it."""


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """What python-telegram-bot gives to handlers, with our `Handling`."""

    @property
    def handling(self) -> Handling:
        """The handling of this update."""
        return current.get()


BotApplication = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def message_to(desk: Desk, html: str, reply_to: int | None = None) -> dict[str, Any]:
    """Make the parameters of a ``sendMessage`` to a desk, without previews of what its links lead to."""
    payload = _to(desk) | {"text": html, "link_preview_options": {"is_disabled": True}}
    if reply_to is not None:
        payload["reply_parameters"] = ReplyParameters(reply_to, allow_sending_without_reply=True).to_dict()
    return payload


def _to(desk: Desk) -> dict[str, Any]:
    thread = {"message_thread_id": desk.thread_id} if desk.thread_id else {}
    return {"chat_id": desk.chat_id, "parse_mode": ParseMode.HTML, **thread}


def desk_of(message: Message) -> Desk:
    """Tell the desk that a message belongs to: its topic if it is in one, else its chat."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Desk(message.chat.id, thread or 0)


def person_of(message: Message) -> int:
    """Tell who sent a message: a person, or the chat in whose name it speaks."""
    sender = message.sender_chat or message.from_user or message.chat
    return sender.id


def sent_at(message: Message) -> datetime:
    """Tell when a message was sent, or edited last."""
    return message.edit_date or message.date


def pressed(update: Update) -> CallbackQuery:
    """Return the pressed button that an update tells of.

    Raises:
        LookupError: it tells of none.

    """
    if update.callback_query is None:
        raise LookupError(f"update {update.update_id} tells of no button")
    return update.callback_query


def addressed(update: Update) -> Message:
    """Return the message that an update brought.

    Raises:
        LookupError: it brought none.

    """
    message = update.effective_message
    if message is None:
        raise LookupError(f"update {update.update_id} brings no message")
    return message
