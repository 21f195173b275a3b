"""Which update goes to which handler: the python-telegram-bot `Application`, without a way in of its own.

Its updaters confirm updates before these are handled; ours come from the inbox, through `worker`.
"""

from telegram import Message, MessageOriginChannel, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.settings import TelegramSettings
from bot.store.desks import bursts, chat_settings, chats
from bot.store.queues import channel_messages
from bot.store.recapping import recaps
from bot.store.upkeep.retention import follow
from bot.store.upkeep.retention import forget as forget_chat
from bot.telegram.access import let_in
from bot.telegram.answering.views import CHOICE_PRESSED, SHARE_PRESSED
from bot.telegram.answering.views import PRESSED as VIEW_PRESSED
from bot.telegram.commands.actors import actors
from bot.telegram.commands.added import greet
from bot.telegram.commands.export import export
from bot.telegram.commands.forget import forget, forget_pressed
from bot.telegram.commands.help import help_, unknown
from bot.telegram.commands.inline import inline
from bot.telegram.commands.numbers import numbers
from bot.telegram.commands.question import question
from bot.telegram.commands.recaps.buttons import PRESSED as RECAP_PRESSED
from bot.telegram.commands.recaps.buttons import recap_pressed
from bot.telegram.commands.recaps.command import recap, schedule_replied
from bot.telegram.commands.recaps.reply import asks_for_schedule
from bot.telegram.commands.recaps.setup import chat_shared
from bot.telegram.commands.recaps.subscribe import PRESSED as SUBSCRIBE_PRESSED
from bot.telegram.commands.recaps.subscribe import subscribe, subscribe_pressed, unsubscribe
from bot.telegram.commands.settings.command import PRESSED as SETTINGS_PRESSED
from bot.telegram.commands.settings.command import settings as settings_
from bot.telegram.commands.settings.command import settings_pressed
from bot.telegram.commands.settings.zone import NOT_NOW, place_moved, place_refused, place_shared
from bot.telegram.commands.sources import PRESSED as SOURCES_PRESSED
from bot.telegram.commands.sources import sources, sources_pressed
from bot.telegram.commands.start import start
from bot.telegram.commands.summary import summary
from bot.telegram.commands.summary_buttons import choice_pressed, share_pressed, view_pressed
from bot.telegram.commands.try_it import PRESSED as TRY_PRESSED
from bot.telegram.commands.try_it import try_pressed
from bot.telegram.handling import BotApplication, Context, Handler, addressed
from bot.telegram.intake import collecting, documents
from bot.telegram.intake.carried import is_question
from bot.telegram.pressing import unknown_press

COMMANDS: dict[str, Handler] = {
    "summary": summary,
    "actors": actors,
    "numbers": numbers,
    "recap": recap,
    "subscribe": subscribe,
    "unsubscribe": unsubscribe,
    "sources": sources,
    "settings": settings_,
    "help": help_,
    "export": export,
    "forget": forget,
    "start": start,
}
"""Every command by its name, in the order of the menu."""

_TYPED = filters.UpdateType.MESSAGE & ~filters.FORWARDED
_NEW = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
_PRIVATE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
# A forwarded place, or one with a name, is where somebody else is.
_PLACE = filters.LOCATION & ~filters.FORWARDED & ~filters.VENUE
_IN_GROUP = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS
# Telegram takes only what is written in Latin letters for a command; "/сводка" is meant as one, too.
_MEANT_AS_COMMAND = filters.COMMAND | (_PRIVATE & filters.Regex("^/"))


class _InAlbum(filters.MessageFilter):
    """Lets parts of albums through."""

    def filter(self, message: Message) -> bool:
        return message.media_group_id is not None


class _Scheduling(filters.MessageFilter):
    """Lets messages through that give a schedule for which we asked."""

    def filter(self, message: Message) -> bool:
        return message.text is not None and asks_for_schedule(message) is not None


class _Asking(filters.MessageFilter):
    """Lets questions and a few words through that somebody types."""

    def filter(self, message: Message) -> bool:
        return is_question(message)


class _Quoting(filters.MessageFilter):
    """Lets messages through that quote a message of another chat."""

    def filter(self, message: Message) -> bool:
        return message.quote is not None and message.external_reply is not None


# A command is no post, nor is it answered again when it is edited; but a forward that begins like one is.
_WORDS = (filters.TEXT | filters.CAPTION | filters.POLL | _Quoting()) & (~filters.COMMAND | filters.FORWARDED)


# What a request to Telegram may take; an answer that is lost leaves us in doubt whether a message was sent.
_READ_SECONDS = 30
_CONNECT_SECONDS = 10
_POOL_SECONDS = 10
_CONNECTIONS = 64


