"""Who may edit what, and what "not modified" means."""

import pytest

from bot.playground.client.cast import Bot, Channel, User
from bot.playground.client.local_telegram import LocalTelegram
from tests.playground.caller import Caller, Json

KEYBOARD = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
CANT = (400, "Bad Request: message can't be edited")


@pytest.fixture
def channel(telegram: LocalTelegram, bot: Bot, api: Caller) -> Channel:
    channel = telegram.channel("River News")
    channel.promotes(bot, can_edit_messages=False)
    api.confirm()
    return channel


def _not_modified(api: Caller, method: str, **arguments: object) -> bool:
    return "message is not modified" in api.refusal(method, **arguments)[1]


def test_an_edit_shows_its_date_and_keeps_the_rest(telegram: LocalTelegram, api: Caller, chat: int) -> None:
    sent: Json = api.ok("sendMessage", chat_id=chat, text="The river rose.")
    telegram.advance(60)
    edited = api.ok("editMessageText", chat_id=chat, message_id=sent["message_id"], text="It fell.")
    assert edited["date"] == sent["date"]
    assert edited["edit_date"] - sent["date"] in (60, 61)
    assert edited["text"] == "It fell."


def test_not_modified_looks_at_text_entities_keyboard_and_preview(api: Caller, chat: int) -> None:
    same = {
        "text": "<b>Rose</b> https://example.org/",
        "parse_mode": "HTML",
        "reply_markup": KEYBOARD,
        "link_preview_options": {"is_disabled": True},
    }
    message = api.ok("sendMessage", chat_id=chat, **same)["message_id"]
    edit = {"chat_id": chat, "message_id": message}
    assert _not_modified(api, "editMessageText", **edit, **same)
    changes: list[Json] = [
        {"text": "<i>Rose</i> https://example.org/"},
        {"reply_markup": {"inline_keyboard": [[{"text": "Less", "callback_data": "more"}]]}},
        {"link_preview_options": {"show_above_text": True}},
    ]
    for change in changes:
        api.ok("editMessageText", **edit, **(same | change))
        assert _not_modified(api, "editMessageText", **edit, **(same | change))


def test_a_keyboard_that_is_left_out_goes(api: Caller, chat: int) -> None:
    message = api.ok("sendMessage", chat_id=chat, text="x", reply_markup=KEYBOARD)["message_id"]
    assert "reply_markup" not in api.ok("editMessageText", chat_id=chat, message_id=message, text="y")


def test_the_keyboard_alone_is_edited_without_a_trace(api: Caller, chat: int) -> None:
    message = api.ok("sendMessage", chat_id=chat, text="x")["message_id"]
    edited = api.ok("editMessageReplyMarkup", chat_id=chat, message_id=message, reply_markup=KEYBOARD)
    assert edited["reply_markup"] == KEYBOARD
    assert "edit_date" not in edited
    assert _not_modified(api, "editMessageReplyMarkup", chat_id=chat, message_id=message, reply_markup=KEYBOARD)


def test_a_caption_is_edited(api: Caller, chat: int, picture: bytes) -> None:
    sent = api.upload("sendPhoto", {"photo": ("a.png", picture)}, chat_id=str(chat), caption="One").json()["result"]
    edit = {"chat_id": chat, "message_id": sent["message_id"]}
    edited = api.ok("editMessageCaption", **edit, caption="<b>Two</b>", parse_mode="HTML")
    assert edited["caption"] == "Two"
    assert edited["caption_entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert "caption" not in api.ok("editMessageCaption", **edit)


def test_a_text_has_no_caption(api: Caller, chat: int) -> None:
    message = api.ok("sendMessage", chat_id=chat, text="x")["message_id"]
    refusal = (400, "Bad Request: there is no caption in the message to edit")
    assert api.refusal("editMessageCaption", chat_id=chat, message_id=message, caption="y") == refusal


def test_without_the_right_to_edit_only_own_posts_are_edited(api: Caller, channel: Channel) -> None:
    own = api.ok("sendMessage", chat_id=channel.id, text="Ours.")["message_id"]
    other = channel.post("Theirs.")
    api.ok("editMessageText", chat_id=channel.id, message_id=own, text="Ours, corrected.")
    assert api.refusal("editMessageText", chat_id=channel.id, message_id=other.id, text="x") == CANT


def test_with_it_anybody_s_post_is_overwritten(api: Caller, bot: Bot, channel: Channel) -> None:
    other = channel.post("Theirs.")
    channel.promotes(bot, can_edit_messages=True)
    api.ok("editMessageText", chat_id=channel.id, message_id=other.id, text="Overwritten.")
    assert channel.messages()[-1].text == "Overwritten."


def test_probing_tells_own_from_others_from_free(api: Caller, channel: Channel) -> None:
    """What delivery rests on: the same edit of an id tells whose it is."""
    own = api.ok("sendMessage", chat_id=channel.id, text="Ours.")["message_id"]
    channel.post("Theirs.")

    def probe(number: int) -> str:
        return api.refusal("editMessageText", chat_id=channel.id, message_id=number, text="Ours.")[1]

    assert "message is not modified" in probe(own)
    assert probe(own + 1) == "Bad Request: message can't be edited"
    assert probe(own + 2) == "Bad Request: message to edit not found"


def test_forwards_are_not_edited(anna: User, api: Caller, chat: int, channel: Channel) -> None:
    channel.adds(anna)
    post = channel.post("Theirs.")
    forwarded = api.ok("forwardMessage", chat_id=chat, from_chat_id=channel.id, message_id=post.id)
    assert api.refusal("editMessageText", chat_id=chat, message_id=forwarded["message_id"], text="x") == CANT


def test_a_message_with_a_reply_keyboard_is_not_edited(api: Caller, chat: int) -> None:
    sent = api.ok("sendMessage", chat_id=chat, text="x", reply_markup={"keyboard": [[{"text": "Yes"}]]})
    assert api.refusal("editMessageText", chat_id=chat, message_id=sent["message_id"], text="y") == CANT


def test_a_message_must_be_named(api: Caller) -> None:
    refusal = (400, "Bad Request: message identifier is not specified")
    assert api.refusal("editMessageText", text="y") == refusal


def test_deleting_follows_the_rights(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller, chat: int) -> None:
    group = telegram.supergroup("Newsroom", bot, by=anna)
    theirs = anna.writes("x", to=group)
    refusal = (400, "Bad Request: message can't be deleted")
    assert api.refusal("deleteMessage", chat_id=group.id, message_id=theirs.id) == refusal
    group.promotes(bot)
    assert api.ok("deleteMessage", chat_id=group.id, message_id=theirs.id) is True
    in_private = anna.writes("x", to=bot)
    assert api.ok("deleteMessages", chat_id=chat, message_ids=[in_private.id, 9999]) is True
    assert in_private.now() is None
