from typing import Any

from bot.telegram.texts import Texts
from bot.telegram.writing.markup import units_of
from tests.telegram.commands.test_forget import press
from tests.telegram.commands.test_sources import FIRE, STRIKE, VOTE, buttons_of
from tests.telegram.conftest import Office
from tests.telegram.messages import FROM_CHANNEL, FROM_SECRET, GROUP, command, message

CHOICE = "📚 By source (2)"


async def _collect(office: Office, **fields: Any) -> dict[str, Any]:
    """Let a desk have posts of two sources; return their summary."""
    await office.gets(
        message(FIRE, forward_origin={**FROM_CHANNEL, "message_id": 1}, **fields),
        message(STRIKE, forward_origin={**FROM_CHANNEL, "message_id": 2}, **fields),
        message(VOTE, forward_origin=FROM_SECRET, **fields),
    )
    (answer,) = await office.gets(command("/summary 20", **fields))
    return answer


async def test_the_sources_are_offered_in_its_place_and_the_text_stays(office: Office) -> None:
    answer = await _collect(office)
    told, choice = await office.gets(press(buttons_of(answer)[CHOICE]))
    assert (told["method"], choice["method"]) == ("answerCallbackQuery", "editMessageReplyMarkup")
    assert "text" not in choice
    assert [*buttons_of(choice)] == ["World News · 2", "Closed circle · 1", "📚 All sources"]


async def test_one_source_is_summed_up_alone_and_leads_back(office: Office) -> None:
    answer = await _collect(office)
    *_, choice = await office.gets(press(buttons_of(answer)[CHOICE]))
    *_, alone = await office.gets(press(buttons_of(choice)["World News · 2"]))
    assert "Rotterdam" in alone["text"]
    assert "Norway" not in alone["text"]
    assert alone["text"].startswith("📰 <b>2 posts from 1 source</b>")
    assert CHOICE not in buttons_of(alone)
    *_, shorter = await office.gets(press(buttons_of(alone)["✂️ Shorter"]))
    assert "Norway" not in shorter["text"]
    *_, back = await office.gets(press(buttons_of(alone)["📚 All sources"]))
    assert back["text"] == answer["text"]
    assert buttons_of(back) == buttons_of(answer)


async def test_a_source_that_wrote_one_post_is_shown_too(office: Office) -> None:
    answer = await _collect(office)
    *_, choice = await office.gets(press(buttons_of(answer)[CHOICE]))
    *_, alone = await office.gets(press(buttons_of(choice)["Closed circle · 1"]))
    assert "Norway" in alone["text"]
    assert "📚 All sources" in buttons_of(alone)


async def test_where_all_is_of_one_source_none_is_offered(office: Office) -> None:
    await office.gets(
        *(message(text, forward_origin=FROM_SECRET | {"message_id": n}) for n, text in enumerate((FIRE, VOTE)))
    )
    (answer,) = await office.gets(command("/summary 20"))
    assert not any("By source" in label for label in buttons_of(answer))


async def test_many_sources_come_in_pages(office: Office) -> None:
    names = [f"Channel {number:02} with a long name & <sign> " + "x" * 60 for number in range(20)]
    await office.gets(
        *(
            message(f"{FIRE} {name}", forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": name})
            for name in names
        )
    )
    (answer,) = await office.gets(command("/summary 20"))
    *_, page = await office.gets(press(buttons_of(answer)["📚 By source (20)"]))
    seen = []
    for _ in range(3):
        seen += [label for label in buttons_of(page) if label.startswith("Channel")]
        assert all(len(data.encode()) <= 64 for data in buttons_of(page).values())
        assert all(units_of(label) <= 64 for label in buttons_of(page))
        if "Next ▶️" in buttons_of(page):
            *_, page = await office.gets(press(buttons_of(page)["Next ▶️"]))
    assert len(seen) == 20
    *_, page = await office.gets(press(buttons_of(page)["◀️ Back"]))
    assert [label for label in buttons_of(page) if label.startswith("Channel")] == seen[8:16]


async def test_posts_that_are_gone_or_of_another_chat_are_not_shown(office: Office) -> None:
    answer = await _collect(office)
    (told,) = await office.gets(press(buttons_of(answer)[CHOICE], GROUP))
    assert told["text"] == Texts("en").say("view-gone")
    *_, choice = await office.gets(press(buttons_of(answer)[CHOICE]))
    await office.gets(press("forget:yes"))
    for data in (buttons_of(answer)[CHOICE], buttons_of(choice)["World News · 2"]):
        (told,) = await office.gets(press(data))
        assert told["text"] == Texts("en").say("view-gone")