def build_application(settings: TelegramSettings) -> BotApplication:
    """Make the application with all handlers; it must be initialised before updates are given to it."""
    application = (
        ApplicationBuilder()
        .token(settings.token.get_secret_value())
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .read_timeout(_READ_SECONDS)
        .write_timeout(_READ_SECONDS)
        .connect_timeout(_CONNECT_SECONDS)
        .pool_timeout(_POOL_SECONDS)
        .connection_pool_size(_CONNECTIONS)
        .build()
    )
    application.add_handler(TypeHandler(Update, know_settings), group=-3)
    application.add_handler(TypeHandler(Update, let_in), group=-2)
    application.add_handler(TypeHandler(Update, remember_chat), group=-1)
    application.add_handlers(
        [
            *(CommandHandler(name, handler, _TYPED) for name, handler in COMMANDS.items()),
            MessageHandler(_TYPED & _MEANT_AS_COMMAND, unknown),
            CallbackQueryHandler(forget_pressed, "^forget:"),
            CallbackQueryHandler(sources_pressed, SOURCES_PRESSED),
            CallbackQueryHandler(settings_pressed, SETTINGS_PRESSED),
            CallbackQueryHandler(recap_pressed, RECAP_PRESSED),
            CallbackQueryHandler(subscribe_pressed, SUBSCRIBE_PRESSED),
            CallbackQueryHandler(try_pressed, TRY_PRESSED),
            CallbackQueryHandler(view_pressed, VIEW_PRESSED),
            CallbackQueryHandler(choice_pressed, CHOICE_PRESSED),
            CallbackQueryHandler(share_pressed, SHARE_PRESSED),
            CallbackQueryHandler(documents.stop_pressed, documents.STOP_PRESSED),
            CallbackQueryHandler(unknown_press),
            InlineQueryHandler(inline),
            MessageHandler(filters.StatusUpdate.CHAT_SHARED, chat_shared),
            MessageHandler(_TYPED & _Scheduling(), schedule_replied),
            MessageHandler(_PRIVATE & _PLACE, place_shared),
            MessageHandler(filters.UpdateType.EDITED_MESSAGE & filters.LOCATION, place_moved),
            MessageHandler(_PRIVATE & _TYPED & filters.Text(NOT_NOW), place_refused),
            MessageHandler(_TYPED & _Asking() & ~filters.COMMAND, question),
            ChatMemberHandler(come_or_go, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE, follow_group),
            MessageHandler((_PRIVATE | _IN_GROUP) & documents.READABLE, documents.take_file),
            MessageHandler(_NEW & _WORDS, collecting.take_in),
            # Of one whose caption was taken away, too.
            MessageHandler(filters.UpdateType.EDITED & (~filters.COMMAND | filters.FORWARDED), collecting.take_edit),
            MessageHandler(_NEW & _InAlbum(), collecting.take_wordless_part),
            MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, collecting.say_there_is_no_text),
        ]
    )
    application.add_error_handler(keep_fault)
    return application


async def know_settings(update: Update, context: Context) -> None:
    """Let what the chat has chosen for itself hold while the update is handled."""
    # What somebody types inline belongs to his private chat, whose id is his own.
    chat, handling = update.effective_chat or update.effective_user, context.handling
    if chat:
        handling.choose(await handling.store.look(lambda conn: chat_settings.get(conn, chat.id)))


async def remember_chat(update: Update, context: Context) -> None:
    """Keep what an update tells of its chat."""
    if chat := update.effective_chat:
        user = update.effective_user
        lang = user.language_code if user and chat.type == ChatType.PRIVATE else None
        known = chats.Chat(chat.id, chat.type, chat.effective_name or "", chat.username, lang)
        context.handling.change(lambda conn: chats.touch(conn, known))
    if update.message and isinstance(update.message.forward_origin, MessageOriginChannel):
        origin, seen_at = update.message.forward_origin, context.handling.now
        context.handling.change(
            lambda conn: channel_messages.note_forwarded(conn, origin.chat.id, origin.message_id, seen_at)
        )
    if post := update.channel_post:
        now = context.handling.now
        context.handling.change(lambda conn: channel_messages.note(conn, post.chat.id, post.message_id, now))


async def follow_group(update: Update, context: Context) -> None:
    """Let the desks and recaps of a group follow it when it becomes a supergroup, of which both chats tell."""
    message = addressed(update)
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    context.handling.change(lambda conn: chats.move_desks(conn, old, new))
    context.handling.change(lambda conn: recaps.move(conn, old, new))
    context.handling.change(lambda conn: chat_settings.move(conn, old, new))
    if message.migrate_to_chat_id:  # the last that the group sent
        context.handling.change(lambda conn: bursts.move(conn, old, new))
        context.handling.change(lambda conn: follow(conn, old, new))


async def come_or_go(update: Update, context: Context) -> None:
    """Say what the bot does where it was added; forget somebody who blocked it.

    Nothing more is sent to him, and what he collected is deleted.
    """
    change = update.my_chat_member
    if change is None:
        return
    if change.chat.type != ChatType.PRIVATE:
        await greet(change, context)
    elif change.new_chat_member.status == ChatMemberStatus.BANNED:
        context.handling.change(lambda conn: forget_chat(conn, change.chat.id, unsent=True))


async def keep_fault(_update: object, context: Context) -> None:
    """Hand what a handler raised on to the worker, which decides about another attempt."""
    context.handling.fault = context.error
