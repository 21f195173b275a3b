from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat_settings import LONG_CHARS, ChatSettings
from bot.recap import Length
from bot.settings import Settings, load_settings
from bot.store.desks import chat_settings
from tests.telegram.api import Api, ok
from tests.telegram.commands.test_forget import RIVER, member, press
from tests.telegram.commands.test_sources import buttons_of
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, GROUP, PRIVATE, command, message

FORWARDED = "A fire broke out in the port of Rotterdam on Monday. Two ships burnt. " * 12


def pressed(call: dict[str, Any], label: str, **fields: Any) -> dict[str, Any]:
    """Make the update of somebody who presses the button whose label has these words."""
    (data,) = [data for shown, data in buttons_of(call).items() if label in shown]
    return press(data, **fields)


async def test_it_shows_what_holds_until_somebody_chooses(office: Office) -> None:
    (page,) = await office.gets(command("/settings"))
    assert "Settings" in page["text"]
    assert list(buttons_of(page)) == [
        "🗣 As in Telegram",
        "🌍 UTC",
        "✂️ Normal",
        "📦 30 days",
        "✅ 👀 on every post",
        "▫️ Sum up long posts at once",
    ]


async def test_the_language_that_is_chosen_is_spoken_whoever_asks(office: Office) -> None:
    (page,) = await office.gets(command("/settings"))
    for label in ("As in Telegram", "English"):
        *_, page = await office.gets(pressed(page, label))
    assert "🗣 Русский" in buttons_of(page)
    assert page["text"].startswith("⚙️ <b>Настройки</b>")
    assert "Пересылайте" in await office.says(command("/help"))
    *_, page = await office.gets(pressed(page, "Русский"))
    assert "Forward posts" in await office.says(command("/help"))


@pytest.mark.parametrize(
    ("words", "zone", "shown"),
    [
        ("Yerevan", "Asia/Yerevan", "Yerevan"),
        ("ереван", "Asia/Yerevan", "Yerevan"),
        ("UTC+4", "Etc/GMT-4", "UTC+4"),
        ("GMT-3", "Etc/GMT+3", "UTC-3"),
    ],
)
async def test_a_time_zone_can_be_written(office: Office, words: str, zone: str, shown: str) -> None:
    (page,) = await office.gets(command(f"/settings {words}"))
    assert shown in page["text"]
    assert "Etc/" not in page["text"]
    assert f"🌍 {shown}" in buttons_of(page)
    kept = await office.store.look(lambda conn: chat_settings.get(conn, PRIVATE["id"]))
    assert kept == ChatSettings(timezone=zone)


@pytest.mark.parametrize(
    ("words", "head", "lang"),
    [("русский", "Настройки", "ru"), ("Russian", "Настройки", "ru"), ("EN", "Settings", "en")],
)
async def test_a_language_can_be_written(office: Office, words: str, head: str, lang: str) -> None:
    (page,) = await office.gets(command(f"/settings {words}"))
    assert head in page["text"]
    assert await office.store.look(lambda conn: chat_settings.get(conn, PRIVATE["id"])) == ChatSettings(lang=lang)


async def test_a_time_zone_can_be_pressed_and_is_that_of_all_times(office: Office) -> None:
    await office.gets(message(RIVER, forward_origin=FROM_CHANNEL))
    assert "UTC" in await office.says(command("/summary 20"))
    (page,) = await office.gets(command("/settings"))
    *_, zones = await office.gets(pressed(page, "UTC"))
    *_, page = await office.gets(pressed(zones, "Tokyo"))
    assert "🌍 Tokyo" in buttons_of(page)
    assert "UTC" not in await office.says(command("/summary 20"))


async def test_a_zone_that_nobody_knows_is_told_and_nothing_is_chosen(office: Office) -> None:
    assert "“Atlantis &lt;b&gt;”" in await office.says(command("/settings Atlantis <b>"))
    assert await office.store.look(lambda conn: chat_settings.get(conn, PRIVATE["id"])) == ChatSettings()


async def test_a_post_gets_no_reaction_where_none_is_wanted(office: Office) -> None:
    (page,) = await office.gets(command("/settings"))
    *_, page = await office.gets(pressed(page, "👀"))
    assert "▫️ 👀 on every post" in buttons_of(page)
    assert await office.gets(message(RIVER, forward_origin=FROM_CHANNEL)) == []


