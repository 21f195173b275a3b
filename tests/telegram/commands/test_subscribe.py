from typing import Any

import pytest

from bot.store.recapping import subscribers
from bot.telegram.commands.recaps.subscribe import read_payload
from tests.telegram.api import Api
from tests.telegram.commands.test_forget import press
from tests.telegram.commands.test_recap import lets_post, the_recap
from tests.telegram.commands.test_recap_buttons import buttons, pressed
from tests.telegram.conftest import Office
from tests.telegram.messages import GROUP, command
from tests.telegram.writing.test_markup import Seen

BORIS: dict[str, Any] = {"id": 8, "is_bot": False, "first_name": "Boris", "language_code": "en"}
OF_BORIS: dict[str, Any] = {"sender": BORIS, "chat": {"id": 8, "type": "private", "first_name": "Boris"}}


async def open_recap(office: Office, api: Api) -> int:
    """Let Anna open a recap to all; return its number."""
    lets_post(api)
    await office.gets(command("/recap add @worldnews daily 9:00 Yerevan"))
    number = (await the_recap(office)).id
    await office.gets(press(f"recap:{number}:set:public:1"))
    return number


async def readers(office: Office, number: int) -> list[int]:
    async with office.store.read() as conn:
        return await subscribers.of_recap(conn, number)


def by_boris(update: dict[str, Any]) -> dict[str, Any]:
    update["callback_query"]["from"] = BORIS
    update["callback_query"]["message"]["chat"] = OF_BORIS["chat"]
    return update


@pytest.mark.parametrize(
    ("words", "number"),
    [(["sub_12"], 12), (["sub_"], None), (["sub_1x"], None), (["x"], None), ([], None), (["sub_1", "2"], None)],
)
def test_only_the_link_of_a_recap_is_one(words: list[str], number: int | None) -> None:
    assert read_payload(words) == number


async def test_open_recaps_are_listed_with_their_links(office: Office, api: Api) -> None:
    assert "No recap is open" in await office.says(command("/subscribe"))
    number = await open_recap(office, api)
    await office.gets(command("/recap add daily 10:00"))
    html = await office.says(command("/subscribe", **OF_BORIS))
    assert f'<a href="https://t.me/sitrep_bot?start=sub_{number}">News</a>' in html
    assert Seen(html).text.split("\n")[2:] == ["News · World News · every day, 09:00 (Asia/Yerevan)"]


async def test_who_opens_the_link_gets_the_recap(office: Office, api: Api) -> None:
    number = await open_recap(office, api)
    text = Seen(await office.says(command(f"/start sub_{number}", **OF_BORIS))).text
    assert text.startswith("🔔 You get News here from now on: every day, 09:00 (Asia/Yerevan).")
    await office.says(command(f"/start sub_{number}", **OF_BORIS))
    assert await readers(office, number) == [BORIS["id"]]


@pytest.mark.parametrize("change", ["set:public:0", "pause", "delete-yes"])
async def test_what_is_not_open_any_more_can_t_be_subscribed_to(office: Office, api: Api, change: str) -> None:
    number = await open_recap(office, api)
    await office.gets(press(f"recap:{number}:{change}"))
    assert "not open to subscribers any more" in await office.says(command(f"/start sub_{number}", **OF_BORIS))
    await office.gets(by_boris(press(f"subscribe:{number}:1")))
    assert await readers(office, number) == []


async def test_buttons_subscribe_and_end_it(office: Office, api: Api) -> None:
    number = await open_recap(office, api)
    (listed,) = await office.gets(command("/subscribe", **OF_BORIS))
    _, listed = await office.gets(by_boris(press(buttons(listed)["➕ News"])))
    assert await readers(office, number) == [BORIS["id"]]
    (own,) = await office.gets(command("/unsubscribe", **OF_BORIS))
    _, listed = await office.gets(by_boris(press(buttons(own)["✅ News"])))
    assert await readers(office, number) == []
    assert "➕ News" in buttons(listed)
    assert "You have not subscribed" in await office.says(command("/unsubscribe", **OF_BORIS))


async def test_a_paused_recap_can_be_left(office: Office, api: Api) -> None:
    number = await open_recap(office, api)
    await office.gets(command(f"/start sub_{number}", **OF_BORIS), press(f"recap:{number}:pause"))
    (own,) = await office.gets(command("/unsubscribe", **OF_BORIS))
    await office.gets(by_boris(press(buttons(own)["✅ News"])))
    assert await readers(office, number) == []


async def test_in_a_group_there_are_links_alone(office: Office, api: Api) -> None:
    number = await open_recap(office, api)
    (call,) = await office.gets(command("/subscribe", chat=GROUP))
    assert f"sub_{number}" in call["text"]
    assert "reply_markup" not in call
    assert "in a private chat" in await office.says(command("/unsubscribe", chat=GROUP))
    assert Seen(await office.says(command(f"/start sub_{number}", chat=GROUP))).text.startswith("👋")


async def test_where_a_recap_of_a_private_chat_is_posted_is_nobody_s_business(office: Office) -> None:
    (made,) = await office.gets(command("/recap add daily 9:00"))
    await pressed(office, await pressed(office, made, "✏️ Change"), "▫️ Open to subscribers")
    html = await office.says(command("/subscribe", **OF_BORIS))
    assert "Anna" not in html
    assert Seen(html).text.split("\n")[2:] == ["News · every day, 09:00 (UTC)"]
    assert "No recap is open" in await office.says(command("/subscribe"))


async def test_who_blocks_the_bot_is_unsubscribed(office: Office, api: Api) -> None:
    number = await open_recap(office, api)
    await office.gets(command(f"/start sub_{number}", **OF_BORIS))
    member = {"user": {"id": 1, "is_bot": True, "first_name": "Sitrep"}, "status": "member"}
    blocked = {
        "chat": OF_BORIS["chat"],
        "from": BORIS,
        "date": 1,
        "old_chat_member": member,
        "new_chat_member": {**member, "status": "kicked", "until_date": 0},
    }
    await office.gets({"update_id": 77_000, "my_chat_member": blocked})
    assert await readers(office, number) == []


async def test_it_speaks_the_asker_s_language(office: Office, api: Api) -> None:
    number = await open_recap(office, api)
    russian = {**OF_BORIS, "sender": {**BORIS, "language_code": "ru"}}
    text = await office.says(command(f"/start sub_{number}", **russian))
    assert text.startswith("🔔 Теперь вы получаете здесь <b>News</b>: каждый день, 09:00 (Asia/Yerevan).")
