"""Show somebody who waits that the answer is being made: that we are at it, and if it takes longer how far we are.

What is shown is nothing that could be relied on, so the calls for it are not queued: one that fails is not made again.
They keep to the flood limits, and never wait for room in them, which belongs to the answer. The message is sent once
for an update, however often its handling is begun: the next attempt goes on with it, and it goes when the answer comes.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial, wraps
from typing import Any

import structlog
from telegram import Bot, Message, Update
from telegram.constants import ChatAction, ChatType
from telegram.error import TelegramError

from bot.errors import SitrepError
from bot.posts import Desk
from bot.store.queues import progress
from bot.telegram.delivery.calls import call
from bot.telegram.handling import Context, Handler, Handling, desk_of, message_to
from bot.telegram.texts import Texts

_log = structlog.get_logger(__name__)

_ACTION_AFTER = 0.5
# Telegram shows an action for 5 s (Bot API, ``sendChatAction``).
_ACTION_EVERY = 4.5
_MESSAGE_AFTER = 2.0
_EDIT_EVERY = 2.0
# The answer would have to wait that long anyway, if a message has just been sent to its chat.
_SENDING_SECONDS = 1.0

_late: set[asyncio.Task[None]] = set()
"""Those that take back what was sent too late; kept, since a task that nobody holds may vanish."""


@asynccontextmanager
async def shown(handling: Handling, bot: Bot, message: Message, texts: Texts) -> AsyncIterator[None]:
    """Show that a message is being answered, for as long as the block takes; the answer is to be queued within it.

    Args:
        handling: of the update that asks.
        bot: that answers.
        message: the one that asks, or the one with the button that was pressed.
        texts: in the language of who asks.

    """
    sign = _Sign(handling, bot, message, texts)
    handling.on_read = sign.count
    try:
        yield
    except BaseException:
        sign.stop()  # the next attempt goes on with the message
        raise
    await sign.end()


def shows_progress(handler: Handler) -> Handler:
    """Let a handler of commands or of pressed buttons show that it is at it."""

    @wraps(handler)
    async def showing(update: Update, context: Context) -> None:
        message, handling = update.effective_message, context.handling
        if isinstance(message, Message) and message.is_accessible:
            async with shown(handling, context.bot, message, handling.texts_for(update.effective_user)):
                await handler(update, context)
        else:
            await handler(update, context)

    return showing


def take_back(handling: Handling, message: Message, progress_id: int) -> None:
    """Have a message deleted that told how far the handling of another one was."""
    key = f"update:{handling.update_id}:taken back"
    handling.call(desk_of(message), "deleteMessage", _which(message, progress_id), key)


class _Sign:
    """What is shown for one update, by two tasks: one for the action, one for the message."""

    def __init__(self, handling: Handling, bot: Bot, message: Message, texts: Texts) -> None:
        self._handling = handling
        self._bot = bot
        self._message = message
        self._texts = texts
        self._done = self._posts = 0
        self._said = ""
        self._sending: asyncio.Task[int | None] | None = None
        self._tasks = [asyncio.create_task(_quietly(self._act)), asyncio.create_task(_quietly(self._tell))]

    def count(self, done: int, posts: int) -> None:
        """Note how many posts were read, of how many."""
        self._done, self._posts = done, posts

    def stop(self) -> None:
        """Show nothing more."""
        for task in self._tasks:
            task.cancel()

    async def end(self) -> None:
        """Show nothing more, and take the message back that was sent, behind the answer."""
        self.stop()
        if self._sending is None:
            return
        await asyncio.wait([self._sending], timeout=_SENDING_SECONDS)
        if not self._sending.done():
            late = asyncio.create_task(_quietly(partial(self._take_back_late, self._sending)))
            _late.add(late)
            late.add_done_callback(_late.discard)
        elif progress_id := self._sending.result():
            take_back(self._handling, self._message, progress_id)

    async def _act(self) -> None:
        await asyncio.sleep(_ACTION_AFTER)
        desk = desk_of(self._message)
        while True:
            async with self._handling.limits.call():
                await self._bot.send_chat_action(desk.chat_id, ChatAction.TYPING, desk.thread_id or None)
            await asyncio.sleep(_ACTION_EVERY)

    async def _tell(self) -> None:
        await asyncio.sleep(_MESSAGE_AFTER)
        chat_id = self._message.chat.id
        while not self._handling.limits.has_room(chat_id):  # noqa: ASYNC110 - room comes by time alone
            await asyncio.sleep(_EDIT_EVERY)
        self._sending = asyncio.create_task(self._send())
        progress_id = await asyncio.shield(self._sending)
        while progress_id:
            await asyncio.sleep(_EDIT_EVERY)
            if (html := self._html()) != self._said:
                self._said = html
                async with self._handling.limits.call():
                    edit = message_to(Desk(chat_id), html) | {"message_id": progress_id}
                    await call(self._bot, "editMessageText", edit)

    async def _send(self) -> int | None:
        """Send the message, or find the one that an earlier attempt has sent; None if there is none to be had."""
        try:
            return await self._send_once()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the answer must come
            _log.info("it can't be shown how far the answer is", fault=repr(fault))
            return None

    async def _send_once(self) -> int | None:
        handling, desk = self._handling, desk_of(self._message)
        known = await handling.store.change(lambda conn: progress.begin(conn, handling.update_id))
        if known is not None:
            return known or None
        reply_to = None if self._message.chat.type == ChatType.PRIVATE else self._message.message_id
        async with handling.limits.message(desk.chat_id):
            self._said = self._html()
            payload = message_to(desk, self._said, reply_to) | {"disable_notification": True}
            sent = await call(self._bot, "sendMessage", payload)
        if sent is None:
            return None
        await handling.store.change(lambda conn: progress.note(conn, handling.update_id, sent.message_id))
        return sent.message_id

    async def _take_back_late(self, sending: asyncio.Task[int | None]) -> None:
        if progress_id := await sending:
            await call(self._bot, "deleteMessage", _which(self._message, progress_id))

    def _html(self) -> str:
        if not self._posts:
            return self._texts.say("progress-waiting")
        if self._done < self._posts:
            return self._texts.say("progress-reading", done=self._done, posts=self._posts)
        return self._texts.say("progress-digest", posts=self._posts)


def _which(message: Message, progress_id: int) -> dict[str, Any]:
    return {"chat_id": message.chat.id, "message_id": progress_id}


async def _quietly(work: Callable[[], Awaitable[None]]) -> None:
    """Do some work whose failure is no fault of the answer."""
    try:
        await work()
    except (TelegramError, SitrepError) as fault:
        _log.info("it can't be shown how far the answer is", fault=str(fault))
    except Exception:  # noqa: BLE001 - whatever it is, the answer must come
        _log.exception("showing how far the answer is broke off")
