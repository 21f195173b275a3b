"""python-telegram-bot drives the server: polling, webhook, albums, edits, media, keyboards."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
import telegram as ptb
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from tests.playground.hook import Hook
from tests.waiting import until

Context = ContextTypes.DEFAULT_TYPE
AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@pytest.fixture
async def library(telegram: LocalTelegram, bot: Bot) -> AsyncIterator[ptb.Bot]:
    async with ptb.Bot(bot.token, f"{telegram.url}/bot", f"{telegram.url}/file/bot") as library:
        yield library


@pytest.fixture
def application(telegram: LocalTelegram, bot: Bot) -> AnyApplication:
    builder = ApplicationBuilder().token(bot.token)
    return builder.base_url(f"{telegram.url}/bot").base_file_url(f"{telegram.url}/file/bot").build()


async def _soon(look: Callable[[], Any]) -> Any:
    """Wait without holding up the loop in which the library runs."""

    async def in_thread() -> Any:
        return await asyncio.to_thread(look)

    return await until(in_thread, 15)


async def _echo(update: ptb.Update, _: Context) -> None:
    assert update.effective_message
    await update.effective_message.reply_html(f"<b>{update.effective_message.text_html}</b>")


async def test_polling(telegram: LocalTelegram, anna: User, bot: Bot, application: AnyApplication) -> None:
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    async with application:
        assert application.updater
        await application.start()
        await application.updater.start_polling(poll_interval=0, timeout=5)
        question = await asyncio.to_thread(anna.writes, "The river rose.", to=bot)
        answers = await _soon(question.answers)
        assert answers[0].text == "The river rose."
        assert answers[0].shown["entities"] == [{"type": "bold", "offset": 0, "length": 15}]
        await application.updater.stop()
        await application.stop()
    assert telegram.wrong_requests() == []


async def test_webhook(telegram: LocalTelegram, anna: User, bot: Bot, application: AnyApplication) -> None:
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    with Hook() as hook:
        async with application:
            assert await application.bot.set_webhook(hook.url, secret_token="a-secret", max_connections=3)
            question = await asyncio.to_thread(anna.writes, "The river rose.", to=bot)
            [received] = await asyncio.to_thread(hook.gets, 1)
            await application.process_update(ptb.Update.de_json(received, application.bot))
            assert (await _soon(question.answers))[0].text == "The river rose."
            info = await application.bot.get_webhook_info()
            assert (info.url, info.max_connections, info.pending_update_count) == (hook.url, 3, 0)
            assert await application.bot.delete_webhook()
    assert telegram.wrong_requests() == []


async def test_every_kind_of_update_is_understood(
    telegram: LocalTelegram, anna: User, bot: Bot, application: AnyApplication
) -> None:
    seen: list[str] = []

    def note(name: str) -> Callable[[ptb.Update, Context], Any]:
        async def handle(_: ptb.Update, __: Context) -> None:
            seen.append(name)

        return handle

    application.add_handler(CommandHandler("start", note("start")))
    application.add_handler(CallbackQueryHandler(note("button")))
    application.add_handler(InlineQueryHandler(note("inline")))
    application.add_handler(ChatMemberHandler(note("membership")))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, note("edit")))
    application.add_handler(MessageHandler(filters.UpdateType.CHANNEL_POST, note("post")))
    application.add_handler(MessageHandler(filters.PHOTO & filters.FORWARDED, note("forwarded photo")))
    application.add_handler(MessageHandler(filters.StatusUpdate.CHAT_SHARED, note("shared")))
    channel = telegram.channel("River News", by=anna)

    def act() -> None:
        message = anna.starts(bot)
        anna.edits(message, "/stop")
        anna.shares(channel, to=bot, request_id=1)
        channel.promotes(bot)
        channel.post("The river rose.")
        anna.forwards_all(*channel.post_album("One.", "Two."), to=bot)

    async with application:
        assert application.updater
        await application.start()
        await application.updater.start_polling(poll_interval=0, timeout=5, allowed_updates=ptb.Update.ALL_TYPES)
        await asyncio.to_thread(act)
        keyboard = ptb.InlineKeyboardMarkup.from_button(ptb.InlineKeyboardButton("More", callback_data="more"))
        await application.bot.send_message(anna.id, "x", reply_markup=keyboard)
        await asyncio.to_thread(lambda: anna.presses(anna.sees(bot)[-1], "More"))
        await _soon(lambda: "button" in seen)
        await application.updater.stop()
        await application.stop()
    assert seen == [
        "start",
        "edit",
        "shared",
        "membership",
        "post",
        *["post", "post"],
        *["forwarded photo"] * 2,
        "button",
    ]


async def test_sending_editing_and_deleting(
    anna: User, bot: Bot, library: ptb.Bot, chat: int, telegram: LocalTelegram
) -> None:
    message = await library.send_message(chat, "*Rose*", parse_mode="MarkdownV2", disable_notification=True)
    edited = await message.edit_text("Fell", entities=[ptb.MessageEntity("bold", 0, 4)])
    assert isinstance(edited, ptb.Message)
    assert edited.text_html == "<b>Fell</b>"
    assert edited.edit_date
    keyboard = ptb.InlineKeyboardMarkup.from_button(ptb.InlineKeyboardButton("More", url="example.org"))
    marked = await message.edit_reply_markup(keyboard)
    assert isinstance(marked, ptb.Message)
    assert marked.reply_markup
    assert marked.reply_markup.inline_keyboard[0][0].url == "http://example.org/"
    assert await message.set_reaction("👍")
    assert await message.pin()
    assert await message.unpin()
    assert await library.send_chat_action(chat, "typing")
    assert await message.delete()
    assert telegram.wrong_requests() == []


async def test_media(library: ptb.Bot, chat: int, picture: bytes, telegram: LocalTelegram) -> None:
    photo = await library.send_photo(chat, picture, caption="<i>Rose</i>", parse_mode="HTML")
    assert photo.caption_html == "<i>Rose</i>"
    captioned = await photo.edit_caption("Fell")
    assert isinstance(captioned, ptb.Message)
    assert captioned.caption == "Fell"
    document = await library.send_document(chat, b"a,b\n", filename="table.csv")
    assert document.document
    file = await document.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"a,b\n"
    album = await library.send_media_group(
        chat, [ptb.InputMediaPhoto(picture, caption="One"), ptb.InputMediaPhoto(photo.photo[-1].file_id)]
    )
    assert len({part.media_group_id for part in album}) == 1
    forwarded = await album[0].forward(chat)
    assert isinstance(forwarded.forward_origin, ptb.MessageOriginUser)
    copied = await album[0].copy(chat, caption="Copy")
    assert copied.message_id == forwarded.message_id + 1
    assert telegram.wrong_requests() == []


async def test_chats_and_rights(telegram: LocalTelegram, anna: User, bot: Bot, library: ptb.Bot) -> None:
    channel = telegram.channel("River News", by=anna, username="river_news", description="All of the river.")
    channel.promotes(bot)
    shown = await library.get_chat("@river_news")
    assert (shown.id, shown.description) == (channel.id, "All of the river.")
    member = await library.get_chat_member(channel.id, bot.id)
    assert isinstance(member, ptb.ChatMemberAdministrator)
    assert member.can_post_messages
    owner, _ = await library.get_chat_administrators(channel.id)
    assert isinstance(owner, ptb.ChatMemberOwner)
    assert await library.leave_chat(channel.id)


async def test_profile(library: ptb.Bot, anna: User, chat: int) -> None:
    me = await library.get_me()
    assert (me.username, me.can_join_groups) == ("news_bot", True)
    await library.set_my_commands([("summary", "What happened")])
    await library.set_my_commands([ptb.BotCommand("summary", "Was geschah")], language_code="de")
    assert (await library.get_my_commands())[0].description == "What happened"
    assert (await library.get_my_commands(language_code="de"))[0].description == "Was geschah"
    await library.delete_my_commands(language_code="de")
    assert await library.get_my_commands(language_code="de") == ()
    assert await library.set_my_description("Reads the news")
    assert await library.set_my_short_description("Reads")
    assert await library.set_chat_menu_button(chat, ptb.MenuButtonCommands())
    [entry] = [entry for entry in anna.view()["chats"] if entry["chat"]["id"] == me.id]
    assert entry["commands"] == [{"command": "summary", "description": "What happened"}]
    assert entry["description"] == "Reads the news"


@pytest.fixture
def _spans_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.mark.usefixtures("_spans_as_timedelta")
async def test_its_exceptions(telegram: LocalTelegram, anna: User, bot: Bot, library: ptb.Bot, chat: int) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await library.send_message(1, "x")
    group = telegram.group("Newsroom", bot)
    successor = group.becomes_supergroup()
    with pytest.raises(ChatMigrated) as migrated:
        await library.send_message(group.id, "x")
    assert migrated.value.new_chat_id == successor.id
    telegram.fault("flood", "sendMessage", seconds=3)
    with pytest.raises(RetryAfter) as flood:
        await library.send_message(chat, "x")
    assert flood.value.retry_after == timedelta(seconds=3)
    telegram.fault("drop_after", "sendMessage")
    with pytest.raises(NetworkError):
        await library.send_message(chat, "x")
    telegram.fault("hang_before", "sendMessage")
    with pytest.raises(TimedOut):
        await library.send_message(chat, "x", read_timeout=0.3)
    telegram.fault("html", "sendMessage")
    with pytest.raises(NetworkError):
        await library.send_message(chat, "x")
    anna.blocks(bot)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await library.send_message(chat, "x")
