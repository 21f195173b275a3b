"""The texts and statuses of refusals: one test for each case in which the server (10.0) is known to refuse."""

import httpx
import pytest

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from tests.playground.caller import Caller, refusal_of

PARSE = "Bad Request: can't parse entities: "


def test_a_user_who_blocked_the_bot(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    anna.blocks(bot)
    refusal = (403, "Forbidden: bot was blocked by the user")
    assert api.refusal("sendMessage", chat_id=chat, text="x") == refusal
    anna.unblocks(bot)
    api.ok("sendMessage", chat_id=chat, text="x")


def test_a_deleted_user(anna: User, api: Caller, chat: int) -> None:
    anna.deletes_account()
    assert api.refusal("sendMessage", chat_id=chat, text="x") == (403, "Forbidden: user is deactivated")


def test_a_user_who_never_pressed_start(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    telegram.group("Newsroom", anna, bot)
    refusal = (403, "Forbidden: bot can't initiate conversation with a user")
    assert api.refusal("sendMessage", chat_id=anna.id, text="x") == refusal


def test_a_message_to_another_bot(telegram: LocalTelegram, api: Caller) -> None:
    other = telegram.bot("other_bot")
    refusal = (403, "Forbidden: the bot can't send messages to the bot")
    assert api.refusal("sendMessage", chat_id=other.id, text="x") == refusal


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_a_chat_that_kicked_the_bot(telegram: LocalTelegram, bot: Bot, api: Caller, kind: str) -> None:
    place = getattr(telegram, kind)("Newsroom")
    place.adds(bot)
    place.kicks(bot)
    refusal = (403, f"Forbidden: bot was kicked from the {kind} chat")
    assert api.refusal("sendMessage", chat_id=place.id, text="x") == refusal


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_a_chat_that_the_bot_left(telegram: LocalTelegram, bot: Bot, api: Caller, kind: str) -> None:
    place = getattr(telegram, kind)("Newsroom")
    place.adds(bot)
    api.ok("leaveChat", chat_id=place.id)
    refusal = (403, f"Forbidden: bot is not a member of the {kind} chat")
    assert api.refusal("sendMessage", chat_id=place.id, text="x") == refusal


def test_a_deleted_group(telegram: LocalTelegram, bot: Bot, api: Caller) -> None:
    group = telegram.group("Newsroom", bot)
    group.vanishes()
    assert api.refusal("sendMessage", chat_id=group.id, text="x") == (403, "Forbidden: the group chat was deleted")


def test_a_group_that_became_a_supergroup(telegram: LocalTelegram, bot: Bot, api: Caller) -> None:
    group = telegram.group("Newsroom", bot)
    successor = group.becomes_supergroup()
    answer = api.post("sendMessage", chat_id=group.id, text="x")
    assert refusal_of(answer) == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert answer.json()["parameters"] == {"migrate_to_chat_id": successor.id}
    api.ok("sendMessage", chat_id=successor.id, text="x")


@pytest.mark.parametrize("name", [1, "@nobody_here", "word"])
def test_an_unknown_chat(api: Caller, name: object) -> None:
    assert api.refusal("sendMessage", chat_id=name, text="x") == (400, "Bad Request: chat not found")


def test_no_chat(api: Caller) -> None:
    assert api.refusal("sendMessage", text="x") == (400, "Bad Request: chat_id is empty")


def test_a_channel_in_which_the_bot_may_not_post(telegram: LocalTelegram, bot: Bot, api: Caller) -> None:
    channel = telegram.channel("River News")
    channel.promotes(bot, can_post_messages=False)
    refusal = (400, "Bad Request: need administrator rights in the channel chat")
    assert api.refusal("sendMessage", chat_id=channel.id, text="x") == refusal


def test_no_write_access(telegram: LocalTelegram, api: Caller, chat: int) -> None:
    telegram.fault("refuse", "sendMessage", code=400, description="have no write access to the chat")
    refusal = (400, "Bad Request: have no write access to the chat")
    assert api.refusal("sendMessage", chat_id=chat, text="x") == refusal


def test_a_restricted_bot(telegram: LocalTelegram, bot: Bot, api: Caller) -> None:
    group = telegram.supergroup("Newsroom", bot)
    group.restricts(bot, can_send_messages=False)
    refusal = (400, "Bad Request: not enough rights to send text messages to the chat")
    assert api.refusal("sendMessage", chat_id=group.id, text="x") == refusal


def test_a_group_without_photos(telegram: LocalTelegram, bot: Bot, api: Caller) -> None:
    group = telegram.supergroup("Newsroom", bot)
    group.restricts(can_send_photos=False)
    refusal = (400, "Bad Request: not enough rights to send photos to the chat")
    assert api.refusal("sendPhoto", chat_id=group.id, photo="x") == refusal


def test_no_text(api: Caller, chat: int) -> None:
    assert api.refusal("sendMessage", chat_id=chat) == (400, "Bad Request: message text is empty")


@pytest.mark.parametrize("text", [" ", "\n\t ", "<b></b>", "<b> </b>"])
def test_a_blank_text(api: Caller, chat: int, text: str) -> None:
    refusal = (400, "Bad Request: text must be non-empty")
    assert api.refusal("sendMessage", chat_id=chat, text=text, parse_mode="HTML") == refusal


def test_a_text_of_too_many_bytes(api: Caller, chat: int) -> None:
    refusal = (400, "Bad Request: text is too long")
    assert api.refusal("sendMessage", chat_id=chat, text="я" * 16_385) == refusal


def test_the_limit_of_a_text_counts_code_points_after_parsing(api: Caller, chat: int) -> None:
    api.ok("sendMessage", chat_id=chat, text=f"<b>{'😀' * 4096}</b>", parse_mode="HTML")
    refusal = (400, "Bad Request: message is too long")
    assert api.refusal("sendMessage", chat_id=chat, text="😀" * 4097) == refusal


def test_a_caption_that_is_too_long(api: Caller, chat: int) -> None:
    refusal = (400, "Bad Request: message caption is too long")
    assert api.refusal("sendDocument", chat_id=chat, document="x", caption="я" * 1025) == refusal


def test_an_edit_that_is_too_long_gets_a_code_of_telegram(api: Caller, chat: int) -> None:
    message = api.ok("sendMessage", chat_id=chat, text="x")["message_id"]
    refusal = (400, "Bad Request: MESSAGE_TOO_LONG")
    assert api.refusal("editMessageText", chat_id=chat, message_id=message, text="я" * 4097) == refusal


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("я<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("я<b", "Unclosed start tag at byte offset 2"),
        ("я<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("я</b>", "Unexpected end tag at byte offset 2"),
        ("<i><b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_wrong_html(api: Caller, chat: int, text: str, told: str) -> None:
    assert api.refusal("sendMessage", chat_id=chat, text=text, parse_mode="HTML") == (400, PARSE + told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rose.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("я *x", "Can't find end of Bold entity at byte offset 3"),
        ("я __x", "Can't find end of Underline entity at byte offset 3"),
        ("я [x", "Can't find end of TextUrl entity at byte offset 3"),
    ],
)
def test_wrong_markdown(api: Caller, chat: int, text: str, told: str) -> None:
    assert api.refusal("sendMessage", chat_id=chat, text=text, parse_mode="MarkdownV2") == (400, PARSE + told)


def test_an_unknown_parse_mode(api: Caller, chat: int) -> None:
    refusal = (400, "Bad Request: unsupported parse_mode")
    assert api.refusal("sendMessage", chat_id=chat, text="x", parse_mode="BBCode") == refusal


def test_an_edit_that_changes_nothing(api: Caller, chat: int) -> None:
    message = api.ok("sendMessage", chat_id=chat, text="x")["message_id"]
    told = (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )
    assert api.refusal("editMessageText", chat_id=chat, message_id=message, text="x") == (400, told)


@pytest.mark.parametrize(
    ("method", "to_do", "arguments"),
    [
        ("editMessageText", "edit", {"message_id": 9999, "text": "x"}),
        ("editMessageReplyMarkup", "edit", {"message_id": 9999}),
        ("deleteMessage", "delete", {"message_id": 9999}),
        ("forwardMessage", "forward", {"message_id": 9999}),
        ("copyMessage", "copy", {"message_id": 9999}),
        ("pinChatMessage", "pin", {"message_id": 9999}),
    ],
)
def test_a_message_that_is_not_there(
    api: Caller, chat: int, method: str, to_do: str, arguments: dict[str, object]
) -> None:
    source = {"from_chat_id": chat} if to_do in {"forward", "copy"} else {}
    refusal = (400, f"Bad Request: message to {to_do} not found")
    assert api.refusal(method, chat_id=chat, **arguments, **source) == refusal


def test_an_answer_to_a_message_that_is_not_there(api: Caller, chat: int) -> None:
    reply = {"message_id": 9999}
    refusal = (400, "Bad Request: message to be replied not found")
    assert api.refusal("sendMessage", chat_id=chat, text="x", reply_parameters=reply) == refusal
    lenient = reply | {"allow_sending_without_reply": True}
    assert "reply_to_message" not in api.ok("sendMessage", chat_id=chat, text="x", reply_parameters=lenient)


def test_somebody_else_s_message_can_t_be_edited(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    message = anna.writes("Mine.", to=bot)
    refusal = (400, "Bad Request: message can't be edited")
    assert api.refusal("editMessageText", chat_id=chat, message_id=message.id, text="x") == refusal


def test_a_picture_has_no_text_to_edit(api: Caller, chat: int, picture: bytes) -> None:
    photo = api.upload("sendPhoto", {"photo": ("a.png", picture)}, chat_id=str(chat)).json()["result"]
    refusal = (400, "Bad Request: there is no text in the message to edit")
    assert api.refusal("editMessageText", chat_id=chat, message_id=photo["message_id"], text="x") == refusal


def test_a_message_that_is_too_old_to_delete(telegram: LocalTelegram, api: Caller, chat: int) -> None:
    message = api.ok("sendMessage", chat_id=chat, text="x")["message_id"]
    telegram.advance(48 * 3600 + 1)
    refusal = (400, "Bad Request: message can't be deleted")
    assert api.refusal("deleteMessage", chat_id=chat, message_id=message) == refusal


@pytest.fixture
def pressed(anna: User, api: Caller, chat: int, bot: Bot) -> str:
    keyboard = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    api.ok("sendMessage", chat_id=chat, text="x", reply_markup=keyboard)
    return anna.presses(anna.sees(bot)[-1], "More").id


OLD_QUERY = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


def test_a_button_that_was_pressed_too_long_ago(telegram: LocalTelegram, api: Caller, pressed: str) -> None:
    telegram.advance(3600)
    assert api.refusal("answerCallbackQuery", callback_query_id=pressed) == OLD_QUERY


def test_a_button_is_answered_once(api: Caller, pressed: str) -> None:
    api.ok("answerCallbackQuery", callback_query_id=pressed)
    assert api.refusal("answerCallbackQuery", callback_query_id=pressed) == OLD_QUERY
    assert api.refusal("answerCallbackQuery", callback_query_id="5") == OLD_QUERY


def test_a_file_that_is_too_big_to_download(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    message = anna.sends_document(bytes((20 << 20) + 1), to=bot)
    file = message.shown["document"]["file_id"]
    assert api.refusal("getFile", file_id=file) == (400, "Bad Request: file is too big")


def test_a_file_that_is_not_there(api: Caller) -> None:
    refusal = (400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    assert api.refusal("getFile", file_id="nothing") == refusal


def test_a_wrong_part_of_an_album(api: Caller, chat: int, picture: bytes) -> None:
    media = '[{"type": "photo", "media": "attach://one"}, {"type": "photo", "media": "nothing"}]'
    answer = api.upload("sendMediaGroup", {"one": ("a.png", picture)}, chat_id=str(chat), media=media)
    message = "wrong file identifier/HTTP URL specified"
    refusal = (400, f'Bad Request: failed to send message #2 with the error message "{message}"')
    assert refusal_of(answer) == refusal


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/bot0:x/getMe", 401, "Unauthorized: invalid token specified"),
        ("/botnone/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot1:x/getMe", 401, "Unauthorized"),
        ("/bot4242:wrong/getMe", 401, "Unauthorized"),
        ("/file/bot1:x/a.png", 401, "Unauthorized"),
        ("/bot4242:a-token-of-a-test", 404, "Not Found"),
        ("/bot4242:a-token-of-a-test/", 404, "Not Found"),
        ("/file/bot4242:a-token-of-a-test/none.png", 404, "Not Found"),
    ],
)
def test_a_wrong_token_or_path(telegram: LocalTelegram, bot: Bot, path: str, status: int, told: str) -> None:
    assert refusal_of(httpx.get(telegram.url + path)) == (status, told)


def test_an_unknown_method(api: Caller) -> None:
    assert api.refusal("sendPigeon") == (404, "Not Found: method not found")


def test_a_restart(telegram: LocalTelegram, api: Caller) -> None:
    telegram.fault("restart")
    assert api.refusal("getMe") == (500, "Internal Server Error: restart")


def test_too_many_messages_of_one_chat_wait(telegram: LocalTelegram, api: Caller, chat: int) -> None:
    telegram.fault("flood", "sendMessage", seconds=60)
    answer = api.post("sendMessage", chat_id=chat, text="x")
    assert refusal_of(answer) == (429, "Too Many Requests: retry after 60")
    assert answer.json()["parameters"] == {"retry_after": 60}
    assert answer.headers["Retry-After"] == "60"


def test_getting_updates_while_a_webhook_is_set(api: Caller) -> None:
    api.ok("setWebhook", url="https://127.0.0.1:8443/x")
    assert api.refusal("getUpdates") == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )


def test_a_method_that_is_only_read_or_posted(telegram: LocalTelegram, bot: Bot) -> None:
    answer = httpx.delete(f"{telegram.url}/bot{bot.token}/getMe")
    assert refusal_of(answer) == (405, "Method Not Allowed: closing")
