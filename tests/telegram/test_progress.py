"""What is shown while an answer is being made. Reading waits here until Telegram has seen what is to be shown."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.posts import Analysis, Desk, Post
from bot.store import tables
from bot.store.connection import Connection
from bot.store.desks import pages
from bot.store.desks.posts import StoredPost
from bot.store.queues import inbox
from bot.store.queues import progress as kept
from bot.telegram import progress, reading
from bot.telegram.limits import Limits
from bot.text.analysis import analyse
from tests.telegram.api import DROPPED, MESSAGE, Api, error
from tests.telegram.commands.test_forget import press
from tests.telegram.commands.test_sources import FIRE, STRIKE, VOTE, buttons_of
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, GROUP, command, message
from tests.waiting import until

PROGRESS_ID = MESSAGE["message_id"]
TAKEN_BACK = {"method": "deleteMessage", "chat_id": 7, "message_id": PROGRESS_ID}


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be shown as soon as there is something to wait for."""
    for name in ("_ACTION_AFTER", "_ACTION_EVERY", "_MESSAGE_AFTER", "_EDIT_EVERY"):
        monkeypatch.setattr(progress, name, 0.01)


async def _collect_unread(office: Office, **fields: Any) -> None:
    forwards = [
        message(text, forward_origin={**FROM_CHANNEL, "message_id": number}, **fields)
        for number, text in enumerate((FIRE, STRIKE, VOTE), start=1)
    ]
    await office.gets(*forwards)
    async with office.store.write() as conn:
        await conn.execute(sa.delete(tables.analyses))


def _reading_waits(monkeypatch: pytest.MonkeyPatch, seen: Callable[[], Awaitable[object]]) -> None:
    """Let the last post be read only when something was seen; within 30 s, so that a test can fail."""

    async def read(post: Post) -> Analysis:
        if post.text == VOTE:
            await until(seen, 30)
        return analyse(post)

    monkeypatch.setattr(reading, "read", read)


def _was_said(api: Api, text: str) -> Callable[[], Awaitable[bool]]:
    """Wait for a text in the message, or in an edit of it: what it says at first depends on how fast all is."""

    async def said() -> bool:
        return any(call["text"] == text for call in [*api.asked("sendMessage"), *api.asked("editMessageText")])

    return said


def _was_asked(api: Api, method: str, times: int = 1) -> Callable[[], Awaitable[bool]]:
    async def asked() -> bool:
        return len(api.asked(method)) >= times

    return asked


