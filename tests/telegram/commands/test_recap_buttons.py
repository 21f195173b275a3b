"""The buttons about recaps; their rows are looked for by label, as people do."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.posts import Desk
from bot.recap import Length, PausedWhy, RecapOptions, RecapState, RunState
from bot.recaps.schedule import parse_schedule
from bot.store.recapping import runs
from bot.telegram.commands.recaps.cards import ZONES, city, describe, with_hours
from bot.telegram.texts import LANGUAGES, Texts
from tests.telegram.api import Api, error, ok
from tests.telegram.commands.test_forget import member, press
from tests.telegram.commands.test_recap import LEFT, MAY_NOT_POST, MAY_POST, is_chat, lets_post, of_chat, the_recap
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_SECRET, GROUP, NEWS, PRIVATE, command, message
from tests.telegram.writing.test_markup import Seen

FIRE = "A fire broke out in the port of Rotterdam on Monday. Two ships burnt. The mayor, Ann Lee, spoke of 40 injured."
ADMINISTRATOR = ok(member("administrator"))
UTC_ZONE = ZoneInfo("UTC")


def buttons(call: dict[str, Any]) -> dict[str, str]:
    """Return the data of a message's buttons by their labels."""
    rows = call["reply_markup"]["inline_keyboard"]
    return {button["text"]: button["callback_data"] for row in rows for button in row}


