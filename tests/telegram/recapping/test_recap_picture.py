"""A recap that wants a picture has one, and goes without if it can't be drawn."""

import subprocess
import sys
from base64 import b64decode
from typing import Any

import pytest
import sqlalchemy as sa
import structlog

from bot import clock
from bot.recap import Recap, RecapOptions
from bot.settings import Settings
from bot.store import tables
from bot.store.engine import Store
from bot.telegram.handling import BotApplication
from bot.telegram.recapping.writing import write
from bot.telegram.texts import Texts
from tests.recaps.making import moment
from tests.telegram.api import Api, ok
from tests.telegram.recapping.test_recapper import TEXTS, _collect, _deliver, _make, _set_up

PNG = b"\x89PNG\r\n\x1a\n"
SENT = {"message_id": 56, "date": 1732170300, "chat": {"id": -1009, "type": "channel", "title": "River"},
        "photo": [{"file_id": "small", "file_unique_id": "s", "width": 90, "height": 90},
                  {"file_id": "large", "file_unique_id": "l", "width": 900, "height": 900}]}  # fmt: skip


@pytest.fixture
async def pictured(store: Store) -> Recap:
    await _collect(store, *TEXTS)
    return await _set_up(store, options=RecapOptions(picture=True), readers=(8,))


async def _queued(store: Store) -> list[tuple[int, str, dict[str, Any]]]:
    columns = tables.outbox.c
    async with store.read() as conn:
        rows = await conn.execute(sa.select(columns.chat_id, columns.method, columns.payload).order_by(columns.id))
        return [(chat_id, method, payload) for chat_id, method, payload in rows]


async def test_a_picture_comes_first_and_subscribers_get_the_same(
    store: Store, settings: Settings, api: Api, application: BotApplication, pictured: Recap
) -> None:
    await _make(store, settings, pictured)
    ((_, method, payload),) = await _queued(store)
    assert method == "sendPhoto"
    assert "Riverton" in payload["caption"]
    assert b64decode(payload["photo"]["base64"]).startswith(PNG)
    api.will_say("sendPhoto", ok(SENT), ok(SENT))
    await _deliver(store, application)
    assert len(api.asked("sendPhoto")) == 2
    (_, _, original), (reader, method, copy) = await _queued(store)
    assert original["photo"] == "large"
    assert (reader, method, copy["photo"], copy["caption"]) == (8, "sendPhoto", "large", payload["caption"])


async def test_a_recap_goes_without_a_picture_that_can_t_be_drawn(
    store: Store, settings: Settings, pictured: Recap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "bot.recaps.picture", None)  # as if matplotlib could not be loaded
    with structlog.testing.capture_logs() as logs:
        await _make(store, settings, pictured)
    ((_, method, payload),) = await _queued(store)
    assert method == "sendMessage"
    assert "Riverton" in payload["text"]
    assert [log["event"] for log in logs if log["log_level"] == "error"] == ["the picture of a recap can't be drawn"]


async def test_where_nothing_is_told_nothing_is_drawn(store: Store, settings: Settings) -> None:
    recap = await _set_up(store, options=RecapOptions(picture=True, skip_empty=False))
    written = await write(store, settings, recap, clock.now())
    assert len(written.messages) == 1
    assert written.picture is None


def test_a_bot_without_pictures_never_loads_matplotlib() -> None:
    loaded = "import bot.app, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0


def test_times_under_an_axis_are_hours_and_where_a_day_begins_that_day() -> None:
    now = moment("09:00", day=6)
    clocks = [moment("18:00").replace(tzinfo=None), moment("00:00", day=6).replace(tzinfo=None)]
    assert [Texts("en").tick(clock, now) for clock in clocks] == ["18:00", "May 6"]
    assert [Texts("ru").tick(clock, now) for clock in clocks] == ["18:00", "6 мая"]