@pytest.mark.usefixtures("at_once")
async def test_long_work_shows_that_it_goes_on_and_how_far_it_is_until_the_answer_comes(
    office: Office, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _collect_unread(office)

    said, acted = _was_said(api, "⏳ Reading: 2 of 3 posts …"), _was_asked(api, "sendChatAction")

    async def counted() -> bool:
        return await said() and await acted()

    _reading_waits(monkeypatch, counted)
    answer, taken_back = await office.gets(command("/summary"))
    assert answer["text"].startswith("📰 <b>3 posts")
    assert taken_back == TAKEN_BACK
    assert len(api.asked("sendMessage")) == 1
    assert api.asked("sendMessage")[0]["disable_notification"] == "true"
    assert {call["message_id"] for call in api.asked("editMessageText")} <= {str(PROGRESS_ID)}
    assert api.asked("sendChatAction")[0]["action"] == "typing"


async def test_an_answer_that_comes_soon_is_all_that_is_shown(office: Office, api: Api) -> None:
    await _collect_unread(office)
    (answer,) = await office.gets(command("/summary"))
    assert answer["method"] == "sendMessage"
    assert api.asked("sendChatAction") == api.asked("sendMessage") == []


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("asked", ["/actors 20", "/numbers 20", "/summary 20"])
async def test_every_command_that_reads_shows_it(
    office: Office, api: Api, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    await _collect_unread(office)
    _reading_waits(monkeypatch, _was_asked(api, "sendMessage"))
    *_, taken_back = await office.gets(command(asked))
    assert taken_back == TAKEN_BACK


@pytest.mark.usefixtures("at_once")
async def test_who_wants_all_posts_as_a_file_sees_how_many_are_written(
    office: Office, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _collect_unread(office)
    read = pages.read

    async def read_late(conn: Connection, desk: Desk, page: pages.Page) -> list[StoredPost]:
        await until(_was_said(api, "⏳ Reading: 0 of 3 posts …"), 30)
        return await read(conn, desk, page)

    monkeypatch.setattr(pages, "read", read_late)
    file, taken_back = await office.gets(command("/export"))
    assert (file["method"], taken_back) == ("sendDocument", TAKEN_BACK)


@pytest.mark.usefixtures("at_once")
async def test_a_pressed_button_shows_it_too(office: Office, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await _collect_unread(office)
    answer, *_ = await office.gets(command("/summary 20"))
    async with office.store.write() as conn:
        await conn.execute(sa.delete(tables.analyses))
    _reading_waits(monkeypatch, _was_asked(api, "sendMessage", len(api.asked("sendMessage")) + 1))
    told, edited, taken_back = await office.gets(press(buttons_of(answer)["👤 Actors"]))
    assert (told["method"], edited["method"], taken_back) == ("answerCallbackQuery", "editMessageText", TAKEN_BACK)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("refusal", [error(400, "Bad Request: chat not found"), error(429, "Too Many"), DROPPED])
async def test_what_can_t_be_shown_keeps_nobody_from_the_answer(
    office: Office, api: Api, monkeypatch: pytest.MonkeyPatch, refusal: Any
) -> None:
    await _collect_unread(office)
    for method in ("sendChatAction", "sendMessage"):
        api.will_say(method, refusal)
    _reading_waits(monkeypatch, _was_asked(api, "sendMessage"))
    (answer,) = await office.gets(command("/summary"))
    assert answer["text"].startswith("📰 <b>3 posts")


@pytest.mark.usefixtures("at_once")
async def test_what_a_dead_process_left_is_gone_on_with(
    office: Office, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _collect_unread(office)
    asked = command("/summary")
    await office.store.change(lambda conn: inbox.put(conn, [asked]))

    async def noted() -> int | None:
        return await office.store.look(lambda conn: kept.sent(conn, asked["update_id"]))

    died = asyncio.Event()

    async def dies(post: Post) -> Analysis:
        await until(noted, 30)
        died.set()
        await asyncio.Event().wait()
        return analyse(post)

    monkeypatch.setattr(reading, "read", dies)
    await office.works_until(died)
    before = len(api.asked("editMessageText"))
    _reading_waits(monkeypatch, _was_asked(api, "editMessageText", before + 1))
    answer, taken_back = await office.gets()
    assert answer["text"].startswith("📰 <b>3 posts")
    assert taken_back == TAKEN_BACK
    assert len(api.asked("sendMessage")) == 1


@pytest.mark.usefixtures("at_once")
async def test_where_it_is_not_known_whether_one_was_sent_none_is_sent_again(
    office: Office, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _collect_unread(office)
    asked = command("/summary")
    await office.store.change(lambda conn: inbox.put(conn, [asked]))
    await office.store.change(lambda conn: kept.begin(conn, asked["update_id"]))
    _reading_waits(monkeypatch, _was_asked(api, "sendChatAction", 3))
    (answer,) = await office.gets()
    assert answer["text"].startswith("📰 <b>3 posts")
    assert api.asked("sendMessage") == []


@pytest.mark.usefixtures("at_once")
async def test_it_goes_when_there_is_an_apology_instead(
    office: Office, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _collect_unread(office)
    asked = command("/summary")

    async def broken(_post: Post) -> Analysis:
        await until(lambda: office.store.look(lambda conn: kept.sent(conn, asked["update_id"])), 30)
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "read", broken)
    monkeypatch.setattr(inbox, "_FIRST_PAUSE", timedelta(milliseconds=1))
    apology, taken_back = await office.gets(asked)
    assert f"<code>{asked['update_id']}</code>" in apology["text"]
    assert taken_back == TAKEN_BACK
    assert len(api.asked("sendMessage")) == 1


@pytest.mark.usefixtures("at_once")
async def test_in_a_group_it_is_said_to_whom(office: Office, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    topic: dict[str, Any] = {"chat": GROUP, "message_thread_id": 5, "is_topic_message": True}
    await _collect_unread(office, **topic)
    _reading_waits(monkeypatch, _was_said(api, "⏳ Читаю: 2 из 3 постов…"))
    asked = command("/summary@sitrep_bot", sender={**ANNA, "language_code": "ru"}, **topic)
    await office.gets(asked)
    (shown,) = api.asked("sendMessage")
    assert f'"message_id": {asked["message"]["message_id"]}' in shown["reply_parameters"]
    assert shown["message_thread_id"] == "5"


async def test_what_was_sent_of_late_leaves_no_room_for_it() -> None:
    limits = Limits()
    assert limits.has_room(7)
    async with limits.message(7):
        assert not limits.has_room(7)
    for _ in range(6):
        await limits._groups.of(-100).acquire()
    assert limits._groups.of(-100).has_capacity()
    assert not limits.has_room(-100)
    assert limits.has_room(-200)
