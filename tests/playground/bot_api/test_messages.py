"""Identifiers and senders of messages, and who hears of what."""

from bot.playground.client.cast import Bot, User
from bot.playground.client.local_telegram import LocalTelegram
from tests.playground.caller import Caller


def test_channels_and_supergroups_count_for_themselves(telegram: LocalTelegram, anna: User) -> None:
    first, second = telegram.channel("One"), telegram.channel("Two")
    group = telegram.supergroup("Newsroom", anna)
    assert [first.post("x").id, first.post("x").id, second.post("x").id] == [1, 2, 1]
    assert anna.writes("x", to=group).id == 1


def test_private_chats_and_basic_groups_share_the_sequence_of_their_bot(
    telegram: LocalTelegram, anna: User, bot: Bot
) -> None:
    max_, group = telegram.user("Max"), telegram.group("Newsroom", anna, bot)
    numbers = [
        anna.writes("x", to=bot).id,
        max_.writes("x", to=bot).id,
        anna.writes("x", to=group).id,
        anna.writes("x", to=bot).id,
    ]
    assert numbers == [1, 2, 3, 4]


def test_service_messages_and_parts_of_albums_use_numbers(telegram: LocalTelegram, anna: User, bot: Bot) -> None:
    group = telegram.supergroup("Newsroom", anna)
    group.adds(bot)
    album = anna.sends_album("One.", "Two.", to=group)
    assert [message.id for message in album] == [2, 3]
    assert "new_chat_members" in group.messages()[0].shown


def test_a_channel_speaks_without_a_person(telegram: LocalTelegram, bot: Bot, api: Caller) -> None:
    channel = telegram.channel("River News", username="river_news")
    channel.promotes(bot)
    api.confirm()
    channel.post("The river rose.")
    post = api.updates()[0]["channel_post"]
    assert post["sender_chat"] == post["chat"]
    assert post["chat"] == {"id": channel.id, "title": "River News", "username": "river_news", "type": "channel"}
    assert "from" not in post


def test_posts_are_signed_where_that_is_switched_on(telegram: LocalTelegram, anna: User) -> None:
    channel = telegram.channel("River News", by=anna, signs=True)
    assert channel.post("The river rose.").shown["author_signature"] == "Anna Berg"


def test_an_anonymous_administrator_writes_as_the_group(
    telegram: LocalTelegram, anna: User, bot: Bot, api: Caller
) -> None:
    group = telegram.supergroup("Newsroom", bot, by=anna)
    group.promotes(bot)
    api.confirm()
    anna.writes("Morning.", to=group, as_chat=group.id)
    message = api.updates()[0]["message"]
    assert message["sender_chat"]["id"] == group.id
    assert message["from"]["username"] == "GroupAnonymousBot"


def test_a_bot_gets_no_update_for_what_it_writes_edits_and_deletes(
    telegram: LocalTelegram, bot: Bot, api: Caller, chat: int
) -> None:
    channel = telegram.channel("River News")
    channel.promotes(bot)
    api.confirm()
    for place in (chat, channel.id):
        message = api.ok("sendMessage", chat_id=place, text="x")["message_id"]
        api.ok("editMessageText", chat_id=place, message_id=message, text="y")
        api.ok("deleteMessage", chat_id=place, message_id=message)
    assert bot.updates() == []


def test_but_it_gets_one_for_what_it_pins(bot: Bot, api: Caller, chat: int) -> None:
    message = api.ok("sendMessage", chat_id=chat, text="x")["message_id"]
    api.ok("pinChatMessage", chat_id=chat, message_id=message)
    assert bot.updates()[0]["message"]["pinned_message"]["message_id"] == message
    assert api.ok("getChat", chat_id=chat)["pinned_message"]["message_id"] == message
    api.ok("unpinChatMessage", chat_id=chat)
    assert "pinned_message" not in api.ok("getChat", chat_id=chat)


def test_privacy_mode_hides_talk(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    group = telegram.supergroup("Newsroom", anna, bot)
    mine = api.ok("sendMessage", chat_id=group.id, text="Hello")
    for text in ("Talk.", "/summary", "/summary@other_bot", "/summary@News_bot now"):
        anna.writes(text, to=group)
    anna.writes("I answer.", to=group, reply_to=mine["message_id"])
    assert _texts(bot) == ["/summary", "/summary@News_bot now", "I answer."]


def test_an_administrator_and_a_bot_without_privacy_mode_hear_all(telegram: LocalTelegram, anna: User) -> None:
    curious, promoted = telegram.bot("curious_bot", privacy_mode=False), telegram.bot("promoted_bot")
    group = telegram.supergroup("Newsroom", anna, curious, promoted)
    group.promotes(promoted)
    anna.writes("Talk.", to=group)
    assert _texts(curious) == ["Talk."]
    assert _texts(promoted) == ["Talk."]


def test_bots_do_not_hear_each_other(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    other = telegram.bot("other_bot", privacy_mode=False)
    group = telegram.supergroup("Newsroom", anna, bot, other)
    api.ok("sendMessage", chat_id=group.id, text="/hello")
    assert _texts(other) == []


def test_topics_are_kept_apart(telegram: LocalTelegram, anna: User, bot: Bot, api: Caller) -> None:
    forum = telegram.supergroup("Newsroom", bot, by=anna, is_forum=True)
    topic = forum.topic("Floods")
    question = anna.writes("/summary", to=forum, topic=topic)
    answer = api.ok("sendMessage", chat_id=forum.id, message_thread_id=topic, text="Rising.")
    assert answer["message_thread_id"] == question.shown["message_thread_id"] == topic
    assert answer["is_topic_message"] is True
    refusal = (400, "Bad Request: message thread not found")
    assert api.refusal("sendMessage", chat_id=forum.id, message_thread_id=999, text="x") == refusal


def test_an_answer_quotes_what_it_answers(anna: User, bot: Bot, api: Caller, chat: int) -> None:
    question = anna.writes("How high?", to=bot)
    first = api.ok("sendMessage", chat_id=chat, text="2 m", reply_parameters={"message_id": question.id})
    assert first["reply_to_message"]["text"] == "How high?"
    second = api.ok("sendMessage", chat_id=chat, text="3 m", reply_parameters={"message_id": first["message_id"]})
    assert "reply_to_message" not in second["reply_to_message"]


def _texts(bot: Bot) -> list[str]:
    return [update["message"]["text"] for update in bot.updates() if "text" in update.get("message", {})]
