"""/recap by one line; by buttons see test_recap_buttons."""

from typing import Any

import pytest

from bot.posts import Desk
from bot.recap import Recap, RecapState
from bot.store.queues import channel_messages
from bot.store.recapping import recaps
from bot.telegram.commands.recaps.destination import read_reference
from bot.telegram.commands.recaps.setup import MOST_RECAPS
from tests.telegram.api import Answer, Api, error, ok
from tests.telegram.commands.test_forget import member
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, GROUP, NEWS, PRIVATE, command, message
from tests.telegram.writing.test_markup import Seen

FULL_CHAT = {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)}  # fmt: skip
MAY_POST_FIELDS = {**member("administrator"), "can_post_messages": True}
MAY_POST = ok(MAY_POST_FIELDS)
MAY_NOT_POST = ok({**member("administrator"), "can_post_messages": False})
OWNER = ok(member("creator"))
LEFT, MEMBER = ok(member("left")), ok(member("member"))
MUTED = ok({
    **member("member"), "status": "restricted", "is_member": True, "until_date": 0,
    **dict.fromkeys(("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
                     "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
                     "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages",
                     "can_manage_topics", "can_edit_tag", "can_react_to_messages"), False),
})  # fmt: skip
ABSENT = error(403, "Forbidden: bot is not a member of the channel chat")
UNKNOWN = error(400, "Bad Request: chat not found")
DAILY = "daily 09:00,18:30 Europe/Yerevan"


def is_chat(chat: dict[str, Any]) -> Answer:
    """What getChat says of a chat."""
    return ok({**FULL_CHAT, **chat})


def lets_post(api: Api, chat: dict[str, Any] = NEWS, times: int = 1) -> None:
    """Let Telegram say that the bot and Anna may post in a channel."""
    for _ in range(times):
        api.will_say("getChat", is_chat(chat))
        api.will_say("getChatMember", MAY_POST, MAY_POST)


async def of_chat(office: Office, chat: dict[str, Any] = PRIVATE) -> list[Recap]:
    async with office.store.read() as conn:
        return await recaps.of_chat(conn, chat["id"])


async def the_recap(office: Office, chat: dict[str, Any] = PRIVATE) -> Recap:
    (recap,) = await of_chat(office, chat)
    return recap


@pytest.mark.parametrize(
    ("word", "chat"),
    [
        ("@worldnews", "@worldnews"),
        ("https://t.me/worldnews", "@worldnews"),
        ("t.me/worldnews/15", "@worldnews"),
        ("-1001234", -1001234),
        ("worldnews", None),
        ("09:00", None),
        ("@x", None),
        ("https://example.org/worldnews", None),
        ("-", None),
        ("@имяимя", None),
    ],
)
def test_a_chat_is_named_in_the_ways_that_people_do(word: str, chat: str | int | None) -> None:
    assert read_reference(word) == chat


async def test_one_line_sets_a_recap_of_this_desk_up_for_a_channel(office: Office, api: Api) -> None:
    lets_post(api)
    text = Seen(await office.says(command(f"/recap add @worldnews {DAILY}"))).text
    recap = await the_recap(office)
    assert text.startswith(f"✅ It is set up.\n\n🗓 News · recap № {recap.id}\n\n📣 World News\n")
    assert "\n⏰ every day, 09:00, 18:30 (Asia/Yerevan)\n" in text
    assert "next: " in text
    assert (recap.owner_id, recap.source, recap.destination) == (ANNA["id"], Desk(ANNA["id"]), Desk(NEWS["id"]))
    assert (recap.state, recap.options.lang) == (RecapState.ACTIVE, "en")
    assert [asked["chat_id"] for asked in api.asked("getChat")] == ["@worldnews"]
    assert [int(asked["user_id"]) for asked in api.asked("getChatMember")] == [1, ANNA["id"]]


