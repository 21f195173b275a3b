from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message, MessageEntity, Update

from bot.posts import Desk, Mark, MarkKind, Origin, OriginKind, Post
from bot.settings import Settings
from bot.store.desks import analyses, bursts, posts
from bot.telegram.intake.bursts import QUIET
from bot.telegram.intake.carried import is_post, read_post
from bot.text.analysis import VERSION
from tests.telegram.conftest import Office
from tests.telegram.messages import (
    FROM_CHANNEL,
    FROM_CHAT,
    FROM_HIDDEN,
    FROM_SECRET,
    FROM_USER,
    GROUP,
    NEWS,
    NOW,
    PRIVATE,
    SECRET,
    channel_post,
    command,
    message,
)

EARLIER = datetime.fromtimestamp(NOW - 3600, UTC)
TEXT = "The government resigned on Monday."


def _message(update: dict[str, Any]) -> Message:
    found = Update.de_json(update, None).effective_message
    assert found
    return found


def _post(update: dict[str, Any]) -> Post:
    return read_post(_message(update))


@pytest.mark.parametrize(
    ("forwarded", "origin", "url"),
    [
        (
            FROM_CHANNEL,
            Origin(OriginKind.CHANNEL, "World News", "worldnews", -1001234, 9, "Ed."),
            "https://t.me/worldnews/9",
        ),
        (FROM_SECRET, Origin(OriginKind.CHANNEL, "Closed circle", None, -1005678, 3), "https://t.me/c/5678/3"),
        (FROM_USER, Origin(OriginKind.USER, "Boris", None, 8), None),
        (FROM_HIDDEN, Origin(OriginKind.HIDDEN_USER, "Nobody"), None),
        (FROM_CHAT, Origin(OriginKind.CHAT, "Newsroom", None, -1002000, None, "boss"), None),
    ],
    ids=["channel", "private channel", "user", "hidden user", "chat"],
)
def test_a_forward_keeps_its_origin_its_date_and_its_address(
    forwarded: dict[str, Any], origin: Origin, url: str | None
) -> None:
    post = _post(message(TEXT, forward_origin=forwarded))
    assert (post.text, post.date, post.origin, post.url) == (TEXT, EARLIER, origin, url)


def test_what_is_typed_by_hand_comes_from_its_writer() -> None:
    post = _post(message(TEXT))
    assert post.origin == Origin(OriginKind.USER, "Anna K.", "anna", 7)
    assert (post.url, post.date) == (None, datetime.fromtimestamp(NOW, UTC))


def test_a_post_of_a_supergroup_has_an_address() -> None:
    update = message(TEXT, chat=GROUP)
    assert _post(update).url == f"https://t.me/c/2000/{update['message']['message_id']}"


def test_an_anonymous_administrator_writes_as_the_group() -> None:
    post = _post(message(TEXT, chat=GROUP, sender_chat=GROUP))
    assert post.origin == Origin(OriginKind.CHAT, "Newsroom", None, -1002000)


def test_a_channel_post_comes_from_the_channel() -> None:
    post = _post(channel_post(TEXT, author_signature="Ed."))
    number = post.id.partition(":")[2]
    assert post.origin == Origin(OriginKind.CHANNEL, "World News", "worldnews", -1001234, int(number), "Ed.")
    assert post.url == f"https://t.me/worldnews/{number}"


def test_a_caption_is_a_text() -> None:
    entities = [{"type": "bold", "offset": 4, "length": 10}]
    post = _post(message(caption=TEXT, caption_entities=entities, photo=[]))
    assert (post.text, post.marks) == (TEXT, (Mark(MarkKind.BOLD, 4, 14),))


