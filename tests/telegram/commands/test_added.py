from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest

from bot.telegram.handling import BotApplication
from tests.telegram.api import ME, Api, error, ok
from tests.telegram.commands.test_forget import BOT, press
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, GROUP, NEWS, NOW, RIGHTS, command, message

SMALL: dict[str, Any] = {"id": -77, "type": "group", "title": "Newsroom"}
BORIS: dict[str, Any] = {**ANNA, "id": 8, "language_code": "ru"}
LEFT = {"status": "left", "user": BOT}
KICKED = {"status": "kicked", "user": BOT, "until_date": 0}
MEMBER = {"status": "member", "user": BOT}
ADMINISTRATOR = {"status": "administrator", "user": BOT, **dict.fromkeys(RIGHTS, False)}
_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)
_numbers = count(300_000)


def change(
    old: Mapping[str, Any], new: Mapping[str, Any], chat: Mapping[str, Any] = GROUP, by: Mapping[str, Any] = ANNA
) -> dict[str, Any]:
    """Make the update that tells what the bot is in a chat now."""
    told = {"chat": chat, "from": by, "date": NOW, "old_chat_member": old, "new_chat_member": new}
    return {"update_id": next(_numbers), "my_chat_member": told}


@pytest.mark.parametrize("chat", [GROUP, SMALL])
@pytest.mark.parametrize("before", [LEFT, KICKED])
async def test_added_to_a_group_it_says_there_what_it_does_and_what_to_do_first(
    office: Office, chat: dict[str, Any], before: dict[str, Any]
) -> None:
    (said,) = await office.gets(change(before, MEMBER, chat))
    assert (said["method"], said["chat_id"]) == ("sendMessage", chat["id"])
    assert "reply_parameters" not in said
    assert said["text"].startswith("👋 I am <b>Sitrep</b>")
    assert "Answer a post with /summary." in said["text"]
    assert "make me an administrator" in said["text"]
    assert len(said["text"].split("\n")) <= 4


async def test_it_speaks_the_language_of_who_added_it(office: Office) -> None:
    (said,) = await office.gets(change(LEFT, MEMBER, by=BORIS))
    assert "сделайте меня администратором" in said["text"]
    assert len(said["text"].split("\n")) <= 4


async def test_where_it_sees_all_messages_it_asks_for_no_right(
    office: Office, application: BotApplication, api: Api
) -> None:
    (said,) = await office.gets(change(LEFT, ADMINISTRATOR))
    assert "Forward posts here, then send /summary." in said["text"]
    assert "administrator" not in said["text"]
    api.will_say("getMe", ok({**ME, "can_read_all_group_messages": True}))
    await application.bot.get_me()
    (said,) = await office.gets(change(LEFT, MEMBER, SMALL))
    assert "administrator" not in said["text"]


@pytest.mark.parametrize(
    ("old", "new"),
    [(MEMBER, ADMINISTRATOR), (ADMINISTRATOR, MEMBER), (ADMINISTRATOR, ADMINISTRATOR), (MEMBER, LEFT), (LEFT, KICKED)],
)
@pytest.mark.parametrize("chat", [GROUP, NEWS])
async def test_when_it_is_promoted_or_goes_it_says_nothing(
    office: Office, old: dict[str, Any], new: dict[str, Any], chat: dict[str, Any]
) -> None:
    await office.gets(command("/help"))
    assert await office.gets(change(old, new, chat)) == []


async def test_the_message_that_tells_of_it_as_well_is_passed_over(office: Office) -> None:
    joined = message(chat=GROUP, new_chat_members=[BOT])
    assert len(await office.gets(change(LEFT, MEMBER), joined)) == 1


async def test_added_again_after_it_was_removed_it_says_it_again(office: Office) -> None:
    assert len(await office.gets(change(LEFT, MEMBER), change(MEMBER, KICKED), change(KICKED, MEMBER))) == 2


async def test_a_group_that_becomes_a_supergroup_is_not_told_again(office: Office, api: Api) -> None:
    await office.gets(change(LEFT, MEMBER, SMALL))
    moved = error(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=GROUP["id"])
    api.will_say("getChat", moved)
    came, to = change(LEFT, MEMBER), message(chat=SMALL, migrate_to_chat_id=GROUP["id"])
    assert await office.gets(came, to, message(chat=GROUP, migrate_from_chat_id=SMALL["id"])) == []
    assert api.asked("getChat") == [{"chat_id": str(SMALL["id"])}]


@pytest.mark.parametrize(
    "answer",
    [
        error(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009),
        error(403, "Forbidden: bot was kicked from the group chat"),
        error(400, "Bad Request: chat not found"),
        ok({**SMALL, "accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}),
    ],
)
async def test_another_group_of_the_same_name_is_told(office: Office, api: Api, answer: Any) -> None:
    await office.gets(change(LEFT, MEMBER, SMALL))
    api.will_say("getChat", answer)
    assert len(await office.gets(change(LEFT, MEMBER))) == 1


async def test_added_to_a_channel_it_tells_in_private_and_says_nothing_there(office: Office) -> None:
    await office.gets(command("/start"))
    (said,) = await office.gets(change(LEFT, {**ADMINISTRATOR, "can_post_messages": True}, NEWS))
    assert (said["method"], said["chat_id"]) == ("sendMessage", ANNA["id"])
    assert said["text"].startswith("📣 I am in <b>World News</b> now.")
    assert "/recap" in said["text"]


async def test_in_a_channel_where_it_may_not_post_it_says_what_it_needs(office: Office) -> None:
    await office.gets(command("/start"))
    (said,) = await office.gets(change(LEFT, {**ADMINISTRATOR, "can_post_messages": False}, NEWS))
    assert "I may not post in <b>World News</b>" in said["text"]


async def test_who_has_not_started_it_is_not_told_of_his_channel(office: Office) -> None:
    assert await office.gets(change(LEFT, {**ADMINISTRATOR, "can_post_messages": True}, NEWS)) == []


async def test_who_has_just_chosen_it_for_a_recap_is_not_told(office: Office) -> None:
    await office.gets(command("/recap"), press("recap:choose"))
    added = change(LEFT, {**ADMINISTRATOR, "can_post_messages": True}, NEWS)
    assert await office.gets(added) == []


async def test_of_his_channel_somebody_is_told_in_the_language_that_he_has_chosen(office: Office) -> None:
    (page,) = await office.gets(command("/settings"))
    data = next(row[0]["callback_data"] for row in page["reply_markup"]["inline_keyboard"])
    for _ in range(2):  # English, then Russian
        *_, page = await office.gets(press(data))
        data = page["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    (said,) = await office.gets(change(LEFT, {**ADMINISTRATOR, "can_post_messages": True}, NEWS))
    assert said["text"].startswith("📣 Теперь я в канале <b>World News</b>.")
