from datetime import UTC, datetime
from typing import Any

import pytest

from bot.posts import Desk
from bot.recap import Recap, RecapOptions
from bot.store.desks import chats
from bot.store.desks.chats import Chat
from bot.store.recapping import recaps
from bot.telegram.texts import Texts
from tests.telegram.answering.test_by_source import _collect
from tests.telegram.api import Answer, Api, ok
from tests.telegram.commands.test_forget import member, press
from tests.telegram.commands.test_recap import ABSENT, LEFT, MAY_NOT_POST, MAY_POST, MEMBER, is_chat, lets_post
from tests.telegram.commands.test_sources import buttons_of
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, GROUP, NEWS, PRIVATE, SECRET, command

SHARE, POST = "📣 Share", "📤 Post in World News & <Co>"
NAMED = {**NEWS, "title": "World News & <Co>"}


async def _set_up(
    office: Office, desk: dict[str, Any] = PRIVATE, chat: dict[str, Any] = NAMED, **options: Any
) -> Recap:
    now = datetime.now(UTC)
    async with office.store.write() as conn:
        await chats.touch(conn, Chat(chat["id"], "channel", chat.get("title", "")))
        return await recaps.create(
            conn,
            owner_id=ANNA["id"],
            source=Desk(desk["id"]),
            destination=Desk(chat["id"]),
            title="News",
            schedule="daily 09:00 Europe/Moscow",
            options=RecapOptions(**options),
            next_slot=now,
            now=now,
        )


async def _asked(office: Office, answer: dict[str, Any]) -> dict[str, Any]:
    """Press "share"; return the call that asks where."""
    told, choice = await office.gets(press(buttons_of(answer)[SHARE]))
    assert told["text"] == Texts("en").say("share-ask")
    assert choice["method"] == "editMessageReplyMarkup"
    return choice


async def test_it_is_posted_after_a_question_in_the_words_of_the_recap(office: Office, api: Api) -> None:
    await _set_up(office, lang="ru", silent=True)
    answer = await _collect(office)
    choice = await _asked(office, answer)
    assert [*buttons_of(choice)] == [POST, "◀️ Back"]
    lets_post(api, NAMED)
    calls = {call["method"]: call for call in await office.gets(press(buttons_of(choice)[POST]))}
    told, posted, labels = (
        calls.pop(name) for name in ("answerCallbackQuery", "sendMessage", "editMessageReplyMarkup")
    )
    assert not calls
    assert told["text"] == Texts("en").say("share-done")
    assert posted["chat_id"] == NEWS["id"]
    assert posted["text"].startswith("📰 <b>3 поста из 2 источников</b>")
    assert "reply_markup" not in posted
    assert posted["disable_notification"] is True
    assert "Rotterdam" in posted["text"]
    assert buttons_of(labels) == buttons_of(answer)


async def test_pressed_twice_it_is_posted_once(office: Office, api: Api) -> None:
    await _set_up(office)
    choice = await _asked(office, await _collect(office))
    lets_post(api, NAMED, times=2)
    pressed = buttons_of(choice)[POST]
    first = await office.gets(press(pressed))
    second = await office.gets(press(pressed))
    assert [call["method"] for call in first].count("sendMessage") == 1
    assert [call["method"] for call in second].count("sendMessage") == 0
    assert second[0]["text"] == Texts("en").say("share-again")


async def test_another_view_can_be_shared_as_well(office: Office, api: Api) -> None:
    await _set_up(office)
    answer = await _collect(office)
    lets_post(api, NAMED, times=2)
    for label in ("👤 Actors", "✂️ Shorter"):
        *_, view = await office.gets(press(buttons_of(answer)[label]))
        *_, choice = await office.gets(press(buttons_of(view)[SHARE]))
        calls = await office.gets(press(buttons_of(choice)[POST]))
        assert [call["chat_id"] for call in calls if call["method"] == "sendMessage"] == [NEWS["id"]]


async def test_each_place_where_recaps_are_posted_is_offered_once(office: Office) -> None:
    for chat in (NAMED, NAMED, SECRET):
        await _set_up(office, chat=chat)
    await _set_up(office, chat=PRIVATE)
    choice = await _asked(office, await _collect(office))
    assert [*buttons_of(choice)] == [POST, "📤 Post in Closed circle", "◀️ Back"]


async def test_where_no_recap_is_posted_elsewhere_nothing_is_offered(office: Office) -> None:
    await _set_up(office, desk=GROUP)
    await _set_up(office, chat=PRIVATE)
    assert SHARE not in buttons_of(await _collect(office))


async def test_a_button_of_a_recap_that_is_gone_or_of_another_chat_posts_nothing(office: Office) -> None:
    recap = await _set_up(office)
    others = await _set_up(office, desk=GROUP, chat=SECRET)
    choice = await _asked(office, await _collect(office))
    data = buttons_of(choice)[POST]
    (told,) = await office.gets(press(data.replace(f"share{recap.id}", f"share{others.id}")))
    assert told["text"] == Texts("en").say("share-none")
    await office.store.change(lambda conn: recaps.delete(conn, recap.id))
    (told,) = await office.gets(press(data))
    assert told["text"] == Texts("en").say("share-none")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([ABSENT], "I am not in"),
        ([LEFT], "I am not in"),
        ([MAY_NOT_POST], "I may not post in"),
        ([MAY_POST, MEMBER], "You are no administrator of"),
        ([MAY_POST, MAY_NOT_POST], "You may not post in"),
    ],
)
async def test_who_may_not_post_there_is_told_why(office: Office, api: Api, answers: list[Answer], said: str) -> None:
    await _set_up(office)
    choice = await _asked(office, await _collect(office))
    api.will_say("getChat", is_chat(NAMED))
    api.will_say("getChatMember", *answers)
    _, told = await office.gets(press(buttons_of(choice)[POST]))
    assert told["chat_id"] == PRIVATE["id"]
    assert told["text"].startswith(said)


async def test_in_a_group_only_administrators_share(office: Office, api: Api) -> None:
    await _set_up(office, desk=GROUP)
    answer = await _collect(office, chat=GROUP)
    api.will_say("getChatMember", ok(member("member")), ok(member("member")), ok(member("administrator")))
    asks = buttons_of(answer)[SHARE]
    (told,) = await office.gets(press(asks, GROUP))
    assert "administrators" in told["text"]
    (told,) = await office.gets(press(asks.replace("share:", "share1:"), GROUP))
    assert "administrators" in told["text"]
    _, choice = await office.gets(press(asks, GROUP))
    assert POST in buttons_of(choice)


async def test_what_is_gone_is_not_shared(office: Office, api: Api) -> None:
    await _set_up(office)
    choice = await _asked(office, await _collect(office))
    await office.gets(press("forget:yes"))
    await _set_up(office)
    lets_post(api, NAMED)
    data = buttons_of(choice)[POST]
    (recap,) = await office.store.look(lambda conn: recaps.of_chat(conn, PRIVATE["id"]))
    *_, told = await office.gets(press(f"share{recap.id}:{data.partition(':')[2]}"))
    assert told["text"] == Texts("en").say("view-gone")
    assert await office.gets(command("/start")) != []
