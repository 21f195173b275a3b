from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from bot.posts import Desk
from bot.settings import Settings
from bot.store import tables
from bot.store.desks import posts
from tests.telegram.api import Api, error, ok
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, GROUP, PRIVATE, RIGHTS, command, message

BOT = {"id": 1, "is_bot": True, "first_name": "Sitrep", "username": "sitrep_bot"}
RIVER = "The river rose by two metres. The mayor asked 300 people to leave their houses."
_numbers = count(500_000)


def member(status: str) -> dict[str, Any]:
    """What getChatMember says of Anna."""
    rights = RIGHTS if status == "administrator" else ("is_anonymous",)
    return {"status": status, "user": ANNA, **dict.fromkeys(rights, True)}


def press(data: str, chat: dict[str, Any] = PRIVATE, *, old: bool = False) -> dict[str, Any]:
    """Make an update in which Anna presses a button under a message of the bot."""
    shown = {"message_id": 90, "date": 0 if old else 1732170300, "chat": chat}
    seen = shown if old else {**shown, "from": BOT, "text": "Delete?"}
    query = {"id": "77", "from": ANNA, "chat_instance": "1", "data": data, "message": seen}
    return {"update_id": next(_numbers), "callback_query": query}


async def collect(office: Office, **fields: Any) -> None:
    await office.gets(message(RIVER, forward_origin=FROM_CHANNEL, **fields))


async def test_it_asks_before_it_deletes(office: Office) -> None:
    await collect(office)
    (asked,) = await office.gets(command("/forget"))
    assert "1 post" in asked["text"]
    assert [button["callback_data"] for button in asked["reply_markup"]["inline_keyboard"][0]] == [
        "forget:yes",
        "forget:no",
    ]
    assert "river" in await office.says(command("/summary"))


async def test_no_copy_is_offered_where_there_is_nothing_to_copy(office: Office) -> None:
    assert (await office.says(command("/forget"))).endswith("its settings? This can't be undone.")


@pytest.mark.parametrize(
    ("recaps", "said"),
    [
        ([], "1 post and what I read in it? "),
        (["9:00"], "1 post and what I read in it, and a recap with its subscribers? "),
        (["9:00", "10:00"], "1 post and what I read in it, and 2 recaps with their subscribers? "),
    ],
)
async def test_recaps_that_go_with_it_are_named(office: Office, recaps: list[str], said: str) -> None:
    await collect(office)
    for when in recaps:
        await office.gets(command(f"/recap add daily {when}"))
    assert said in await office.says(command("/forget"))


async def test_in_a_topic_it_says_that_the_whole_group_is_meant_and_forgets_it(office: Office, api: Api) -> None:
    forum = {**GROUP, "is_forum": True}
    roads, parks = ({"chat": forum, "message_thread_id": thread, "is_topic_message": True} for thread in (4, 5))
    await collect(office, **roads)
    await collect(office, **parks)
    api.will_say("getChatMember", ok(member("creator")), ok(member("creator")))
    asked = await office.says(command("/forget", **roads))
    assert asked.startswith("Delete all that I keep of this group, in all of its topics: 2 posts")
    assert "those of the topic in which you send it" in asked
    assert "Deleted: 2 posts." in (await office.gets(press("forget:yes", forum)))[-1]["text"]
    assert "no posts from this chat" in await office.says(command("/summary", **parks))


async def test_yes_deletes_everything_of_the_chat_and_says_so_in_place(office: Office) -> None:
    await collect(office)
    await collect(office, chat=GROUP)
    told, rewritten = await office.gets(press("forget:yes"))
    assert (told["method"], told["callback_query_id"]) == ("answerCallbackQuery", "77")
    assert (rewritten["method"], rewritten["message_id"]) == ("editMessageText", 90)
    assert "Deleted: 1 post." in rewritten["text"]
    assert "reply_markup" not in rewritten
    assert "nothing to sum up" in await office.says(command("/summary"))
    assert "river" in await office.says(command("/summary", chat=GROUP))


