import json
from typing import Any

import pytest
import sqlalchemy as sa

from bot.chat_settings import ChatSettings
from bot.store import tables
from bot.store.desks import chat_settings
from tests.telegram.commands.test_settings import pressed
from tests.telegram.commands.test_sources import buttons_of
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_USER, GROUP, PRIVATE, command, message

TBILISI = {"latitude": 41.7151, "longitude": 44.8271}


async def _chosen(office: Office) -> ChatSettings:
    return await office.store.look(lambda conn: chat_settings.get(conn, PRIVATE["id"]))


async def _stored_updates(office: Office) -> str:
    async with office.store.read() as conn:
        return "\n".join((await conn.execute(sa.select(tables.inbox.c.raw))).scalars())


async def _asked(office: Office, **fields: Any) -> dict[str, Any]:
    (page,) = await office.gets(command("/settings", **fields))
    *_, zones = await office.gets(pressed(page, "🌍"))
    *_, asked = await office.gets(pressed(zones, "📍"))
    return asked


async def test_the_zone_is_that_of_the_place_that_somebody_sends_and_the_place_is_kept_nowhere(office: Office) -> None:
    asked = await _asked(office)
    send, no = asked["reply_markup"]["keyboard"]
    assert send[0]["request_location"] is True
    assert "request_location" not in no[0]
    found, others = await office.gets(message(location=TBILISI))
    assert "Tbilisi" in found["text"]
    assert found["reply_markup"] == {"remove_keyboard": True}
    assert await _chosen(office) == ChatSettings(timezone="Asia/Tbilisi")
    assert "⚙️ Settings" in buttons_of(others)
    stored = await _stored_updates(office)
    assert "41.7" not in stored
    assert "44.8" not in stored


async def test_where_the_guess_is_wrong_another_clock_is_chosen_by_a_button(office: Office) -> None:
    _, others = await office.gets(message(location=TBILISI))
    label = next(iter(buttons_of(others)))
    city, _, clock = label.partition(" · ")
    *_, page = await office.gets(pressed(others, label))
    assert f"🌍 {city}" in buttons_of(page)
    assert clock[:2] in page["text"]


@pytest.mark.parametrize("lang", ["en", "ru"])
async def test_who_would_rather_not_say_gets_his_keyboard_back(office: Office, lang: str) -> None:
    person = {**ANNA, "language_code": lang}
    _, refuse = (await _asked(office))["reply_markup"]["keyboard"]
    kept, page = await office.gets(message(refuse[0]["text"], sender=person))
    assert kept["reply_markup"] == {"remove_keyboard": True}
    assert page["text"].startswith("⚙️")
    assert await _chosen(office) == ChatSettings()


@pytest.mark.parametrize(
    "place",
    [
        {"location": TBILISI, "forward_origin": FROM_USER},
        {"location": TBILISI, "venue": {"location": TBILISI, "title": "Opera", "address": "Rustaveli 25"}},
    ],
)
async def test_the_place_of_somebody_else_says_nothing_of_the_zone(office: Office, place: dict[str, Any]) -> None:
    assert "nothing to read in this" in await office.says(message(**place))
    assert await _chosen(office) == ChatSettings()


async def test_in_a_group_nobody_is_asked_where_he_is(office: Office) -> None:
    small = {"id": -77, "type": "group", "title": "Newsroom", "all_members_are_administrators": True}
    (page,) = await office.gets(command("/settings", chat=small, sender_chat=small))
    assert await office.gets(message(location=TBILISI, chat=GROUP)) == []
    assert page["text"].startswith("⚙️")


async def test_where_somebody_goes_who_shares_his_place_live_is_forgotten(office: Office) -> None:
    assert await office.gets(message(None, "edited_message", location={**TBILISI, "live_period": 900})) == []
    (raw,) = (await _stored_updates(office)).splitlines()
    assert "location" not in json.loads(raw)["edited_message"]