async def test_the_line_may_be_in_russian(office: Office) -> None:
    russian = {**ANNA, "language_code": "ru"}
    text = Seen(await office.says(command("/recap добавить сюда по будням в 8:00 Атлантида", sender=russian))).text
    assert "Не понимаю «Атлантида»" in text
    text = Seen(await office.says(command("/recap добавить сюда по будням в 8:00 Ереван", sender=russian))).text
    assert text.startswith("✅ Готово.\n\n🗓 Новости · обзор № ")
    assert "\n📣 этот чат\n⏰ по будням, 08:00 (Asia/Yerevan)\nследующий: " in text
    recap = await the_recap(office)
    assert (recap.destination, recap.options.lang) == (Desk(ANNA["id"]), "ru")


@pytest.mark.parametrize("line", ["/recap add daily 9:00", "/recap add here daily 9:00"])
async def test_without_a_channel_a_recap_is_for_this_topic(office: Office, api: Api, line: str) -> None:
    api.will_say("getChatMember", ok(member("administrator")))
    topic: dict[str, Any] = {"chat": GROUP, "message_thread_id": 5, "is_topic_message": True}
    (call,) = await office.gets(command(line, **topic))
    assert call["message_thread_id"] == 5
    recap = await the_recap(office, GROUP)
    assert (recap.source, recap.destination) == (Desk(GROUP["id"], 5), Desk(GROUP["id"], 5))
    assert recap.owner_id == ANNA["id"]


async def test_a_zone_that_the_chat_has_chosen_holds_where_the_line_names_none(office: Office) -> None:
    await office.gets(command("/settings Tbilisi"))
    assert "(Asia/Tbilisi)" in await office.says(command("/recap add daily 9:00"))
    assert "(Asia/Yerevan)" in await office.says(command("/recap add daily 9:00 Yerevan"))


async def test_who_writes_what_a_recap_can_t_be_told_so_learns_where_its_buttons_are(office: Office) -> None:
    await office.gets(command("/recap add daily 9:00"))
    number = (await the_recap(office)).id
    said = await office.says(command(f"/recap {number} Pause"))
    assert said.startswith("I don't understand “Pause”.")
    assert f"<code>/recap {number}</code> has buttons for the rest" in said


async def test_a_line_that_comes_twice_makes_one_recap(office: Office) -> None:
    await office.says(command("/recap add daily 9:00"))
    assert "That recap is there already." in await office.says(command("/recap add at 9:00 every day"))
    await the_recap(office)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/recap add daily 25:00", "I don't understand “25:00”."),
        ("/recap add daily 9:00 Europe/Atlantis", "I don't understand “Europe/Atlantis”."),
        ("/recap add <b>daily</b> 9:00", "I don't understand “<b>daily</b>”."),
        ("/recap add @worldnews daily", "At what time?"),
        ("/recap add daily " + ",".join(f"{hour}:30,{hour}:00" for hour in range(24)), "At most 24 times a day"),
        ("/recap tomorrow", "I can't make sense of “tomorrow”."),
        ("/recap 1 daily 9:00", "There is no recap № 1 here"),
        ("/recap ² daily", "I can't make sense of “² daily”."),
    ],
)
async def test_what_makes_no_sense_is_answered_by_how_to_write_it(office: Office, line: str, said: str) -> None:
    assert Seen(await office.says(command(line))).text.startswith(said)
    assert await of_chat(office) == []


@pytest.mark.parametrize(
    ("chat", "members", "said"),
    [
        (UNKNOWN, [], "I can't find @worldnews. Check the name."),
        (is_chat({**PRIVATE, "username": "worldnews"}), [], "@worldnews is a person or a bot."),
        (is_chat(NEWS), [ABSENT], "I am not in World News yet."),
        (is_chat(NEWS), [LEFT], "I am not in World News yet."),
        (is_chat(NEWS), [MAY_NOT_POST], "I may not post in World News."),
        (is_chat(NEWS), [MAY_POST, error(400, "Bad Request: user not found")], "You are no administrator of World"),
        (is_chat(NEWS), [MAY_POST, MEMBER], "You are no administrator of World News."),
        (is_chat(NEWS), [MAY_POST, LEFT], "You are no administrator of World News."),
        (is_chat(NEWS), [MAY_POST, MAY_NOT_POST], "You may not post in World News yourself"),
        (is_chat(GROUP), [LEFT], "I am not in Newsroom yet."),
        (is_chat(GROUP), [MUTED], "I may not write in Newsroom."),
        (is_chat(GROUP), [MEMBER, MEMBER], "You are no administrator of Newsroom."),
    ],
)
async def test_what_is_wrong_with_a_place_is_named(
    office: Office, api: Api, chat: Answer, members: list[Answer], said: str
) -> None:
    api.will_say("getChat", chat)
    api.will_say("getChatMember", *members)
    assert Seen(await office.says(command("/recap add @worldnews daily 9:00"))).text.startswith(said)
    assert await of_chat(office) == []