async def test_what_was_collected_before_the_group_became_a_supergroup_is_forgotten_with_it(
    office: Office, api: Api
) -> None:
    small = {"id": -77, "type": "group", "title": "Newsroom"}
    api.will_say("getChatMember", ok(member("administrator")))
    await collect(office, chat=small)
    await collect(office, chat=small, media_group_id="1")
    await office.gets(message(chat=small, migrate_to_chat_id=GROUP["id"]))
    await office.gets(press("forget:yes", GROUP))
    async with office.store.read() as conn:
        raw = (await conn.execute(sa.select(tables.inbox.c.raw))).scalars().all()
        parts = (await conn.execute(sa.select(tables.albums.c.id))).all()
    assert not any("The river rose" in update for update in raw)
    assert parts == []


async def test_no_keeps_everything(office: Office) -> None:
    await collect(office)
    calls = await office.gets(press("forget:no"))
    assert [call["method"] for call in calls] == ["answerCallbackQuery", "editMessageText"]
    assert "river" in await office.says(command("/summary"))


async def test_pressed_twice_it_says_the_same_and_does_no_harm(office: Office) -> None:
    await collect(office)
    await office.gets(press("forget:yes"))
    calls = await office.gets(press("forget:yes"))
    assert "Deleted: the settings." in calls[-1]["text"]


async def test_a_button_that_telegram_no_longer_shows_is_answered_kindly(office: Office) -> None:
    (told,) = await office.gets(press("forget:yes", old=True))
    assert told["method"] == "answerCallbackQuery"
    assert "too old" in told["text"]


@pytest.mark.parametrize(
    ("status", "may"),
    [("creator", True), ("administrator", True), ("member", False), ("left", False)],
)
async def test_in_groups_administrators_only(office: Office, api: Api, status: str, may: bool) -> None:
    await collect(office, chat=GROUP)
    api.will_say("getChatMember", ok(member(status)), ok(member(status)))
    (asked,) = await office.gets(command("/forget", chat=GROUP))
    assert ("reply_markup" in asked) is may
    calls = await office.gets(press("forget:yes", GROUP))
    assert ("editMessageText" in {call["method"] for call in calls}) is may
    assert ("no posts from this chat" in await office.says(command("/summary", chat=GROUP))) is may


async def test_an_anonymous_administrator_may(office: Office, api: Api) -> None:
    await collect(office, chat=GROUP)
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    (asked,) = await office.gets(command("/forget", sender=anonymous, chat=GROUP, sender_chat=GROUP))
    assert "reply_markup" in asked
    assert api.asked("getChatMember") == []


async def test_somebody_who_speaks_as_a_channel_may_not(office: Office) -> None:
    as_channel = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    channel = {"id": -1009, "type": "channel", "title": "Mine"}
    text = await office.says(command("/forget", sender=as_channel, chat=GROUP, sender_chat=channel))
    assert "Only administrators" in text


async def test_when_telegram_does_not_tell_nobody_may(office: Office, api: Api) -> None:
    api.will_say("getChatMember", error(400, "Bad Request: chat not found"))
    assert "Only administrators" in await office.says(command("/forget", chat=GROUP))


_BLOCKED: dict[str, Any] = {
    "chat": PRIVATE,
    "from": ANNA,
    "date": 1732170300,
    "old_chat_member": {"status": "member", "user": BOT},
    "new_chat_member": {"status": "kicked", "user": BOT, "until_date": 0},
}


async def test_who_blocks_the_bot_is_forgotten(office: Office) -> None:
    await collect(office)
    assert await office.gets({"update_id": 400_000, "my_chat_member": _BLOCKED}) == []
    assert "nothing to sum up" in await office.says(command("/summary"))


async def test_who_blocks_the_bot_is_forgotten_even_if_he_is_not_served_any_more(
    office: Office, settings: Settings
) -> None:
    await collect(office)
    access = settings.access.model_copy(update={"blocked": (ANNA["id"],)})
    office.settings = settings.model_copy(update={"access": access})
    await office.gets({"update_id": 400_000, "my_chat_member": _BLOCKED})
    assert await office.store.look(lambda conn: posts.count(conn, Desk(ANNA["id"]))) == 0
