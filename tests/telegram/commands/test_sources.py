from typing import Any

import pytest

from bot.telegram.writing.markup import units_of
from tests.telegram.api import Api, ok
from tests.telegram.commands.test_forget import member, press
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, FROM_SECRET, GROUP, command, message
from tests.telegram.writing.test_markup import Seen

FIRE = "A fire broke out in the port of Rotterdam on Monday. Two ships burnt. The mayor, Ann Lee, spoke of 40 injured."
STRIKE = "Workers of the steel mill in Genoa went on strike for higher wages, the union said on Tuesday afternoon."
VOTE = "The parliament of Norway voted for a new budget of 20 billion euros after a long debate in the night."


def _forward(text: str, number: int, origin: dict[str, Any] = FROM_CHANNEL, **fields: Any) -> dict[str, Any]:
    return message(text, forward_origin={**origin, "message_id": number}, **fields)


async def _collect(office: Office, **fields: Any) -> None:
    await office.gets(
        _forward(FIRE, 1, **fields), _forward(STRIKE, 2, **fields), _forward(VOTE, 3, FROM_SECRET, **fields)
    )


def buttons_of(call: dict[str, Any]) -> dict[str, str]:
    """Return the data of the buttons by their labels."""
    return {
        button["text"]: button["callback_data"] for row in call["reply_markup"]["inline_keyboard"] for button in row
    }


async def test_it_lists_the_sources_with_their_posts(office: Office) -> None:
    await _collect(office)
    (call,) = await office.gets(command("/sources"))
    assert Seen(call["text"]).text.split("\n\n")[:2] == [
        "📚 2 sources",
        "World News · 2 posts\nClosed circle · 1 post",
    ]
    assert list(buttons_of(call)) == ["Mute World News", "Mute Closed circle"]


async def test_a_muted_source_is_collected_and_left_out_of_summaries_until_it_is_unmuted(office: Office) -> None:
    await _collect(office)
    (listed,) = await office.gets(command("/sources"))
    told, rewritten = await office.gets(press(buttons_of(listed)["Mute World News"]))
    assert told["method"] == "answerCallbackQuery"
    assert rewritten["method"] == "editMessageText"
    assert "🔇 World News · 2 posts\n<b>Closed circle</b>" in rewritten["text"]
    assert list(buttons_of(rewritten)) == ["🔊 Unmute World News", "Mute Closed circle"]
    for asked in ("/summary 20", "/summary 24h", "/actors", "/numbers 20"):
        text = await office.says(command(asked))
        assert "Norway" in text
        assert "Rotterdam" not in text
    assert await office.says(command("/summary")) == await office.says(command("/summary 1"))
    await office.gets(press(buttons_of(rewritten)["🔊 Unmute World News"]))
    assert "Rotterdam" in await office.says(command("/summary 20"))


async def test_a_post_of_a_muted_source_is_told_to_who_asks_for_it(office: Office) -> None:
    update = _forward(FIRE, 1)
    await office.gets(update)
    (listed,) = await office.gets(command("/sources"))
    await office.gets(press(buttons_of(listed)["Mute World News"]))
    assert "Rotterdam" in await office.says(command("/summary", reply_to_message=update["message"]))


async def test_pressed_twice_it_stays_muted(office: Office) -> None:
    await _collect(office)
    (listed,) = await office.gets(command("/sources"))
    mute = buttons_of(listed)["Mute World News"]
    first = (await office.gets(press(mute)))[-1]
    assert (await office.gets(press(mute)))[-1]["text"] == first["text"]


async def test_many_sources_are_shown_by_pages_which_stay_when_one_is_muted(office: Office) -> None:
    names = [f"Источник {number:02} " + "с длинным названием " * 6 for number in range(20)]
    text = "The river rose by {} metres near the town of Essen, and the mayor asked people to leave their houses."
    await office.gets(
        *(
            message(text.format(name), forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": name})
            for name in names
        )
    )
    (page,) = await office.gets(command("/sources"))
    assert "Источник 07" in page["text"]
    assert "Источник 08" not in page["text"]
    page = (await office.gets(press(buttons_of(page)["Next ▶️"])))[-1]
    muting = next(data for label, data in buttons_of(page).items() if "Источник 09" in label)
    page = (await office.gets(press(muting)))[-1]
    assert "🔇 Источник 09" in page["text"]
    page = (await office.gets(press(buttons_of(page)["Next ▶️"])))[-1]
    assert "Источник 19" in page["text"]
    assert "Next ▶️" not in buttons_of(page)
    assert "◀️ Back" in buttons_of(page)
    assert units_of(Seen(page["text"]).text) <= 4096
    assert all(len(data.encode()) <= 64 for data in buttons_of(page).values())


async def test_a_desk_s_sources_are_its_own(office: Office, api: Api) -> None:
    await _collect(office)
    await _collect(office, chat=GROUP)
    (listed,) = await office.gets(command("/sources"))
    await office.gets(press(buttons_of(listed)["Mute World News"]))
    assert "Rotterdam" in await office.says(command("/summary 20", chat=GROUP))
    api.will_say("getChatMember", ok(member("administrator")))
    await office.gets(press(buttons_of(listed)["Mute Closed circle"], GROUP))
    assert "Norway" not in await office.says(command("/summary 20", chat=GROUP))


@pytest.mark.parametrize(("status", "may"), [("creator", True), ("member", False)])
async def test_in_groups_everybody_sees_the_sources_and_administrators_mute(
    office: Office, api: Api, status: str, may: bool
) -> None:
    await _collect(office, chat=GROUP)
    api.will_say("getChatMember", ok(member(status)))
    (listed,) = await office.gets(command("/sources", chat=GROUP))
    calls = await office.gets(press(buttons_of(listed)["Mute World News"], GROUP))
    assert ("Only administrators" in calls[0].get("text", "")) is not may
    assert ("Rotterdam" in await office.says(command("/summary 20", chat=GROUP))) is not may


async def test_without_sources_it_says_what_to_do_or_that_they_are_gone(office: Office) -> None:
    assert "Forward me some from your channels" in await office.says(command("/sources"))
    assert "privacy mode" in await office.says(command("/sources", chat=GROUP))
    await _collect(office)
    (listed,) = await office.gets(command("/sources", sender={**ANNA, "language_code": "ru"}))
    assert "📚 <b>2 источника</b>" in listed["text"]
    await office.gets(press("forget:yes"))
    gone = (await office.gets(press(buttons_of(listed)["Отключить: World News"])))[-1]
    assert gone["text"].startswith("There are no sources here any more: the posts were deleted.")


@pytest.mark.parametrize("data", ["sources:mute:x:y", "sources:page:99999", "sources:", "recaps:of:an:older:version"])
async def test_a_button_that_nobody_knows_is_answered_kindly(office: Office, data: str) -> None:
    (told,) = await office.gets(press(data))
    assert (told["method"], "too old" in told["text"]) == ("answerCallbackQuery", True)
