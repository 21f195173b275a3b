from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.chat_settings import ChatSettings
from bot.settings import Settings
from bot.store import tables
from bot.store.desks import chat_settings
from tests.telegram.api import Api, ok
from tests.telegram.commands.test_forget import member, press
from tests.telegram.commands.test_settings import pressed
from tests.telegram.commands.test_sources import FIRE, STRIKE, VOTE, buttons_of
from tests.telegram.conftest import Office
from tests.telegram.messages import FROM_CHANNEL, GROUP, PRIVATE, command, message


async def _collect(office: Office) -> None:
    """Let posts have come ten days, two days and some seconds ago."""
    for number, (text, days) in enumerate(((FIRE, 10), (STRIKE, 2), (VOTE, 0)), start=1):
        await office.gets(message(text, forward_origin={**FROM_CHANNEL, "message_id": number}))
        newest = sa.select(sa.func.max(tables.posts.c.seq)).scalar_subquery()
        aged = sa.update(tables.posts).where(tables.posts.c.seq == newest)
        async with office.store.write() as conn:
            await conn.execute(aged.values(received=datetime.now(UTC) - timedelta(days=days)))


async def _kept(office: Office) -> int:
    async with office.store.read() as conn:
        return (await conn.execute(sa.select(sa.func.count()).select_from(tables.posts))).scalar_one()


async def _open(office: Office) -> dict[str, Any]:
    (page,) = await office.gets(command("/settings"))
    return (await office.gets(pressed(page, "📦")))[-1]


async def test_it_offers_what_is_no_longer_than_the_bot_keeps(office: Office, settings: Settings) -> None:
    assert [*buttons_of(await _open(office))] == ["1 day", "7 days", "✅ 30 days", "◀️ Back"]
    for days, shown in ((7, ["1 day", "✅ 7 days"]), (400, ["1 day", "7 days", "30 days", "90 days", "365 days"])):
        database = settings.database.model_copy(update={"keep_days": days})
        office.settings = settings.model_copy(update={"database": database})
        assert [*buttons_of(await _open(office))][: len(shown)] == shown


async def test_what_would_be_deleted_at_once_is_said_before(office: Office) -> None:
    await _collect(office)
    told, question = await office.gets(pressed(await _open(office), "1 day"))
    assert told["text"] == ""
    assert "2 posts of this chat are older" in question["text"]
    assert "/export" in question["text"]
    assert await _kept(office) == 3
    assert "📦 30 days" in buttons_of((await office.gets(command("/settings")))[0])
    told, page = await office.gets(pressed(question, "🗑"))
    assert told["text"] == "Deleted: 2 posts"
    assert "📦 1 day" in buttons_of(page)
    assert await _kept(office) == 1
    assert "Norway" in await office.says(command("/summary 20"))


async def test_who_changes_his_mind_keeps_all(office: Office) -> None:
    await _collect(office)
    *_, question = await office.gets(pressed(await _open(office), "7 days"))
    assert "One post of this chat is older" in question["text"]
    *_, page = await office.gets(pressed(question, "Keep"))
    assert "✅ 30 days" in buttons_of(page)
    assert await _kept(office) == 3


async def test_where_nothing_goes_nothing_is_asked(office: Office) -> None:
    await office.gets(message(VOTE, forward_origin=FROM_CHANNEL))
    told, page = await office.gets(pressed(await _open(office), "7 days"))
    assert told["text"] == ""
    assert "📦 7 days" in buttons_of(page)
    assert "How long I keep posts: 7 days" in page["text"]
    kept = await office.store.look(lambda conn: chat_settings.get(conn, PRIVATE["id"]))
    assert kept == ChatSettings(keep_days=7)


async def test_a_button_that_was_pressed_twice_deletes_nothing_more(office: Office) -> None:
    await _collect(office)
    *_, question = await office.gets(pressed(await _open(office), "7 days"))
    for _ in range(2):
        *_, page = await office.gets(pressed(question, "🗑"))
        assert "📦 7 days" in buttons_of(page)
    assert await _kept(office) == 2


@pytest.mark.parametrize("data", ["settings:keep:30", "settings:keep:36500", "settings:keep-yes:99999"])
async def test_nothing_is_kept_longer_than_the_bot_keeps_it_whatever_a_button_says(office: Office, data: str) -> None:
    await _collect(office)
    *_, page = await office.gets(press(data))
    assert "📦 30 days" in buttons_of(page)
    assert await _kept(office) == 3
    assert await office.store.look(lambda conn: chat_settings.get(conn, PRIVATE["id"])) == ChatSettings()


async def test_in_a_group_only_administrators_choose(office: Office, api: Api) -> None:
    await _collect(office)
    api.will_say("getChatMember", ok(member("member")), ok(member("administrator")))
    (told,) = await office.gets(press("settings:keep-yes:1", GROUP))
    assert "administrators" in told["text"]
    *_, page = await office.gets(press("settings:keep-yes:1", GROUP))
    assert "📦 1 day" in buttons_of(page)
    assert await _kept(office) == 3  # those of the private chat
