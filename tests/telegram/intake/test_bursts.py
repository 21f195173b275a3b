import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.settings import Settings
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.tables import State
from bot.telegram.intake import collecting
from bot.telegram.intake.bursts import Announcer
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, GROUP, NEWS, SECRET, command, message
from tests.waiting import until

EVENTS = ("bridge", "flood", "fire", "strike", "vote", "storm")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "QUIET", timedelta(0))


def _forwards(count: int, **fields: Any) -> list[dict[str, Any]]:
    places = [NEWS, SECRET]
    return [
        message(
            f"The {event} on Monday was told of by {number} people.",
            forward_origin={**FROM_CHANNEL, "chat": places[number % 2], "message_id": number},
            **fields,
        )
        for number, event in enumerate(EVENTS[:count])
    ]


async def _said(office: Office, settings: Settings, store: Store) -> list[str]:
    """Let the announcer work until no burst is left, and tell what it wants to say."""
    announcer = Announcer(store, settings, on_messages=lambda: None)
    task = asyncio.create_task(announcer.crew.run())

    async def over() -> bool:
        return await announcer._next_due() is None

    await until(over)
    announcer.crew.stop()
    await task
    return [call["text"] for call in await office.gets() if call["method"] == "sendMessage"]


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "5 posts from 2 sources collected: /summary"),
        ("ru", "Собрано: 5 постов из 2 источников. Сводка: /summary"),
    ],
)
async def test_many_posts_in_quick_succession_are_counted_in_one_line(
    office: Office, settings: Settings, store: Store, lang: str, line: str
) -> None:
    await office.gets(*_forwards(5, sender={**ANNA, "language_code": lang}))
    assert await _said(office, settings, store) == [line]
    assert await _said(office, settings, store) == []


async def test_a_few_posts_are_worth_no_line(office: Office, settings: Settings, store: Store) -> None:
    await office.gets(*_forwards(4))
    assert await _said(office, settings, store) == []


async def test_posts_that_were_there_before_are_not_counted(office: Office, settings: Settings, store: Store) -> None:
    await office.gets(*_forwards(4))
    await _said(office, settings, store)
    await office.gets(*_forwards(5))
    assert await _said(office, settings, store) == []


async def test_who_asks_for_a_summary_meanwhile_needs_no_line(office: Office, settings: Settings, store: Store) -> None:
    await office.gets(*_forwards(5), command("/summary"))
    assert await _said(office, settings, store) == []


async def test_a_topic_is_told_in_its_place(office: Office, settings: Settings, store: Store) -> None:
    await office.gets(*_forwards(5, chat=GROUP, message_thread_id=4, is_topic_message=True))
    announcer = Announcer(store, settings, on_messages=lambda: None)
    await announcer._take(1)
    (call,) = [call for call in await office.gets() if call["method"] == "sendMessage"]
    assert (call["chat_id"], call["message_thread_id"]) == (GROUP["id"], 4)


async def test_nobody_is_told_if_so_set(office: Office, settings: Settings, store: Store) -> None:
    silent = settings.model_copy(update={"intake": settings.intake.model_copy(update={"burst_posts": 0})})
    await office.gets(*_forwards(6))
    assert await _said(office, silent, store) == []
    async with store.read() as conn:
        assert (await outbox.counts(conn))[State.WAITING] == 0


PHOTO: list[dict[str, Any]] = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]


def _album(*captions: str | None, number: str = "5", **fields: Any) -> list[dict[str, Any]]:
    return [message(photo=PHOTO, media_group_id=number, caption=caption, **fields) for caption in captions]


async def test_an_album_without_words_is_answered_once_by_what_can_be_read(
    office: Office, settings: Settings, store: Store
) -> None:
    assert await office.gets(*_album(None, None, None), *_album(None, number="6")) == []
    (said,) = await _said(office, settings, store)
    assert "nothing to read in this" in said
    await office.gets(*_forwards(3))
    assert await _said(office, settings, store) == []


async def test_an_album_with_words_under_any_part_is_a_post_and_no_word_is_lost_on_it(
    office: Office, settings: Settings, store: Store
) -> None:
    await office.gets(*_album(None, None, "The bridge was opened by the mayor."))
    assert await _said(office, settings, store) == []


@pytest.mark.parametrize("fields", [{}, {"forward_origin": FROM_CHANNEL}])
async def test_in_groups_an_album_without_words_gets_no_answer(
    office: Office, settings: Settings, store: Store, fields: dict[str, Any]
) -> None:
    await office.gets(*_album(None, None, chat=GROUP, **fields), *_forwards(1, chat=GROUP))
    assert await _said(office, settings, store) == []


async def test_of_pictures_and_albums_without_words_it_is_said_once(
    office: Office, settings: Settings, store: Store
) -> None:
    assert "nothing to read in this" in await office.says(message(photo=PHOTO), *_album(None, None))
    assert await _said(office, settings, store) == []