async def pressed(office: Office, call: dict[str, Any], label: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    """Press a button; return what stands there then."""
    calls = await office.gets(press(buttons(call)[label], chat))
    assert calls[0]["method"] == "answerCallbackQuery"
    (rewritten,) = [call for call in calls if call["method"] == "editMessageText"]
    return rewritten


async def card(office: Office, api: Api) -> dict[str, Any]:
    """Set a recap for the channel up; return its card."""
    lets_post(api)
    (call,) = await office.gets(command("/recap add @worldnews daily 9:00 Yerevan"))
    return call


async def in_group(office: Office, api: Api) -> dict[str, Any]:
    """Set a recap of the group for the channel up; return its card."""
    api.will_say("getChatMember", ADMINISTRATOR)
    lets_post(api)
    (call,) = await office.gets(command("/recap add @worldnews daily 9:00", chat=GROUP))
    return call


async def test_a_recap_for_this_chat_takes_three_taps(office: Office) -> None:
    (where,) = await office.gets(command("/recap"))
    assert "Where shall I post?" in where["text"]
    when = await pressed(office, where, "💬 In this chat")
    assert "A recap for <b>this chat</b>. When? Times are those of UTC." in when["text"]
    made = await pressed(office, when, "09:00 and 18:00")
    recap = await the_recap(office)
    assert made["text"].startswith("✅ It is set up.")
    assert recap.schedule == "daily 09:00,18:00 UTC"
    assert (recap.source, recap.destination, recap.owner_id) == (Desk(7), Desk(7), 7)
    assert list(buttons(made)) == [
        "👁 Preview",
        "📤 Post now",
        "⏸ Pause",
        "✏️ Change",
        "🕓 History",
        "🗑 Delete",
        "◀️ All recaps",
    ]


async def test_times_name_their_zone_where_it_is_not_that_of_the_chat(office: Office) -> None:
    await office.gets(command("/settings Yerevan"))
    for line in ("daily 9:00 Moscow", "daily 9:00", "daily 9:00 UTC"):
        await office.gets(command(f"/recap add {line}"))
    there, here, utc = Seen((await office.gets(command("/recap")))[0]["text"]).text.splitlines()[2:]
    assert there.endswith("09:00 (Europe/Moscow)")
    assert here.endswith("09:00")
    assert utc.endswith("09:00 UTC")
    (page,) = await office.gets(command(f"/recap {(await of_chat(office))[0].id}"))
    assert "09:00 (Europe/Moscow)\nnext: " in page["text"]
    assert page["text"].endswith("09:00 (Europe/Moscow)")


async def test_a_page_tells_the_options_that_are_other_than_usual(office: Office) -> None:
    usual = Seen(await office.says(command("/recap add daily 9:00"))).text.splitlines()
    number = (await the_recap(office)).id
    changed = Seen(await office.says(command(f"/recap {number} picture edits"))).text.splitlines()
    assert [line for line in changed if line not in usual] == ["🖼 with a picture · ✏️ follows edits"]
    (page,) = await office.gets(command(f"/recap {number} no picture no edits"))
    assert "🖼" not in page["text"]
    page = await pressed(office, page, "✏️ Change")
    for label in ("▫️ Without sound", "▫️ Pin it", "✅ Skip if empty", "✂️ Normal", "🗣 English"):
        page = await pressed(office, page, label)
    page = await pressed(office, page, "📚 Sources per story: 1+")
    page = await pressed(office, page, "◀️ Back")
    told = (
        "🔕 without sound · 📌 pinned · 💬 says so when nothing is new · 📖 long · 📚 2+ sources per story · 🗣 Русский"
    )
    assert told in Seen(page["text"]).text.splitlines()


async def test_a_channel_is_chosen_from_those_that_telegram_shows(office: Office, api: Api) -> None:
    (where,) = await office.gets(command("/recap"))
    calls = await office.gets(press(buttons(where)["📣 In a channel or group"]))
    keyboard = calls[-1]["reply_markup"]["keyboard"]
    (channel,), (group,) = keyboard
    assert channel["request_chat"]["chat_is_channel"] is True
    assert channel["request_chat"]["bot_administrator_rights"]["can_post_messages"] is True
    assert group["request_chat"]["chat_is_channel"] is False
    lets_post(api)
    request = channel["request_chat"]["request_id"]
    shared = {"request_id": request, "chat_id": NEWS["id"], "title": "World News"}
    removed, when = await office.gets(message(chat_shared=shared))
    assert removed["reply_markup"] == {"remove_keyboard": True}
    assert "A recap for <b>World News</b>. When?" in when["text"]
    lets_post(api)
    await pressed(office, when, "Weekdays 09:00")
    recap = await the_recap(office)
    assert (recap.destination, recap.schedule) == (Desk(NEWS["id"]), "weekdays 09:00 UTC")


async def test_the_zone_is_chosen_before_the_time(office: Office) -> None:
    (where,) = await office.gets(command("/recap"))
    when = await pressed(office, where, "💬 In this chat")
    when = await pressed(office, await pressed(office, when, "🌍 UTC"), "Yerevan")
    assert "Times are those of Asia/Yerevan." in when["text"]
    await pressed(office, when, "Every 3 hours")
    assert (await the_recap(office)).schedule == ("daily 00:00,03:00,06:00,09:00,12:00,15:00,18:00,21:00 Asia/Yerevan")


def _question(asked: dict[str, Any]) -> dict[str, Any]:
    """Return a message that the bot has sent as a reply to it quotes it."""
    sender = {"id": 1, "is_bot": True, "first_name": "Sitrep"}
    return {
        "message_id": 55,
        "date": 0,
        "chat": PRIVATE,
        "from": sender,
        "text": "?",
        "reply_markup": asked["reply_markup"],
    }


async def test_the_time_can_be_written_in_a_reply_to_the_question(office: Office) -> None:
    (where,) = await office.gets(command("/recap"))
    when = await pressed(office, where, "💬 In this chat")
    wrong = await office.says(message("as soon as you can", reply_to_message=_question(when)))
    assert "I don't understand “as”" in wrong
    (made,) = await office.gets(message("weekdays 8:15", reply_to_message=_question(when)))
    assert made["text"].startswith("✅ It is set up.")
    assert (await the_recap(office)).schedule == "weekdays 08:15 UTC"


async def test_the_zone_that_was_chosen_and_the_channel_hold_for_a_reply(office: Office, api: Api) -> None:
    lets_post(api, times=4)
    shared = {"request_id": 1, "chat_id": NEWS["id"], "title": "World News"}
    _, when = await office.gets(message(chat_shared=shared))
    when = await pressed(office, await pressed(office, when, "🌍 UTC"), "Yerevan")
    await office.gets(message("mon 7", reply_to_message=_question(when)))
    recap = await the_recap(office)
    assert (recap.destination, recap.schedule) == (Desk(NEWS["id"]), "mon 07:00 Asia/Yerevan")


async def test_the_times_of_a_recap_are_changed_by_a_reply_to_them(office: Office) -> None:
    (where,) = await office.gets(command("/recap"))
    made = await pressed(office, await pressed(office, where, "💬 In this chat"), "Every day 09:00")
    times = await pressed(office, await pressed(office, made, "✏️ Change"), "⏰ Times")
    await office.gets(message("daily 9:30, 21:00", reply_to_message=_question(times)))
    assert (await the_recap(office)).schedule == "daily 09:30,21:00 UTC"


async def test_a_button_pressed_twice_makes_one_recap(office: Office) -> None:
    (where,) = await office.gets(command("/recap"))
    when = await pressed(office, where, "💬 In this chat")
    await pressed(office, when, "Mondays 09:00")
    assert "there already" in (await pressed(office, when, "Mondays 09:00"))["text"]
    await the_recap(office)


async def test_what_is_wrong_can_be_mended_and_tried_again(office: Office, api: Api) -> None:
    api.will_say("getChat", error(400, "Bad Request: chat not found"))
    shared = {"request_id": 1, "chat_id": NEWS["id"], "title": "World News"}
    _, absent = await office.gets(message(chat_shared=shared))
    assert "I am not in <b>World News</b> yet." in absent["text"]
    assert "@sitrep_bot" in absent["text"]
    api.will_say("getChat", is_chat(NEWS))
    api.will_say("getChatMember", MAY_NOT_POST)
    right = await pressed(office, absent, "🔁 Done, check again")
    assert "I may not post in <b>World News</b>." in right["text"]
    lets_post(api)
    assert "When?" in (await pressed(office, right, "🔁 Done, check again"))["text"]


async def test_who_may_post_is_asked_again_when_the_time_is_chosen(office: Office, api: Api) -> None:
    api.will_say("getChat", is_chat(NEWS))
    api.will_say("getChatMember", MAY_POST, LEFT)
    calls = await office.gets(press(f"recap:make:{NEWS['id']}:0:m:"))
    assert "You are no administrator" in calls[-1]["text"]
    assert await of_chat(office) == []


async def test_its_options_are_set_by_buttons(office: Office, api: Api) -> None:
    page = await pressed(office, await card(office, api), "✏️ Change")
    for label in ("✂️ Normal", "🗣 English", "▫️ Without sound", "▫️ Pin it", "✅ Skip if empty", "▫️ Open to subscribers"):
        page = await pressed(office, page, label)
    page = await pressed(office, page, "📚 Sources per story: 1+")
    assert (await the_recap(office)).options == RecapOptions(
        Length.LONG, "ru", silent=True, pin=True, skip_empty=False, min_sources=2, public=True
    )
    assert "📚 Sources per story: 2+" in buttons(page)
    assert "🔔 open to subscribers" in page["text"]
    assert "🗓" in (await pressed(office, page, "◀️ Back"))["text"]


async def test_hours_and_days_are_tapped(office: Office, api: Api) -> None:
    page = await pressed(office, await pressed(office, await card(office, api), "✏️ Change"), "⏰ Times")
    assert "every day, 09:00 (Asia/Yerevan)" in page["text"]
    for label in ("07", "✅09", "✅Su", "✅Sa"):
        page = await pressed(office, page, label)
    recap = await the_recap(office)
    assert recap.schedule == "weekdays 07:00 Asia/Yerevan"
    assert recap.next_slot > datetime.now(UTC)
    assert recap.next_slot.astimezone(ZoneInfo("Asia/Yerevan")).hour == 7
    (told,) = await office.gets(press(buttons(page)["✅07"]))
    assert told["text"] == "A recap needs a time and a day. To stop it, pause it."
    assert (await the_recap(office)).schedule == "weekdays 07:00 Asia/Yerevan"


async def test_times_that_are_no_full_hours_stay_when_hours_are_tapped(office: Office) -> None:
    (made,) = await office.gets(command("/recap add daily 18:30"))
    page = await pressed(office, await pressed(office, made, "✏️ Change"), "⏰ Times")
    await pressed(office, page, "09")
    assert (await the_recap(office)).schedule == "daily 09:00,18:30 UTC"


async def test_the_clock_can_be_hung_elsewhere(office: Office, api: Api) -> None:
    page = await pressed(office, await pressed(office, await card(office, api), "✏️ Change"), "🌍 Time zone")
    before = (await the_recap(office)).next_slot
    page = await pressed(office, page, "Tokyo")
    recap = await the_recap(office)
    assert recap.schedule == "daily 09:00 Asia/Tokyo"
    assert (recap.next_slot - before) % timedelta(days=1) == timedelta(hours=19)
    assert "(Asia/Tokyo)" in page["text"]


async def test_it_rests_and_goes_on(office: Office, api: Api) -> None:
    paused = await pressed(office, await card(office, api), "⏸ Pause")
    recap = await the_recap(office)
    assert (recap.state, recap.paused_why) == (RecapState.PAUSED, PausedWhy.ASKED)
    assert "⏸ paused" in paused["text"]
    lets_post(api)
    going = await pressed(office, paused, "▶️ Resume")
    assert (await the_recap(office)).state is RecapState.ACTIVE
    assert "next: " in going["text"]


async def test_it_goes_on_only_if_it_may_be_posted(office: Office, api: Api) -> None:
    paused = await pressed(office, await card(office, api), "⏸ Pause")
    api.will_say("getChat", is_chat(NEWS))
    api.will_say("getChatMember", LEFT)
    refused = await pressed(office, paused, "▶️ Resume")
    assert "I am not in <b>World News</b> yet." in refused["text"]
    assert (await the_recap(office)).state is RecapState.PAUSED
    assert "⏸ paused" in (await pressed(office, refused, "◀️ Back"))["text"]


async def test_it_is_posted_now_once_that_was_confirmed(office: Office, api: Api) -> None:
    asked = await pressed(office, await card(office, api), "📤 Post now")
    assert asked["text"] == "Post “News” now in <b>World News</b>?"
    number = (await the_recap(office)).id
    async with office.store.read() as conn:
        assert await runs.history(conn, number, 5) == []
    lets_post(api)
    await pressed(office, asked, "📤 Post")
    async with office.store.read() as conn:
        (run,) = await runs.history(conn, number, 5)
    assert run.state is RunState.WAITING


async def test_a_preview_comes_in_private_and_tells_nothing_to_others(office: Office, api: Api) -> None:
    shown = await in_group(office, api)
    await office.gets(message(FIRE, chat=GROUP, forward_origin=FROM_SECRET))
    api.will_say("getChatMember", ADMINISTRATOR)
    calls = await office.gets(press(buttons(shown)["👁 Preview"], GROUP))
    sent = [call for call in calls if call["method"] == "sendMessage"]
    assert {call["chat_id"] for call in sent} == {ANNA["id"]}
    assert "Rotterdam" in sent[0]["text"]
    recap = await the_recap(office, GROUP)
    assert recap.told_seq is None


async def test_a_preview_of_nothing_says_so(office: Office, api: Api) -> None:
    shown = await card(office, api)
    calls = await office.gets(press(buttons(shown)["👁 Preview"]))
    assert calls[-1]["text"] == "There is nothing new to tell: nothing would be posted."


async def test_who_has_not_started_the_bot_is_told_how_to_get_a_preview(office: Office, api: Api) -> None:
    shown = await in_group(office, api)
    api.will_say("getChatMember", ADMINISTRATOR)
    api.will_say("sendChatAction", error(403, "Forbidden: bot can't initiate conversation with a user"))
    (told,) = await office.gets(press(buttons(shown)["👁 Preview"], GROUP))
    assert "press Start" in told["text"]


async def test_its_history_says_what_became_of_each_slot(office: Office, api: Api) -> None:
    shown = await card(office, api)
    assert "Nothing yet" in (await pressed(office, shown, "🕓 History"))["text"]
    number, first = (await the_recap(office)).id, datetime(2026, 11, 20, 5, tzinfo=UTC)
    async with office.store.write() as conn:
        for day, state in enumerate([RunState.EMPTY, RunState.SKIPPED, RunState.FAILED, RunState.POSTED]):
            slot = first + timedelta(days=day)
            await runs.open_run(conn, number, slot, slot)
            run = (await runs.history(conn, number, 1))[0]
            if state is RunState.POSTED:
                await runs.send(conn, run, parts=2, posts=31, told_seq=1)
            await runs.end(conn, run, state, slot)
    lines = Seen((await pressed(office, shown, "🕓 History"))["text"]).text.split("\n")[2:]
    assert [line.partition(" — ")[2] for line in lines] == [
        "posted: 31 posts in 2 messages",
        "failed",
        "skipped: it would have come too late",
        "nothing new to tell",
    ]
    assert lines[-1].startswith("Nov 20")
    assert "09:00 — " in lines[-1]


async def test_it_is_deleted_once_that_was_confirmed(office: Office, api: Api) -> None:
    shown = await card(office, api)
    asked = await pressed(office, shown, "🗑 Delete")
    assert "Delete “News” for <b>World News</b>, " in asked["text"]
    assert "can't be undone" in asked["text"]
    assert "🗓" in (await pressed(office, asked, "◀️ No"))["text"]
    assert "“News” is deleted." in (await pressed(office, asked, "🗑 Delete"))["text"]
    assert await of_chat(office) == []
    (told,) = await office.gets(press(buttons(shown)["⏸ Pause"]))
    assert "There is no recap" in told["text"]


async def test_all_are_listed_from_a_card_and_shown_from_the_list(office: Office, api: Api) -> None:
    shown = await card(office, api)
    await office.gets(command("/recap add weekends 10:00"))
    listed = await pressed(office, shown, "◀️ All recaps")
    first, second = await of_chat(office)
    assert f"№ {first.id} · World News" in buttons(listed)
    again = await pressed(office, listed, f"№ {second.id} · this chat")
    assert "⏰ at weekends, 10:00 (UTC)" in again["text"]
    assert "Where shall I post?" in (await pressed(office, listed, "➕ New recap"))["text"]


async def test_where_it_is_only_posted_it_can_be_stopped_and_nothing_else(office: Office, api: Api) -> None:
    lets_post(api, GROUP)
    api.will_say("getChatMember", ADMINISTRATOR)
    await office.gets(command("/recap add @newsroom daily 9:00"))
    recap = await the_recap(office)
    api.will_say("getChatMember", *[ADMINISTRATOR] * 8)
    (listed,) = await office.gets(command("/recap", chat=GROUP))
    shown = await pressed(office, listed, f"№ {recap.id} · this chat", GROUP)
    assert list(buttons(shown)) == ["⏸ Pause", "🗑 Delete", "◀️ All recaps"]
    for verb in ("edit", "preview", "post-yes", "set:lang:ru", "history", "resume"):
        (told,) = await office.gets(press(f"recap:{recap.id}:{verb}", GROUP))
        assert "only in the chat that this recap reads" in told["text"]
    api.will_say("getChatMember", *[ADMINISTRATOR] * 2)
    paused = await pressed(office, shown, "⏸ Pause", GROUP)
    assert list(buttons(paused)) == ["🗑 Delete", "◀️ All recaps"]
    assert (await the_recap(office)).state is RecapState.PAUSED


async def test_buttons_of_another_chat_s_recap_do_nothing(office: Office, api: Api) -> None:
    await in_group(office, api)
    number = (await the_recap(office, GROUP)).id
    for verb in ("show", "delete-yes", "pause", "edit", "preview", "hours:1:1"):
        (told,) = await office.gets(press(f"recap:{number}:{verb}"))
        assert "There is no recap" in told["text"]
    assert (await the_recap(office, GROUP)).state is RecapState.ACTIVE


@pytest.mark.parametrize("verb", ["show", "pause", "delete-yes", "set:pin:1"])
async def test_in_groups_administrators_only(office: Office, api: Api, verb: str) -> None:
    await in_group(office, api)
    before = await the_recap(office, GROUP)
    api.will_say("getChatMember", ok(member("member")))
    (told,) = await office.gets(press(f"recap:{before.id}:{verb}", GROUP))
    assert "Only administrators" in told["text"]
    assert await the_recap(office, GROUP) == before


@pytest.mark.parametrize(
    "data",
    [
        "recap:9999999999999:show",
        "recap:1:unknown",
        "recap:to:x:0:",
        "recap:make:-1:0:x:",
        "recap:1:hours:1000000:1",
        "recap:1:set:length",
    ],
)
async def test_data_that_no_button_has_is_answered_kindly(office: Office, data: str) -> None:
    (told,) = await office.gets(press(data))
    assert "too old" in told["text"]


@pytest.mark.parametrize(
    "verb", ["set:length:huge", "set:lang:xx", "set:pin:2", "set:sources:9", "set:words:a", "zone:Mars/Base"]
)
async def test_values_that_no_button_has_change_nothing(office: Office, verb: str) -> None:
    await office.gets(command("/recap add daily 9:00"))
    before = await the_recap(office)
    (told,) = await office.gets(press(f"recap:{before.id}:{verb}"))
    assert "too old" in told["text"]
    assert await the_recap(office) == before


async def test_an_old_button_without_its_message_is_answered_kindly(office: Office) -> None:
    (told,) = await office.gets(press("recap:list", old=True))
    assert "too old" in told["text"]


async def test_data_of_buttons_fits_however_large_the_ids_and_long_the_zones(office: Office) -> None:
    longest = max(ZONES, key=len)
    for data in (f"recap:make:-1009999999999999:2147483647:w:{longest}", f"recap:999999999999:zone:{longest}"):
        assert len(data.encode()) <= 64
        assert "too old" not in str(await office.gets(press(data)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_zone_is_named(lang: str) -> None:
    names = [city(zone, Texts(lang)) for zone in ZONES]
    assert len(set(names)) == len(ZONES)
    assert all(names)
    assert lang == "en" or not [name for name in names if name.isascii() and name != "UTC"]


def test_a_schedule_is_described_as_people_say_it() -> None:
    english, russian = Texts("en"), Texts("ru")
    mondays = parse_schedule("mon,thu 7:00 18:30", UTC_ZONE)
    assert describe(mondays, english) == "Mon, Thu, 07:00, 18:30 (UTC)"
    assert describe(mondays, russian) == "пн, чт, 07:00, 18:30 (UTC)"
    assert describe(parse_schedule("weekends 7:00", UTC_ZONE), russian) == "по выходным, 07:00 (UTC)"


def test_hours_and_days_as_bits_leave_a_time_and_a_day_or_nothing() -> None:
    schedule = parse_schedule("daily 9:00,18:30", UTC_ZONE)
    assert with_hours(schedule, 0, 0b1111111) == parse_schedule("daily 18:30", UTC_ZONE)
    assert with_hours(schedule, 1 << 23, 0b1) == parse_schedule("mon 23:00 18:30", UTC_ZONE)
    assert with_hours(schedule, 0b11, 0) is None
    assert with_hours(parse_schedule("daily 9:00", UTC_ZONE), 0, 0b1) is None
