"""The checks against the Bot API's description."""

import pytest

from bot.playground.bot_api.methods import NAMES
from bot.playground.bot_api.params import Params, Upload
from bot.playground.bot_api.spec import SPEC

USER = {"id": 1, "is_bot": False, "first_name": "Anna"}
CHAT = {"id": 1, "type": "private", "first_name": "Anna"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "from": USER, "text": "x"}


def test_every_method_that_we_have_is_in_it() -> None:
    assert set(NAMES.values()) <= SPEC.methods


def test_a_right_answer_passes() -> None:
    assert SPEC.check_answer("sendMessage", MESSAGE) == []
    assert SPEC.check_answer("getUpdates", [{"update_id": 1, "message": MESSAGE}]) == []
    assert SPEC.check_answer("editMessageText", True) == []


@pytest.mark.parametrize(
    ("method", "result", "told"),
    [
        ("sendMessage", {**MESSAGE, "colour": "red"}, "sendMessage: Message has no colour"),
        ("sendMessage", {"message_id": 1, "chat": CHAT}, "sendMessage: Message lacks date"),
        ("sendMessage", {**MESSAGE, "date": "now"}, "sendMessage.date: 'now' is no Integer"),
        ("sendMessage", {**MESSAGE, "message_id": True}, "sendMessage.message_id: True is no Integer"),
        ("sendMessage", [], "sendMessage: [] is no Message"),
        ("getUpdates", {}, "getUpdates: {} is no array"),
        ("getUpdates", [{"message": MESSAGE}], "getUpdates[0]: Update lacks update_id"),
        ("getChatMember", {"status": "creator", "user": USER}, "getChatMember: ChatMemberOwner lacks is_anonymous"),
        ("deleteMessage", "yes", "deleteMessage: 'yes' is no Boolean"),
    ],
)
def test_a_wrong_answer_is_told(method: str, result: object, told: str) -> None:
    assert SPEC.check_answer(method, result) == [told]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"chat_id": 1, "text": "x"}, []),
        ({"chat_id": "@river", "text": "5", "disable_notification": "true"}, []),
        ({"chat_id": 1}, ["sendMessage: text is missing"]),
        ({"chat_id": 1, "text": "x", "colour": "red"}, ["sendMessage: no such argument: colour"]),
        ({"chat_id": 1, "text": "x", "entities": "{}"}, ["sendMessage: entities: {} is no array"]),
        ({"chat_id": 1, "text": "x", "reply_to_message_id": 5}, []),
    ],
)
def test_requests_are_checked(values: dict[str, object], told: list[str]) -> None:
    assert SPEC.check_request("sendMessage", Params(dict(values))) == told


def test_uploads_are_arguments_when_something_names_them() -> None:
    upload = Upload("a.png", "image/png", b"x")
    media = '[{"type": "photo", "media": "attach://one"}]'
    named = Params({"chat_id": 1, "media": media}, {"one": upload})
    assert SPEC.check_request("sendMediaGroup", named) == []
    unnamed = Params({"chat_id": 1, "media": media}, {"two": upload})
    assert SPEC.check_request("sendMediaGroup", unnamed) == ["sendMediaGroup: no such argument: two"]


def test_bots_may_react_with_some_emoji_only() -> None:
    assert "👀" in SPEC.reactions
    assert "🍏" not in SPEC.reactions
