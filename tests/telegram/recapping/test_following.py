"""Posted recaps follow edits of what they quote, on a local Telegram."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot

from bot import clock
from bot.playground.client.cast import Bot as Account
from bot.playground.client.cast import Channel
from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.serving import serving
from bot.posts import Desk, Origin, OriginKind, Post
from bot.recap import Length, Quotation, Recap, RecapOptions, Run, RunState
from bot.settings import Settings
from bot.store.desks import posts
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import quotations, recaps, runs
from bot.store.tables import State
from bot.telegram import limits
from bot.telegram.crew import Crew
from bot.telegram.delivery import deliver
from bot.telegram.delivery.deliver import Deliverer
from bot.telegram.handling import message_to
from bot.telegram.recapping.following import PAUSE, Follower, retouched
from bot.telegram.recapping.recapper import Recapper
from bot.telegram.writing.markup import MOST_UNITS
from tests.recaps.making import DESK, add_recap, moment
from tests.waiting import until

FLOOD = "A flood in Riverton killed 12 people on Monday, the mayor said. Rescuers searched the old town."
STRIKE = "Train drivers in Lakeland went on strike over pay. About 300 trains were cancelled on Tuesday."
FOLLOWS = RecapOptions(follow_edits=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(clock.FILE, str(tmp_path / "clock"))
    monkeypatch.setattr(deliver, "_FIRST_PAUSE", timedelta(milliseconds=1))
    monkeypatch.setattr(limits, "_CHAT", (1000, 1.0))


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[LocalTelegram]:
    with serving(clock=tmp_path / "clock") as telegram:
        yield telegram
        assert telegram.wrong_requests() == []


@dataclass
class Newsroom:
    """A desk with two posts, and a channel to which its recap is posted."""

    store: Store
    settings: Settings
    telegram: LocalTelegram
    account: Account
    channel: Channel
    texts: list[str]

    async def collect(self) -> None:
        async with self.store.write() as conn:
            for number, text in enumerate(self.texts):
                await posts.add(conn, DESK, self._post(number, text), clock.now(), message_id=number)

    def _post(self, number: int, text: str) -> Post:
        return Post(
            f"7:{number}", text, moment("08:00"), Origin(OriginKind.CHANNEL, "River News"), f"https://t.me/r/{number}"
        )

    async def edit(self, number: int, text: str) -> None:
        async with self.store.write() as conn:
            await posts.edit(conn, DESK, number, self._post(number, text), clock.now())

    async def post(self, options: RecapOptions = FOLLOWS) -> Recap:
        """Have a recap posted."""
        now = clock.now()
        async with self.store.write() as conn:
            recap = await add_recap(conn, now=now, destination=Desk(self.channel.id), options=options)
            await runs.open_run(conn, recap.id, now, now)

        async def is_queued() -> bool:
            return (await self.run_of(recap)).state is RunState.SENDING

        async with _working(Recapper(self.store, self.settings, on_messages=lambda: None).crew):
            await until(is_queued)
        await self.deliver()
        assert (await self.run_of(recap)).state is RunState.POSTED
        return recap

    async def run_of(self, recap: Recap) -> Run:
        async with self.store.read() as conn:
            (run,) = await runs.history(conn, recap.id, 1)
        return run

    async def deliver(self) -> None:
        async def nothing_waits() -> bool:
            async with self.store.read() as conn:
                return not (await outbox.counts(conn))[State.WAITING]

        bot = Bot(self.account.token, base_url=f"{self.telegram.url}/bot")
        async with bot, _working(Deliverer(self.store, bot, "resend").crew):
            await until(nothing_waits)

    async def follow(self) -> None:
        """Let a process that has just begun look for edits, as far as it may now, and deliver what comes of it."""
        follower = Follower(self.store, self.settings, on_messages=lambda: None)

        async def nothing_is_left() -> bool:
            return not follower.crew.in_hand and not await follower._claim(1)

        async with _working(follower.crew):
            await until(nothing_is_left)
        await self.deliver()

    def shown(self) -> list[str]:
        return [message.text for message in self.channel.messages()]

    def edits(self) -> int:
        return sum(call["method"].startswith("editMessage") for call in self.telegram.calls())


@asynccontextmanager
async def _working(crew: Crew[Any]) -> AsyncIterator[None]:
    task = asyncio.create_task(crew.run())
    yield
    crew.stop()
    await asyncio.wait_for(task, 30)


@pytest.fixture
async def newsroom(store: Store, settings: Settings, telegram: LocalTelegram) -> Newsroom:
    account = telegram.bot("sitrep_bot")
    channel = telegram.channel("Morning")
    channel.adds(account)
    channel.promotes(account, can_edit_messages=False)
    room = Newsroom(store, settings, telegram, account, channel, [FLOOD, STRIKE])
    await room.collect()
    return room


async def test_an_edited_sentence_takes_the_place_of_the_quoted_one_and_all_else_stays(newsroom: Newsroom) -> None:
    await newsroom.post()
    (before,) = newsroom.shown()
    await newsroom.edit(0, FLOOD.replace("12 people", "18 people"))
    await newsroom.follow()
    (after,) = newsroom.shown()
    assert after == before.replace("12 people", "18 people") != before
    await newsroom.follow()
    assert newsroom.edits() == 1


async def test_under_a_picture_the_caption_is_edited(newsroom: Newsroom) -> None:
    await newsroom.post(replace(FOLLOWS, picture=True))
    await newsroom.edit(1, STRIKE.replace("300", "340"))
    await newsroom.follow()
    (message,) = newsroom.channel.messages()
    assert "photo" in message.shown
    assert "340 trains" in message.text
    assert "300 trains" not in message.text


@pytest.mark.parametrize("options", [RecapOptions(), replace(FOLLOWS, follow_edits=False, picture=True)])
async def test_who_has_not_asked_for_it_keeps_what_was_posted(newsroom: Newsroom, options: RecapOptions) -> None:
    await newsroom.post(options)
    await newsroom.edit(0, FLOOD.replace("12 people", "18 people"))
    await newsroom.follow()
    assert newsroom.edits() == 0


async def test_an_edit_of_what_is_not_quoted_calls_nobody(newsroom: Newsroom) -> None:
    await newsroom.edit(0, FLOOD + " The weather will be fine.")
    await newsroom.post(replace(FOLLOWS, length=Length.SHORT))
    (before,) = newsroom.shown()
    assert "weather" not in before
    await newsroom.edit(0, FLOOD + " The weather will be foul.")
    await newsroom.follow()
    assert newsroom.shown() == [before]
    assert newsroom.edits() == 0


async def test_edits_that_follow_each_other_are_taken_over_once_a_minute(newsroom: Newsroom) -> None:
    await newsroom.post()
    for number in (13, 14):
        await newsroom.edit(0, FLOOD.replace("12 people", f"{number} people"))
    await newsroom.follow()
    assert newsroom.edits() == 1
    for number in (15, 16, 17):
        await newsroom.edit(0, FLOOD.replace("12 people", f"{number} people"))
        await newsroom.follow()
    assert newsroom.edits() == 1
    assert "14 people" in newsroom.shown()[0]
    newsroom.telegram.advance(PAUSE.total_seconds())
    await newsroom.follow()
    assert newsroom.edits() == 2
    assert "17 people" in newsroom.shown()[0]


async def test_after_a_day_a_recap_stays_as_it_is(newsroom: Newsroom) -> None:
    await newsroom.post()
    newsroom.telegram.advance(timedelta(hours=24, seconds=1).total_seconds())
    await newsroom.edit(0, FLOOD.replace("12 people", "18 people"))
    await newsroom.follow()
    assert newsroom.edits() == 0


async def test_an_edit_that_came_while_the_recap_was_under_way_is_not_lost(newsroom: Newsroom) -> None:
    now = clock.now()
    async with newsroom.store.write() as conn:
        recap = await add_recap(conn, now=now, destination=Desk(newsroom.channel.id), options=FOLLOWS)
        await runs.open_run(conn, recap.id, now, now)

    async def is_queued() -> bool:
        return (await newsroom.run_of(recap)).state is RunState.SENDING

    async with _working(Recapper(newsroom.store, newsroom.settings, on_messages=lambda: None).crew):
        await until(is_queued)
    await newsroom.edit(0, FLOOD.replace("12 people", "18 people"))
    await newsroom.follow()  # it has not been posted yet
    assert "12 people" in newsroom.shown()[0]
    await newsroom.follow()
    assert "18 people" in newsroom.shown()[0]


async def test_what_has_no_room_in_the_message_is_left_out(newsroom: Newsroom) -> None:
    recap = await newsroom.post()
    (before,) = newsroom.shown()
    await newsroom.edit(0, "A flood in Riverton killed " + "very " * 900 + "many people, the mayor said.")
    with structlog.testing.capture_logs() as logs:
        await newsroom.follow()
    assert newsroom.shown() == [before]
    assert newsroom.edits() == 0
    assert "a recap can't be brought up to date" in [log["event"] for log in logs]
    async with newsroom.store.read() as conn:
        assert await quotations.edited_of_run(conn, (await newsroom.run_of(recap)).id) == []


async def test_a_story_of_which_nothing_is_left_stays_as_it_is(newsroom: Newsroom) -> None:
    await newsroom.post()
    (before,) = newsroom.shown()
    await newsroom.edit(0, "👍")
    await newsroom.follow()
    assert newsroom.shown() == [before]


async def test_a_message_that_was_deleted_is_left_alone(newsroom: Newsroom) -> None:
    recap = await newsroom.post()
    (message,) = newsroom.channel.messages()
    newsroom.channel.deletes(message)
    await newsroom.edit(0, FLOOD.replace("12 people", "18 people"))
    await newsroom.follow()
    assert newsroom.shown() == []
    assert (await newsroom.run_of(recap)).state is RunState.POSTED


async def test_a_recap_that_can_t_be_brought_up_to_date_stays_and_holds_nobody_up(newsroom: Newsroom) -> None:
    broken, whole = await newsroom.post(), await newsroom.post()
    async with newsroom.store.write() as conn:
        await recaps.change(conn, broken.id, schedule="daily 09:00 Mars/Base")
    await newsroom.edit(0, FLOOD.replace("12 people", "18 people"))
    with structlog.testing.capture_logs() as logs:
        await newsroom.follow()
    assert [log["event"] for log in logs].count("an edit can't be taken over") == 1
    first, second = newsroom.shown()
    assert "12 people" in first
    assert "18 people" in second
    assert (await newsroom.run_of(whole)).state is RunState.POSTED


async def test_edits_of_a_recap_keep_to_the_limits_of_its_chat(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await newsroom.post()
    await newsroom.edit(0, FLOOD.replace("12 people", "18 people"))
    monkeypatch.setattr(limits, "_GROUP", (1, 3.0))
    monkeypatch.setattr(deliver, "GROUP_PAUSE", 0.2)
    async with newsroom.store.write() as conn:
        await outbox.enqueue(conn, [_message(newsroom.channel.id, "Hello")], clock.now())
    with structlog.testing.capture_logs() as logs:
        await newsroom.follow()
    assert "the group has had enough messages" in [log.get("why") for log in logs]
    assert "18 people" in newsroom.shown()[0]


def _message(chat_id: int, text: str) -> Outgoing:
    return Outgoing(chat_id, 0, text, "sendMessage", message_to(Desk(chat_id), text))


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "error_after", "flood"])
async def test_an_edit_that_fails_on_its_way_is_made_again(newsroom: Newsroom, fault: str) -> None:
    await newsroom.post()
    newsroom.telegram.fault(fault, "editMessageText", **({"seconds": 1} if fault == "flood" else {}))
    await newsroom.edit(0, FLOOD.replace("12 people", "18 people"))
    await newsroom.follow()
    assert "18 people" in newsroom.shown()[0]
    async with newsroom.store.read() as conn:
        assert (await outbox.counts(conn))[State.DONE] == 2


def _quotation(html: str, line: str = "▪️ Title", part: int = 1) -> Quotation:
    return Quotation(part, html, line, ((1, "p1"),), (), moment("09:00"))


STORIES = st.lists(
    st.from_regex(r"<b>[A-Za-z]{1,9}</b>\n[a-z 0-9]{0,30}", fullmatch=True), min_size=1, max_size=6, unique=True
)


@given(STORIES, st.data())
def test_a_story_is_replaced_in_its_place_and_can_be_replaced_back(stories: list[str], data: st.DataObject) -> None:
    old = data.draw(st.sampled_from(stories))
    new = data.draw(st.from_regex(r"<b>[А-Я]{1,9}</b>\n[а-я]{0,30}", fullmatch=True))
    message = "\n\n".join(["📰 News", *stories])
    edited = retouched([message], [MOST_UNITS], _quotation(old), _quotation(new))
    if edited is None:
        assert message.count(old) > 1
    else:
        assert edited == ["\n\n".join(["📰 News", *(new if story == old else story for story in stories)])]
        assert retouched(edited, [MOST_UNITS], _quotation(new), _quotation(old)) == [message]


def test_the_headline_at_the_beginning_is_replaced_too() -> None:
    head = "📰 News\n<blockquote expandable>▪️ One\n▪️ One more\n▪️ Two</blockquote>"
    edited = retouched(
        [head, "<b>One</b> a\n\n<b>Two</b> b"],
        [MOST_UNITS] * 2,
        _quotation("<b>Two</b> b", "▪️ Two", 2),
        _quotation("<b>2</b> b", "▪️ 2", 2),
    )
    assert edited == [head.replace("Two", "2"), "<b>One</b> a\n\n<b>2</b> b"]
    edited = retouched(
        [head, "<b>One</b> a"],
        [MOST_UNITS] * 2,
        _quotation("<b>One</b> a", "▪️ One", 2),
        _quotation("<b>1</b>", "▪️ 1", 2),
    )
    assert edited == [head.replace("▪️ One\n", "▪️ 1\n"), "<b>1</b>"]


@pytest.mark.parametrize(("part", "html", "room"), [(3, "a", 9), (1, "b", 9), (1, "a", 9), (2, "c", 3)])
def test_what_is_not_there_once_or_has_no_room_is_not_replaced(part: int, html: str, room: int) -> None:
    assert retouched(["a a", "c"], [9, room], _quotation(html, part=part), _quotation("dddd", part=part)) is None