async def test_a_poll_is_read_as_its_question_and_options(office: Office) -> None:
    poll = {
        "id": "1",
        "question": "Should the bridge over the Weser be closed?",
        "options": [{"persistent_id": "0", "text": text, "voter_count": 0} for text in ("Yes, at once", "No")],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
    update = message(poll=poll, forward_origin=FROM_CHANNEL)
    asked = "Should the bridge over the Weser be closed?\n– Yes, at once\n– No"
    assert _post(update).text == asked
    told = "Engineers found cracks in two of its pillars."
    assert _post(message(poll={**poll, "description": told})).text == f"{told}\n{asked}"
    assert [call["method"] for call in await office.gets(update)] == ["setMessageReaction"]


_ABOVE: dict[str, Any] = {"origin": FROM_CHANNEL, "chat": NEWS, "message_id": 9}
_QUOTE: dict[str, Any] = {
    "text": TEXT,
    "position": 0,
    "entities": [{"type": "bold", "offset": 4, "length": 10}],
    "is_manual": True,
}


@pytest.mark.parametrize("words", ["важно!", "👇 read", "Look at this"])
def test_a_message_that_points_at_what_it_quotes_brings_that(words: str) -> None:
    post = _post(message(words, quote=_QUOTE, external_reply=_ABOVE))
    assert (post.text, post.url) == (TEXT, "https://t.me/worldnews/9")


async def test_a_message_without_words_that_quotes_a_post_of_another_chat_brings_that(office: Office) -> None:
    update = message(sticker=_STICKER, quote=_QUOTE, external_reply=_ABOVE)
    post = _post(update)
    assert (post.text, post.marks, post.date) == (TEXT, (Mark(MarkKind.BOLD, 4, 14),), EARLIER)
    assert post.origin == Origin(OriginKind.CHANNEL, "World News", "worldnews", -1001234, 9, "Ed.")
    assert post.url == "https://t.me/worldnews/9"
    assert [call["method"] for call in await office.gets(update)] == ["setMessageReaction"]
    assert await _stored(office, Desk(7)) == [TEXT]


def test_what_a_message_says_is_kept_apart_from_what_it_quotes() -> None:
    post = _post(message("I doubt it.", quote=_QUOTE, external_reply=_ABOVE))
    assert (post.text, post.marks, post.origin) == ("I doubt it.", (), Origin(OriginKind.USER, "Anna K.", "anna", 7))
    within = message("I doubt it.", quote=_QUOTE, reply_to_message=message(TEXT)["message"])
    assert _post(within).text == "I doubt it."


def test_the_address_of_a_preview_is_none_of_the_post() -> None:
    preview = {"url": "https://example.org/news"}
    assert _post(message(TEXT, forward_origin=FROM_USER, link_preview_options=preview)).url is None
    assert (
        _post(message(TEXT, forward_origin=FROM_CHANNEL, link_preview_options=preview)).url
        == "https://t.me/worldnews/9"
    )


def test_offsets_of_marks_count_code_points() -> None:
    entities = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "text_link", "offset": 3, "length": 4, "url": "https://example.org"},
        {"type": "spoiler", "offset": 3, "length": 4},
    ]
    marks = _post(message("🇦 fire", entities=entities)).marks
    assert marks == (Mark(MarkKind.BOLD, 0, 1), Mark(MarkKind.LINK, 2, 6, "https://example.org"))


@given(st.text(max_size=50), st.data())
def test_every_mark_covers_the_text_that_telegram_means(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offset, length = (len(part.encode("utf-16-le", "surrogatepass")) // 2 for part in (text[:start], text[start:end]))
    entity = {"type": "italic", "offset": offset, "length": length}
    marks = _post(message(text, entities=[entity])).marks
    assert marks == ((Mark(MarkKind.ITALIC, start, end),) if start < end else ())


@given(st.text(max_size=20), st.integers(0, 60), st.integers(0, 60))
def test_marks_that_make_no_sense_stay_within_the_text(text: str, offset: int, length: int) -> None:
    entity = {"type": MessageEntity.BOLD, "offset": offset, "length": length}
    for mark in _post(message(text, entities=[entity])).marks:
        assert 0 <= mark.start < mark.end <= len(text)


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (message("Hi"), False),
        (message("Hi."), True),
        (message("Hi", chat=GROUP), False),
        (message("Hi", chat=GROUP, forward_origin=FROM_USER), True),
        (message("x" * 30, chat=GROUP), True),
        (channel_post("Hi"), True),
        (message(" \n "), False),
        (message("!!! 🔥"), False),
        (message(photo=[]), False),
    ],
    ids=[
        "few words",
        "private",
        "talk in a group",
        "forward to a group",
        "long in a group",
        "channel",
        "blank",
        "no words",
        "no text",
    ],
)
def test_what_is_a_post(update: dict[str, Any], expected: bool) -> None:
    assert is_post(_message(update), group_post_chars=30) is expected


async def _stored(office: Office, desk: Desk) -> list[str]:
    async with office.store.read() as conn:
        return [stored.post.text for stored in await posts.select(conn, desk)]


