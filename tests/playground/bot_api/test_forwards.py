"""Where forwards come from, albums, and what else a bot hears of."""

import pytest

from bot.playground.client.cast import Bot, Channel, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message
from tests.playground.caller import Caller, Json, refusal_of, result_of


def _hears(api: Caller, kind: str = "message") -> Json:
    """Return the newest update's content."""
    update = api.updates(offset=-1)[0]
    content: Json = update[kind]
    return content


def test_from_a_channel(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    channel = telegram.channel("River News", by=telegram.user("Ed", "Itor"), username="river_news", signs=True)
    post = channel.post("The river <b>rose</b>.", parse_mode="HTML")
    anna.forwards(post, to=bot)
    message = _hears(api)
    source = {"id": channel.id, "title": "River News", "username": "river_news", "type": "channel"}
    assert message["forward_origin"] == {
        "type": "channel",
        "date": post.shown["date"],
        "chat": source,
        "message_id": post.id,
        "author_signature": "Ed Itor",
    }
    assert message["forward_from_chat"] == source
    assert message["forward_from_message_id"] == post.id
    assert message["forward_signature"] == "Ed Itor"
    assert message["forward_date"] == post.shown["date"]
    assert message["entities"] == [{"type": "bold", "offset": 10, "length": 4}]


def test_from_a_user(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    max_ = telegram.user("Max")
    group = telegram.group("Newsroom", anna, max_)
    anna.forwards(max_.writes("The river rose.", to=group), to=bot)
    message = _hears(api)
    assert message["forward_origin"]["type"] == "user"
    assert message["forward_origin"]["sender_user"]["first_name"] == "Max"
    assert message["forward_from"] == message["forward_origin"]["sender_user"]


def test_from_a_user_who_hides(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    max_ = telegram.user("Max", "Orlov", hides_forwards=True)
    group = telegram.group("Newsroom", anna, max_)
    anna.forwards(max_.writes("The river rose.", to=group), to=bot)
    message = _hears(api)
    assert message["forward_origin"]["sender_user_name"] == "Max Orlov"
    assert message["forward_sender_name"] == "Max Orlov"
    assert "forward_from" not in message


def test_from_a_group_that_speaks_itself(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    group = telegram.supergroup("Newsroom", by=anna)
    anna.forwards(anna.writes("The river rose.", to=group, as_chat=group.id), to=bot)
    message = _hears(api)
    assert message["forward_origin"]["type"] == "chat"
    assert message["forward_from_chat"] == message["forward_origin"]["sender_chat"]


def test_a_forward_of_a_forward_names_the_first_author(telegram: LocalTelegram, anna: User, bot: Bot) -> None:
    channel, group = telegram.channel("River News"), telegram.group("Newsroom", anna)
    first = anna.forwards(channel.post("The river rose."), to=group)
    second = anna.forwards(first, to=bot)
    assert second.shown["forward_origin"] == first.shown["forward_origin"]


def test_an_origin_can_be_made_up(telegram: LocalTelegram, anna: User, bot: Bot) -> None:
    channel = telegram.channel("River News")
    known = anna.pastes("The river rose.", "River News", to=bot)
    assert known.shown["forward_origin"]["message_id"] == channel.messages()[-1].id, "its post can be visited"
    unknown = anna.pastes("It fell.", "Somebody", to=bot)
    assert unknown.shown["forward_sender_name"] == "Somebody"
    origin = {"type": "hidden_user", "date": 1_600_000_000, "sender_user_name": "Long Ago"}
    assert anna.pastes("It was dry.", origin, to=bot).shown["forward_date"] == 1_600_000_000


def test_an_album_comes_in_parts_and_stays_one_when_forwarded(
    telegram: LocalTelegram, anna: User, bot: Bot, api: Caller
) -> None:
    channel = telegram.channel("River News")
    album = channel.post_album("The river rose.", "", "")
    forwarded = anna.forwards_all(*album, to=bot)
    updates = api.updates()
    assert [update["message"]["message_id"] for update in updates] == [message.id for message in forwarded]
    groups = {update["message"]["media_group_id"] for update in updates}
    assert len(groups) == 1
    assert groups != {album[0].shown["media_group_id"]}
    assert [update["message"].get("caption") for update in updates] == ["The river rose.", None, None]


def test_edits_in_all_places(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    channel = telegram.channel("River News")
    channel.promotes(bot)
    message, post = anna.writes("Rose.", to=bot), channel.post("Rose.")
    edited = anna.edits(message, "Fell.")
    assert _hears(api, "edited_message")["text"] == "Fell."
    assert edited.shown["edit_date"] >= message.shown["date"]
    channel.edits(post, "Fell.")
    assert _hears(api, "edited_channel_post")["text"] == "Fell."


def test_the_bot_s_own_membership(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    channel = telegram.channel("River News", by=anna)
    channel.promotes(bot)
    change = _hears(api, "my_chat_member")
    assert change["from"]["id"] == anna.id
    assert [change[side]["status"] for side in ("old_chat_member", "new_chat_member")] == ["left", "administrator"]
    channel.demotes(bot)
    assert _hears(api, "my_chat_member")["new_chat_member"]["status"] == "left"
    anna.blocks(bot)
    blocked = _hears(api, "my_chat_member")
    assert blocked["chat"]["type"] == "private"
    assert blocked["new_chat_member"]["status"] == "kicked"


def test_a_member_with_rights(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    channel = telegram.channel("River News", by=anna)
    channel.promotes(bot, can_edit_messages=False)
    member = api.ok("getChatMember", chat_id=channel.id, user_id=bot.id)
    assert (member["status"], member["can_post_messages"], member["can_edit_messages"]) == (
        "administrator",
        True,
        False,
    )
    assert api.ok("getChatMember", chat_id=channel.id, user_id=anna.id)["status"] == "creator"
    both = api.ok("getChatAdministrators", chat_id=channel.id)
    assert [member["user"]["id"] for member in both] == [anna.id, bot.id]
    assert api.refusal("getChatMember", chat_id=channel.id, user_id=5) == (400, "Bad Request: PARTICIPANT_ID_INVALID")


def test_a_button_is_pressed_and_answered(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    keyboard = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    api.ok("sendMessage", chat_id=chat, text="x", reply_markup=keyboard)
    question = anna.presses(anna.sees(bot)[-1], "More")
    query = _hears(api, "callback_query")
    assert (query["data"], query["from"]["id"], query["message"]["text"]) == ("more", anna.id, "x")
    api.ok("answerCallbackQuery", callback_query_id=query["id"], text="There is no more.", show_alert=True)
    assert question.answer() == {"text": "There is no more.", "show_alert": True, "url": ""}


def test_an_inline_query_is_answered(telegram: LocalTelegram, anna: User) -> None:
    bot = telegram.bot("inline_bot", inline=True)
    with Caller(telegram.url, bot.token) as api:
        question = anna.asks_inline(bot, "river")
        query = _hears(api, "inline_query")
        assert (query["query"], query["from"]["id"]) == ("river", anna.id)
        content = {"message_text": "The river rose."}
        article = {"type": "article", "id": "1", "title": "River", "input_message_content": content}
        api.ok("answerInlineQuery", inline_query_id=query["id"], results=[article])
        assert question.answer()["results"] == [article]


def test_a_chat_is_chosen_behind_a_button(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    channel = telegram.channel("River News", by=anna)
    anna.starts(bot)
    request = {"request_id": 7, "chat_is_channel": True}
    keyboard = {"keyboard": [[{"text": "Choose", "request_chat": request}]]}
    api.ok("sendMessage", chat_id=anna.id, text="Where?", reply_markup=keyboard)
    anna.shares(channel, to=bot, request_id=7)
    assert _hears(api)["chat_shared"] == {"request_id": 7, "chat_id": channel.id}


def test_a_place_is_sent_behind_a_button(anna: User, bot: Bot, api: Caller) -> None:
    anna.starts(bot)
    keyboard = {"keyboard": [[{"text": "Send", "request_location": True}]]}
    api.ok("sendMessage", chat_id=anna.id, text="Where are you?", reply_markup=keyboard)
    anna.shares_location(52.5, 13.4, to=bot)
    assert _hears(api)["location"] == {"latitude": 52.5, "longitude": 13.4}


def test_a_deep_link_starts_with_its_payload(anna: User, bot: Bot, api: Caller) -> None:
    anna.starts(bot, "from_channel")
    message = _hears(api)
    assert message["text"] == "/start from_channel"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


def test_joining_and_leaving_are_told(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    group = telegram.group("Newsroom", bot)
    anna.joins(group)
    assert _hears(api)["new_chat_members"][0]["id"] == anna.id
    anna.leaves(group)
    assert _hears(api)["left_chat_member"]["id"] == anna.id


def test_a_group_that_moves_says_where(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    group = telegram.group("Newsroom", anna, bot)
    successor = group.becomes_supergroup()
    came, *messages = api.updates(offset=-3)
    assert came["my_chat_member"]["chat"]["id"] == successor.id
    assert came["my_chat_member"]["old_chat_member"]["status"] == "left"
    old, new = (update["message"] for update in messages)
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (group.id, successor.id)
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (successor.id, group.id)


@pytest.fixture
def source(telegram: LocalTelegram, bot: Bot) -> Channel:
    channel = telegram.channel("River News")
    channel.promotes(bot)
    return channel


def test_a_bot_forwards(api: Caller, chat: int, source: Channel) -> None:
    post = source.post("The river rose.")
    sent = api.ok("forwardMessage", chat_id=chat, from_chat_id=source.id, message_id=post.id)
    assert sent["text"] == "The river rose."
    assert sent["forward_origin"]["message_id"] == post.id


def test_a_bot_copies(anna: User, bot: Bot, api: Caller, chat: int, source: Channel) -> None:
    post = source.post("The river <b>rose</b>.", parse_mode="HTML")
    copied = api.ok("copyMessage", chat_id=chat, from_chat_id=source.id, message_id=post.id)
    message = _last(anna, bot)
    assert message.id == copied["message_id"]
    assert "forward_origin" not in message.shown
    assert message.shown["entities"] == post.shown["entities"]


def test_a_copy_may_have_another_caption(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    photo = anna.sends_photo("One.", to=bot)
    arguments = {"chat_id": chat, "from_chat_id": chat, "message_id": photo.id}
    api.ok("copyMessage", **arguments, caption="Two.")
    assert _last(anna, bot).text == "Two."
    api.ok("copyMessage", **arguments, caption="")
    assert _last(anna, bot).text == ""


def test_protected_content_and_notices_stay_where_they_are(
    telegram: LocalTelegram, anna: User, bot: Bot, api: Caller, chat: int
) -> None:
    channel = telegram.channel("River News", protected=True)
    channel.promotes(bot)
    post = channel.post("The river rose.")
    refusal = (400, "Bad Request: message can't be forwarded")
    assert post.shown["has_protected_content"] is True
    assert api.refusal("forwardMessage", chat_id=chat, from_chat_id=channel.id, message_id=post.id) == refusal
    group = telegram.group("Newsroom", bot)
    anna.joins(group)
    notice = group.messages()[-1]
    assert api.refusal("forwardMessage", chat_id=chat, from_chat_id=group.id, message_id=notice.id) == refusal


def test_a_file_is_sent_once_and_named_by_its_id_later(telegram: LocalTelegram, api: Caller, chat: int) -> None:
    content = b"Der Fluss stieg."
    sent = result_of(api.upload("sendDocument", {"document": ("fluss.txt", content)}, chat_id=str(chat)))
    document = sent["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("fluss.txt", "text/plain", 16)
    again = api.ok("sendDocument", chat_id=chat, document=document["file_id"])
    assert again["document"] == document


def test_a_file_is_downloaded(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    message = anna.sends_document(b"%PDF-1.7", to=bot, name="report.pdf")
    file = api.ok("getFile", file_id=message.shown["document"]["file_id"])
    assert file["file_path"].endswith(".pdf")
    assert api.download(telegram.url, file["file_path"]) == b"%PDF-1.7"


def test_a_picture_has_its_size(api: Caller, chat: int, picture: bytes) -> None:
    sent = result_of(api.upload("sendPhoto", {"photo": ("a.png", picture)}, chat_id=str(chat), caption="Rose."))
    [size] = sent["photo"]
    assert (size["width"], size["height"], sent["caption"]) == (1, 1, "Rose.")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (
            bytes((10 << 20) + 1),
            "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
        (b"\x89PNG\r\n\x1a\n....IHDR\x00\x00\x20\x00\x00\x00\x20\x00", "PHOTO_INVALID_DIMENSIONS"),
        (b"GIF89a\x01\x00\x15\x00", "PHOTO_INVALID_DIMENSIONS"),
    ],
)
def test_a_picture_that_is_none(api: Caller, chat: int, content: bytes, told: str) -> None:
    answer = api.upload("sendPhoto", {"photo": ("a.png", content)}, chat_id=str(chat))
    assert refusal_of(answer) == (400, f"Bad Request: {told}")


def test_a_document_is_no_photo(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    file = anna.sends_document(b"x", to=bot).shown["document"]["file_id"]
    refusal = (400, "Bad Request: can't use file of type Document as Photo")
    assert api.refusal("sendPhoto", chat_id=chat, photo=file) == refusal


def test_a_bot_sends_an_album(anna: User, bot: Bot, api: Caller, chat: int, picture: bytes) -> None:
    media = (
        '[{"type": "photo", "media": "attach://one", "caption": "<b>One.</b>", "parse_mode": "HTML"},'
        ' {"type": "photo", "media": "attach://two"}]'
    )
    files = {"one": ("a.png", picture), "two": ("b.png", picture)}
    messages = result_of(api.upload("sendMediaGroup", files, chat_id=str(chat), media=media))
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["One.", None]
    assert messages[1]["message_id"] == messages[0]["message_id"] + 1


def test_an_album_of_which_a_part_is_wrong_is_not_sent_at_all(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    before = len(anna.sees(bot))
    known = anna.sends_photo(to=bot).shown["photo"][0]["file_id"]
    media = [{"type": "photo", "media": known}, {"type": "photo", "media": "nothing"}]
    assert api.refusal("sendMediaGroup", chat_id=chat, media=media)[0] == 400
    assert len(anna.sees(bot)) == before + 1


def _last(anna: User, bot: Bot) -> Message:
    return anna.sees(bot)[-1]