async def test_a_long_post_is_summed_up_at_once_where_that_is_wanted(office: Office) -> None:
    assert len(FORWARDED) > LONG_CHARS
    (page,) = await office.gets(command("/settings"))
    *_, page = await office.gets(pressed(page, "at once"))
    assert "✅ Sum up long posts at once" in buttons_of(page)
    answer, reaction = await office.gets(message(FORWARDED, forward_origin=FROM_CHANNEL))
    assert "Rotterdam" in answer["text"]
    assert reaction["method"] == "setMessageReaction"


async def test_a_short_summary_shows_fewer_sentences_than_a_long_one(office: Office) -> None:
    told = [
        "Firemen left the harbour of Essen at two.",
        "A school in Genoa taught 300 pupils outdoors.",
        "The mayor of Lyon bought new buses.",
        "Wheat became dearer in Porto.",
        "Doctors in Turku counted fewer colds than last winter.",
        "A ferry to Bergen turned back in the storm.",
        "Judges in Gdansk heard a banker.",
        "The theatre of Split opened after long repairs.",
        "Anglers near Varna caught a giant carp.",
        "Snow closed a pass above Sion.",
    ]
    await office.gets(message(" ".join(told), forward_origin=FROM_CHANNEL))
    shown = []
    (page,) = await office.gets(command("/settings"))
    for label in ("Short", "Normal", "Long"):
        while f"✂️ {label}" not in buttons_of(page):
            *_, page = await office.gets(pressed(page, "✂️"))
        answer = await office.says(command("/summary 20"))
        shown.append(sum(sentence in answer for sentence in told))
    assert shown == [2, 4, 8]


async def test_a_button_pressed_twice_sets_the_same(office: Office) -> None:
    (page,) = await office.gets(command("/settings"))
    for _ in range(2):
        *_, after = await office.gets(pressed(page, "👀"))
        assert "▫️ 👀 on every post" in buttons_of(after)


async def test_in_groups_administrators_choose_and_members_are_told_so(office: Office, api: Api) -> None:
    api.will_say("getChatMember", ok(member("member")), ok(member("administrator")))
    asked = command("/settings Yerevan", chat=GROUP)
    assert "administrators" in await office.says(asked)
    (page,) = await office.gets(command("/settings Yerevan", chat=GROUP))
    assert "Settings of this group" in page["text"]
    assert not any("at once" in label for label in buttons_of(page))


async def test_what_a_group_has_chosen_follows_it_when_it_becomes_a_supergroup(office: Office, api: Api) -> None:
    small = {"id": -77, "type": "group", "title": "Newsroom"}
    api.will_say("getChatMember", ok(member("administrator")))
    await office.gets(command("/settings Yerevan", chat=small))
    await office.gets(message(chat=small, migrate_to_chat_id=GROUP["id"]))
    assert await office.store.look(lambda conn: chat_settings.get(conn, GROUP["id"])) == ChatSettings(
        timezone="Asia/Yerevan"
    )


async def test_what_was_chosen_is_forgotten_with_the_chat(office: Office) -> None:
    await office.gets(command("/settings Yerevan"))
    await office.gets(press("forget:yes"))
    assert await office.store.look(lambda conn: chat_settings.get(conn, ANNA["id"])) == ChatSettings()


def usual() -> Settings:
    return load_settings()


@given(
    st.builds(
        ChatSettings,
        lang=st.sampled_from([None, "en", "ru"]),
        timezone=st.sampled_from([None, "Asia/Tokyo"]),
        length=st.sampled_from(Length),
        acknowledge=st.none() | st.booleans(),
        at_once=st.none() | st.booleans(),
        keep_days=st.sampled_from([None, 1, 7, 30, 365]),
    )
)
def test_settings_of_a_chat_are_settings_that_the_bot_could_have(chosen: ChatSettings) -> None:
    held = chosen.over(usual())
    assert Settings.model_validate(held.model_dump()).summary == held.summary
    assert held.database.keep_days <= usual().database.keep_days
    if chosen == ChatSettings():
        assert held == usual()