async def test_a_forward_is_kept_read_and_acknowledged_by_a_reaction(office: Office) -> None:
    update = message(TEXT, forward_origin=FROM_CHANNEL)
    (call,) = await office.gets(update)
    assert (call["method"], call["chat_id"]) == ("setMessageReaction", PRIVATE["id"])
    assert (call["message_id"], call["reaction"]) == (
        update["message"]["message_id"],
        [{"type": "emoji", "emoji": "👀"}],
    )
    async with office.store.read() as conn:
        (stored,) = await posts.select(conn, Desk(7))
        assert list(await analyses.get(conn, [stored.seq], VERSION)) == [stored.seq]


async def test_a_post_that_is_forwarded_twice_is_kept_once(office: Office) -> None:
    await office.gets(message(TEXT, forward_origin=FROM_CHANNEL), message(TEXT, forward_origin=FROM_CHANNEL))
    assert await _stored(office, Desk(7)) == [TEXT]


async def test_an_edit_replaces_the_text(office: Office) -> None:
    update = message(TEXT)
    await office.gets(update)
    number = update["message"]["message_id"]
    await office.gets(message("The government stays.", "edited_message", message_id=number, edit_date=NOW + 60))
    assert await _stored(office, Desk(7)) == ["The government stays."]


async def test_a_caption_that_is_taken_away_is_told_no_more(office: Office) -> None:
    picture = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]
    first = message(photo=picture, caption=TEXT)
    number = first["message"]["message_id"]
    await office.gets(first)
    await office.gets(message(None, "edited_message", message_id=number, photo=picture, edit_date=NOW + 60))
    assert await _stored(office, Desk(7)) == [""]
    assert not any(TEXT[:20] in call.get("text", "") for call in await office.gets(command("/summary")))


async def test_an_edit_that_comes_before_its_post_stands(office: Office) -> None:
    first = message("The government fell on Monday, and 300 people were there.")
    number = first["message"]["message_id"]
    later = message("The government stays.", "edited_message", message_id=number, edit_date=NOW + 60)
    await office.gets(later)
    await office.gets(first)
    assert await _stored(office, Desk(7)) == ["The government stays."]
    summary = await office.says(command("/summary"))
    assert "The government stays." in summary
    assert "300" not in summary


@pytest.mark.parametrize("seconds", [0, 60], ids=["within a second", "a minute later"])
async def test_of_two_edits_the_later_one_stands_whichever_comes_first(office: Office, seconds: int) -> None:
    await office.gets(first := message("Draft."))
    number = first["message"]["message_id"]
    earlier = message("The government fell.", "edited_message", message_id=number, edit_date=NOW + 60)
    later = message("The government stays.", "edited_message", message_id=number, edit_date=NOW + 60 + seconds)
    await office.gets(later)
    await office.gets(earlier)
    assert await _stored(office, Desk(7)) == ["The government stays."]


async def test_an_edit_with_a_lower_update_id_is_still_the_later_one(office: Office) -> None:
    await office.gets(first := message("The government fell."))
    later = message(
        "The government stays.", "edited_message", message_id=first["message"]["message_id"], edit_date=NOW + 700_000
    )
    await office.gets(later | {"update_id": 3})
    assert await _stored(office, Desk(7)) == ["The government stays."]


async def test_the_edit_of_a_part_of_an_album_that_comes_before_it_stands(office: Office) -> None:
    part = message(caption="The river fell.", photo=[], media_group_id="a")
    edited = message(
        kind="edited_message",
        caption="The river rose.",
        photo=[],
        media_group_id="a",
        message_id=part["message"]["message_id"],
        edit_date=NOW + 60,
    )
    await office.gets(edited)
    await office.gets(part)
    assert await _stored(office, Desk(7)) == ["The river rose."]


async def test_talk_that_grows_into_a_post_by_an_edit_is_kept(office: Office) -> None:
    update = message("Hi", chat=GROUP)
    await office.gets(update)
    assert await _stored(office, Desk(GROUP["id"])) == []
    longer = TEXT * 10
    number = update["message"]["message_id"]
    await office.gets(message(longer, "edited_message", chat=GROUP, message_id=number, edit_date=NOW + 60))
    assert await _stored(office, Desk(GROUP["id"])) == [longer]


async def test_topics_are_desks_of_their_own(office: Office) -> None:
    await office.gets(
        message(TEXT, chat=GROUP, forward_origin=FROM_USER, message_thread_id=5, is_topic_message=True),
        message("In a thread of replies.", chat=GROUP, forward_origin=FROM_USER, message_thread_id=6),
    )
    assert await _stored(office, Desk(GROUP["id"], 5)) == [TEXT]
    assert await _stored(office, Desk(GROUP["id"])) == ["In a thread of replies."]