@pytest.mark.parametrize(
    ("chat", "members"),
    [(NEWS, [MAY_POST, OWNER]), (GROUP, [MEMBER, OWNER]), (GROUP, [ok(member("administrator"))] * 2)],
)
async def test_where_nothing_is_wrong_it_is_set_up(
    office: Office, api: Api, chat: dict[str, Any], members: list[Answer]
) -> None:
    api.will_say("getChat", is_chat(chat))
    api.will_say("getChatMember", *members)
    assert "It is set up" in await office.says(command("/recap add @worldnews daily 9:00"))
    assert (await the_recap(office)).destination == Desk(chat["id"])


async def test_when_telegram_can_t_be_reached_nobody_is_told_that_something_is_wrong_with_the_place(
    office: Office, api: Api
) -> None:
    api.will_say("getChat", *[error(500, "Internal Server Error")] * 3)
    assert "Something went wrong on my side" in await office.says(command("/recap add @worldnews daily 9:00"))


async def test_a_channel_can_be_named_by_a_reply_to_one_of_its_posts(office: Office, api: Api) -> None:
    forwarded = message("The river rose by two metres.", forward_origin=FROM_CHANNEL)
    lets_post(api)
    (asked,) = await office.gets(command("/recap", reply_to_message=forwarded["message"]))
    assert "A recap for <b>World News</b>. When?" in asked["text"]
    assert api.asked("getChat")[0]["chat_id"] in (NEWS["id"], str(NEWS["id"]))
    async with office.store.read() as conn:
        assert await channel_messages.after(conn, NEWS["id"], 0) == {FROM_CHANNEL["message_id"]}


@pytest.mark.parametrize(("kind", "may_edit"), [(NEWS, True), (NEWS, False), (GROUP, True)])
async def test_a_right_that_the_bot_should_not_have_is_named(
    office: Office, api: Api, kind: dict[str, Any], *, may_edit: bool
) -> None:
    api.will_say("getChat", is_chat(kind))
    api.will_say("getChatMember", ok({**MAY_POST_FIELDS, "can_edit_messages": may_edit}), MAY_POST)
    answer = await office.says(command("/recap add @worldnews daily 9:00"))
    assert "It is set up" in answer
    warned = "switch “Edit messages of others” off" in answer and "may come twice" in answer
    assert warned == (may_edit and kind is NEWS)


async def test_a_forwarded_post_tells_which_ids_of_a_channel_are_not_ours(office: Office, api: Api) -> None:
    lets_post(api)
    await office.says(command(f"/recap add @worldnews {DAILY}"))
    await office.gets(message("The river rose by two metres.", forward_origin=FROM_CHANNEL))
    async with office.store.read() as conn:
        assert await channel_messages.after(conn, NEWS["id"], 0) == {FROM_CHANNEL["message_id"]}


@pytest.mark.parametrize(("status", "may"), [("creator", True), ("administrator", True), ("member", False)])
async def test_in_groups_administrators_only(office: Office, api: Api, status: str, may: bool) -> None:
    api.will_say("getChatMember", ok(member(status)))
    text = await office.says(command("/recap add daily 9:00", chat=GROUP))
    assert ("Only administrators" in text) is not may
    assert bool(await of_chat(office, GROUP)) is may


async def test_an_anonymous_administrator_can_have_recaps_in_the_group_alone(office: Office, api: Api) -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    fields: dict[str, Any] = {"sender": anonymous, "chat": GROUP, "sender_chat": GROUP}
    assert "It is set up" in await office.says(command("/recap add daily 9:00", **fields))
    assert (await the_recap(office, GROUP)).owner_id == GROUP["id"]
    lets_post(api)
    assert "You write anonymously" in await office.says(command("/recap add @worldnews daily 9:00", **fields))


