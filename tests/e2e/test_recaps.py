"""A recap comes to its channel when the clock shows its time, and whatever happens to the process."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.clock import FILE
from bot.playground.client.cast import Bot, Channel
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.client.seen import Message, waits_until
from bot.playground.serving import serving
from bot.posts import Desk
from bot.recap import Recap, RecapOptions
from bot.recaps.schedule import parse_schedule, write_schedule
from bot.recaps.slots import next_slot
from bot.store.desks import posts
from bot.store.engine import open_store
from bot.store.recapping import recaps, subscribers
from tests.e2e.conftest import StartBot
from tests.e2e.messages import answer_to

pytestmark = pytest.mark.e2e

CLOCK = "clock"
SCHEDULE = parse_schedule("daily 09:00", ZoneInfo("UTC"))
FLOOD = "A flood in Riverton killed 12 people on Monday, the mayor said. Rescuers searched the old town."
STRIKE = "Train drivers in Lakeland went on strike over pay. About 300 trains were cancelled on Tuesday."
LATER = "The flood in Riverton has killed 18 people, the mayor said. The army brought drinking water by helicopter."


@pytest.fixture
def telegram(home: Path) -> Iterator[LocalTelegram]:
    with serving(clock=home / CLOCK) as telegram:
        yield telegram
        assert telegram.wrong_requests() == []


@pytest.fixture
def channel(telegram: LocalTelegram, sitrep: Bot) -> Channel:
    channel = telegram.channel("Morning")
    channel.adds(sitrep)
    channel.promotes(sitrep, can_edit_messages=False)
    channel.post("Welcome!")
    return channel


def _add_recap(
    telegram: LocalTelegram,
    home: Path,
    owner: int,
    channel: Channel,
    *readers: int,
    options: RecapOptions | None = None,
) -> Recap:
    """Set a recap up beside the running bot, as soon as it has made its tables, and let it look."""
    now = datetime.fromtimestamp(telegram.advance(0), UTC)

    async def add() -> Recap:
        store = await open_store(f"sqlite:///{home / 'sitrep.sqlite3'}")
        async with store.write() as conn:
            recap = await recaps.create(
                conn,
                owner_id=owner,
                source=Desk(owner),
                destination=Desk(channel.id),
                title="Morning news",
                schedule=write_schedule(SCHEDULE),
                options=options or RecapOptions(),
                next_slot=next_slot(SCHEDULE, now),
                now=now,
            )
            for reader in readers:
                await subscribers.subscribe(conn, recap.id, reader, now)
        await store.close()
        return recap

    return asyncio.run(add())


def _wait_for_posts(home: Path, owner: int, count: int) -> None:
    async def stored() -> int:
        store = await open_store(f"sqlite:///{home / 'sitrep.sqlite3'}")
        async with store.read() as conn:
            found = await posts.count(conn, Desk(owner))
        await store.close()
        return found

    waits_until(lambda: asyncio.run(stored()) >= count or None, 60, f"{count} posts")


def _go_to_next_slot(telegram: LocalTelegram) -> None:
    now = datetime.fromtimestamp(telegram.advance(0), UTC)
    telegram.advance((next_slot(SCHEDULE, now) - now).total_seconds() + 1)


def _recaps(channel: Channel) -> list[Message]:
    return [message for message in channel.messages() if "Morning news" in message.text]


def _next_recap(channel: Channel, count: int) -> str:
    return waits_until(lambda: _recaps(channel)[count - 1 :] or None, 30, f"recap {count}")[-1].text


def test_each_recap_tells_what_is_new_since_the_last_and_subscribers_get_it_too(
    telegram: LocalTelegram, sitrep: Bot, channel: Channel, start_bot: StartBot, home: Path
) -> None:
    bot = start_bot(telegram.url, **{FILE: str(home / CLOCK)})
    anna, boris, news = telegram.user("Anna"), telegram.user("Boris"), telegram.channel("River News")
    for person in (anna, boris):
        answer_to(person.starts(sitrep))
    for text in (FLOOD, STRIKE):
        anna.forwards(news.post(text), to=sitrep)
    _wait_for_posts(home, anna.id, 2)
    _add_recap(telegram, home, anna.id, channel, boris.id)

    _go_to_next_slot(telegram)
    first = _next_recap(channel, 1)
    assert "2 posts from 1 source" in first
    assert "killed 12 people" in first
    assert "300 trains" in first
    copy = waits_until(lambda: [m for m in boris.sees(sitrep) if "Morning news" in m.text] or None, 60, "a copy")
    assert [message.text for message in copy] == [first]

    _go_to_next_slot(telegram)  # nothing came since: nothing is posted
    anna.forwards(news.post(LATER), to=sitrep)
    _wait_for_posts(home, anna.id, 3)
    _go_to_next_slot(telegram)
    second = _next_recap(channel, 2)
    assert "🔄 Update" in second
    assert "18 people" in second
    assert "300 trains" not in second
    assert bot.stop() == 0
    assert len(_recaps(channel)) == 2


def test_a_recap_with_a_picture_follows_the_edit_of_a_post(
    telegram: LocalTelegram, sitrep: Bot, channel: Channel, start_bot: StartBot, home: Path
) -> None:
    bot = start_bot(telegram.url, **{FILE: str(home / CLOCK)})
    anna, boris = telegram.user("Anna"), telegram.user("Boris")
    for person in (anna, boris):
        answer_to(person.starts(sitrep))
    written = anna.writes(FLOOD, to=sitrep)
    anna.writes(STRIKE, to=sitrep)
    _wait_for_posts(home, anna.id, 2)
    options = RecapOptions(picture=True, follow_edits=True)
    _add_recap(telegram, home, anna.id, channel, boris.id, options=options)
    _go_to_next_slot(telegram)
    assert "killed 12 people" in _next_recap(channel, 1)
    (posted,) = _recaps(channel)
    assert max(size["width"] for size in posted.shown["photo"]) > 800
    copy = waits_until(lambda: [m for m in boris.sees(sitrep) if "Morning news" in m.text] or None, 60, "a copy")[0]
    assert copy.shown["photo"][-1]["file_id"] == posted.shown["photo"][-1]["file_id"]

    anna.edits(written, FLOOD.replace("12 people", "18 people"))
    bot.kill()
    bot.start()

    def follows() -> bool | None:
        telegram.advance(1)  # the bot looks whenever the clock jumps
        return "killed 18 people" in _recaps(channel)[0].text or None

    waits_until(follows, 60, "the edit")
    assert "300 trains" in _recaps(channel)[0].text
    assert bot.stop() == 0


def test_a_recap_comes_once_however_often_the_process_is_killed(
    telegram: LocalTelegram, sitrep: Bot, channel: Channel, start_bot: StartBot, home: Path
) -> None:
    bot = start_bot(telegram.url, **{FILE: str(home / CLOCK)})
    anna, news = telegram.user("Anna"), telegram.channel("River News")
    answer_to(anna.starts(sitrep))
    anna.forwards(news.post(FLOOD), to=sitrep)
    _wait_for_posts(home, anna.id, 1)
    _add_recap(telegram, home, anna.id, channel)
    telegram.fault("drop_after", "sendMessage", chat=channel.id)
    _go_to_next_slot(telegram)
    for _ in range(3):
        time.sleep(0.3)
        bot.kill()
        bot.start()
    _next_recap(channel, 1)
    for _ in range(10):
        telegram.advance(30)
        time.sleep(0.2)
    bot.stop()
    assert len(_recaps(channel)) == 1