async def test_a_channel_post_and_its_edit_are_kept_without_a_word(office: Office) -> None:
    update = channel_post(TEXT)
    assert await office.gets(update) == []
    edited = channel_post("Corrected.", "edited_channel_post", message_id=update["channel_post"]["message_id"])
    assert await office.gets(edited) == []
    assert await _stored(office, Desk(-1001234)) == ["Corrected."]


@pytest.mark.parametrize(
    ("update", "reactions"),
    [
        (message(TEXT * 10, chat=GROUP), 0),
        (message(TEXT, chat=GROUP, forward_origin=FROM_CHANNEL), 1),
        (message(TEXT, chat=GROUP, forward_origin=FROM_CHANNEL, is_automatic_forward=True), 0),
    ],
    ids=["typed", "forwarded", "its own channel"],
)
async def test_in_a_group_only_forwards_are_acknowledged(
    office: Office, update: dict[str, Any], reactions: int
) -> None:
    assert len(await office.gets(update)) == reactions


async def test_who_wants_no_acknowledgement_gets_none(office: Office, settings: Settings) -> None:
    quiet = settings.model_copy(update={"intake": settings.intake.model_copy(update={"acknowledge": "none"})})
    office.settings = quiet
    assert await office.gets(message(TEXT)) == []
    assert await _stored(office, Desk(7)) == [TEXT]


async def test_a_forward_that_begins_like_a_command_is_a_post(office: Office) -> None:
    await office.gets(command("/summary of the year: the government resigned.", forward_origin=FROM_USER))
    assert await _stored(office, Desk(7)) == ["/summary of the year: the government resigned."]


async def test_a_command_that_is_edited_is_neither_a_post_nor_answered_again(office: Office) -> None:
    asked = command("/help")
    await office.gets(asked)
    number = asked["message"]["message_id"]
    assert await office.gets(command("/start", kind="edited_message", message_id=number, edit_date=NOW + 1)) == []
    assert await _stored(office, Desk(7)) == []


async def test_a_picture_without_words_is_answered_by_what_can_be_read(office: Office) -> None:
    assert "nothing to read in this" in await office.says(message(sticker=_STICKER))
    assert await office.gets(message(sticker=_STICKER, chat=GROUP)) == []
    assert await office.gets(message(sticker=_STICKER, media_group_id="5")) == []
    assert await office.gets(message(pinned_message={"message_id": 1, "date": 0, "chat": SECRET})) == []


@pytest.mark.parametrize("text", ["!!!", "🔥", "👍🏽", "…"])
async def test_a_text_without_words_is_answered_by_what_can_be_read(office: Office, text: str) -> None:
    assert "nothing to read in this" in await office.says(message(text))
    assert await office.gets(message(text, chat=GROUP, forward_origin=FROM_USER)) == []
    assert await _stored(office, Desk(7)) == []


async def test_many_pictures_without_words_are_answered_once(office: Office) -> None:
    first = await office.gets(*(message(sticker=_STICKER) for _ in range(10)))
    assert [call["method"] for call in first] == ["sendMessage"]
    await office.gets(message(TEXT))
    assert await office.gets(message(sticker=_STICKER)) == []
    async with office.store.write() as conn:
        await bursts.take(conn, datetime.now(UTC) + QUIET)
    assert len(await office.gets(message(sticker=_STICKER), message(sticker=_STICKER))) == 1


async def test_a_picture_is_answered_in_a_topic_of_its_own(office: Office) -> None:
    topics = [message(sticker=_STICKER, message_thread_id=n, is_topic_message=True) for n in (4, 5, 4)]
    calls = await office.gets(*topics)
    assert [call["message_thread_id"] for call in calls] == [4, 5]


async def test_who_edits_a_pasted_copy_leaves_the_original(office: Office) -> None:
    long = f"{TEXT} Its ministers had asked for that since the middle of the month, and nobody was surprised."
    await office.gets(message(long, forward_origin=FROM_CHANNEL))
    pasted = message(long)
    await office.gets(pasted)
    assert await _stored(office, Desk(7)) == [long]
    number = pasted["message"]["message_id"]
    await office.gets(message("I doubt it.", "edited_message", message_id=number, edit_date=NOW + 60))
    assert await _stored(office, Desk(7)) == [long, "I doubt it."]


_STICKER = {
    "file_id": "a",
    "file_unique_id": "b",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
    "type": "regular",
}