async def test_a_chat_can_have_so_many_and_no_more(office: Office) -> None:
    for hour in range(MOST_RECAPS):
        assert "It is set up" in await office.says(command(f"/recap add daily {hour}:00"))
    assert f"This chat has {MOST_RECAPS} recaps" in await office.says(command("/recap add daily 23:30"))
    assert len(await of_chat(office)) == MOST_RECAPS


async def test_a_recap_is_changed_by_one_line(office: Office) -> None:
    await office.says(command("/recap add daily 9:00 Yerevan"))
    number = (await the_recap(office)).id
    text = Seen(await office.says(command(f"/recap {number} mon,thu 7pm"))).text
    assert "⏰ Mon, Thu, 19:00 (Asia/Yerevan)" in text
    text = Seen(await office.says(command(f"/recap №{number} title News & <views>"))).text
    assert f"🗓 News & <views> · recap № {number}" in text
    text = Seen(await office.says(command(f"/recap {number} words river, flood ,, <b>"))).text
    assert "🔎 river, flood, <b>\n" in text or text.endswith("🔎 river, flood, <b>")
    await office.says(command(f"/recap {number} sources BBC News, Reuters"))
    recap = await the_recap(office)
    assert (recap.options.words, recap.options.sources) == (("river", "flood", "<b>"), ("BBC News", "Reuters"))
    await office.says(command(f"/recap {number} words –"))
    assert (await the_recap(office)).options.words == ()
    assert "I don't understand “dayly”" in await office.says(command(f"/recap {number} dayly 9:00"))
    assert (await the_recap(office)).schedule == "mon,thu 19:00 Asia/Yerevan"


async def test_a_recap_of_another_chat_is_none_of_theirs(office: Office, api: Api) -> None:
    await office.says(command("/recap add daily 9:00"))
    number = (await the_recap(office)).id
    api.will_say("getChatMember", ok(member("administrator")))
    assert "There is no recap" in await office.says(command(f"/recap {number} title Mine", chat=GROUP))
    assert (await the_recap(office)).title == "News"


async def test_a_recap_reads_further_chats_of_the_same_person(office: Office, api: Api) -> None:
    await office.says(command("/recap add daily 9:00"))
    number = (await the_recap(office)).id
    api.will_say("getChatMember", *[ok(member("administrator"))] * 3)
    for _ in range(2):
        text = await office.says(command(f"/recap {number} also", chat=GROUP))
        assert text == "✅ “News” reads this chat, too."
    assert "📥 reads 2 chats" in await office.says(command(f"/recap {number}"))
    assert (await the_recap(office)).options.desks == (Desk(GROUP["id"]),)
    stranger = {**ANNA, "id": 8}
    assert "There is no recap" in await office.says(command(f"/recap {number} also", chat=GROUP, sender=stranger))
    assert "📥" not in await office.says(command(f"/recap {number} only"))
    assert (await the_recap(office)).options.desks == ()


async def test_only_administrators_of_a_group_let_a_recap_read_it(office: Office, api: Api) -> None:
    await office.says(command("/recap add daily 9:00"))
    number = (await the_recap(office)).id
    api.will_say("getChatMember", ok(member("member")))
    assert "Only administrators" in await office.says(command(f"/recap {number} also", chat=GROUP))
    assert (await the_recap(office)).options.desks == ()


async def test_all_recaps_of_a_chat_are_listed(office: Office, api: Api) -> None:
    lets_post(api)
    await office.gets(command("/recap add @worldnews daily 9:00"), command("/recap add weekends 10:00"))
    first, second = await of_chat(office)
    (call,) = await office.gets(command("/recap"))
    text = Seen(call["text"]).text
    assert text.startswith(f"🗓 Recaps of this chat\n\n№ {first.id} · World News · next: ")
    assert f"\n№ {second.id} · this chat · next: " in text
    labels = [row[0]["text"] for row in call["reply_markup"]["inline_keyboard"]]
    assert labels == [f"№ {first.id} · World News", f"№ {second.id} · this chat", "➕ New recap"]
