"""Keyboards, commands, reactions, albums and the rest of what is checked before anything is done."""

import pytest

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from tests.playground.caller import Caller, Json

INLINE = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("keyboard", "told"),
    [
        ({"inline_keyboard": "x"}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": ["x"]}, "expected an Array of Array of InlineKeyboardButton"),
        ({"inline_keyboard": [["x"]]}, INLINE + "expected an Object"),
        ({"inline_keyboard": [[{"url": "a.b"}]]}, INLINE + 'Can\'t find field "text"'),
        ({"inline_keyboard": [[{"text": " ", "url": "a.b"}]]}, "inline keyboard button text must be non-empty"),
        ({"inline_keyboard": [[{"text": "x"}]]}, INLINE + "Text buttons are unallowed in the inline keyboard"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "я" * 33}]]}, "BUTTON_DATA_INVALID"),
        (
            {"inline_keyboard": [[{"text": "x", "url": "no link"}]]},
            "inline keyboard button URL 'no link' is invalid: Wrong HTTP URL",
        ),
        ({"keyboard": [[{"request_contact": True}]]}, "can't parse keyboard button: Can't find field \"text\""),
        ([1], "object expected as reply markup"),
    ],
)
def test_wrong_keyboards(api: Caller, chat: int, keyboard: object, told: str) -> None:
    assert api.refusal("sendMessage", chat_id=chat, text="x", reply_markup=keyboard) == (400, f"Bad Request: {told}")


@pytest.mark.parametrize(
    "keyboard",
    [
        {"keyboard": [["Yes", {"text": "No"}]]},
        {"remove_keyboard": True},
        {"force_reply": True},
        {"inline_keyboard": []},
    ],
)
def test_other_keyboards_are_not_part_of_the_message(api: Caller, chat: int, keyboard: Json) -> None:
    assert "reply_markup" not in api.ok("sendMessage", chat_id=chat, text="x", reply_markup=keyboard)


def test_an_edit_takes_only_inline_keyboards(api: Caller, chat: int) -> None:
    message = api.ok("sendMessage", chat_id=chat, text="x")["message_id"]
    edit = {"chat_id": chat, "message_id": message, "reply_markup": {"force_reply": True}}
    assert api.refusal("editMessageReplyMarkup", **edit) == (400, "Bad Request: inline keyboard expected")


@pytest.mark.parametrize(
    ("commands", "told"),
    [
        ("x", "can't parse commands JSON object"),
        ({}, "expected an Array of BotCommand"),
        (["x"], "expected an Object as BotCommand"),
        ([{"command": "Summary", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "summary", "description": " "}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": f"c{number}", "description": "x"} for number in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
def test_wrong_commands(api: Caller, commands: object, told: str) -> None:
    assert api.refusal("setMyCommands", commands=commands) == (400, f"Bad Request: {told}")


def test_long_descriptions(api: Caller) -> None:
    refusal = (400, "Bad Request: text is too long")
    assert api.refusal("setMyDescription", description="x" * 513) == refusal
    assert api.refusal("setMyShortDescription", short_description="x" * 121) == refusal


@pytest.mark.parametrize(
    ("reaction", "told"),
    [
        ([{"type": "emoji", "emoji": "🍏"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "👎"}], "REACTIONS_TOO_MANY"),
        (["👍"], "expected an Array of ReactionType"),
    ],
)
def test_wrong_reactions(api: Caller, chat: int, reaction: object, told: str) -> None:
    message = api.ok("sendMessage", chat_id=chat, text="x")["message_id"]
    refusal = api.refusal("setMessageReaction", chat_id=chat, message_id=message, reaction=reaction)
    assert refusal == (400, f"Bad Request: {told}")


@pytest.mark.parametrize(
    ("media", "told"),
    [
        ([], "there are no messages to send"),
        ("5", "expected an Array of InputMedia"),
        ([{"type": "photo", "media": "x"}] * 11, "too many messages to send as an album"),
        (
            [{"type": "photo", "media": "x"}, {"type": "document", "media": "x"}],
            "document can't be mixed with other media types",
        ),
        ([{"type": "photo"}], 'failed to send message #1 with the error message "media not found"'),
    ],
)
def test_wrong_albums(api: Caller, chat: int, media: object, told: str) -> None:
    assert api.refusal("sendMediaGroup", chat_id=chat, media=media) == (400, f"Bad Request: {told}")


def test_files_that_are_none(api: Caller, chat: int) -> None:
    assert api.refusal("sendPhoto", chat_id=chat) == (400, "Bad Request: there is no photo in the request")
    link = (400, "Bad Request: failed to get HTTP URL content")
    assert api.refusal("sendPhoto", chat_id=chat, photo="https://example.org/a.png") == link
    empty = api.upload("sendDocument", {"document": ("a.txt", b"")}, chat_id=str(chat))
    assert empty.json()["description"] == "Bad Request: file must be non-empty"


def test_an_unknown_action(api: Caller, chat: int) -> None:
    refusal = (400, "Bad Request: wrong parameter action in request")
    assert api.refusal("sendChatAction", chat_id=chat, action="sleeping") == refusal


def test_a_long_note_on_a_button(api: Caller) -> None:
    refusal = (400, "Bad Request: MESSAGE_TOO_LONG")
    assert api.refusal("answerCallbackQuery", callback_query_id="1", text="x" * 201) == refusal


def test_private_chats_have_no_administrators_and_are_not_left(api: Caller, bot: Bot, chat: int) -> None:
    refusal = (400, "Bad Request: there are no administrators in the private chat")
    assert api.refusal("getChatAdministrators", chat_id=chat) == refusal
    assert api.refusal("leaveChat", chat_id=chat)[0] == 400
    assert api.ok("getChatMember", chat_id=chat, user_id=bot.id)["status"] == "member"


def test_pinning_needs_the_right(telegram: LocalTelegram, bot: Bot, api: Caller) -> None:
    group = telegram.supergroup("Newsroom", bot)
    message = api.ok("sendMessage", chat_id=group.id, text="x")["message_id"]
    refusal = (400, "Bad Request: not enough rights to manage pinned messages in the chat")
    assert api.refusal("pinChatMessage", chat_id=group.id, message_id=message) == refusal
    group.promotes(bot, can_pin_messages=True)
    api.ok("pinChatMessage", chat_id=group.id, message_id=message)
    api.ok("unpinChatMessage", chat_id=group.id, message_id=message)
    nothing = (400, "Bad Request: message to unpin not found")
    assert api.refusal("unpinChatMessage", chat_id=group.id) == nothing


def test_a_mention_by_number_names_whom_the_server_knows(anna: User, api: Caller, chat: int) -> None:
    text = f'<a href="tg://user?id={anna.id}">Anna</a> <a href="tg://user?id=5">Nobody</a>'
    [entity] = api.ok("sendMessage", chat_id=chat, text=text, parse_mode="HTML")["entities"]
    assert (entity["type"], entity["user"]["first_name"], entity["length"]) == ("text_mention", "Anna", 4)


def test_a_call_tells_only_its_own_changes(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    anna.starts(bot)
    api.updates()
    assert telegram.calls("getUpdates")[-1]["changes"] == []
