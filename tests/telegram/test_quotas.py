from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.posts import Desk
from bot.settings import Settings
from bot.store.desks import posts
from bot.store.engine import Store, opened_store
from bot.telegram.handling import BotApplication
from bot.telegram.quotas import Moments, Quotas, Room
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, GROUP, NEWS, NOW, PRIVATE, channel_post, command, message

BORIS: dict[str, Any] = {**ANNA, "id": 8, "first_name": "Boris", "language_code": "ru"}


def _limited(settings: Settings, **limits: int) -> Settings:
    return settings.model_copy(update={"limits": settings.limits.model_copy(update=limits)})


def _forward(number: int, **fields: Any) -> dict[str, Any]:
    origin = {**FROM_CHANNEL, "message_id": number}
    return message(f"Event {number}.", forward_origin=origin, **{"date": int(clock.now().timestamp()), **fields})


async def _takes_post(quotas: Quotas, person: int = 7) -> bool:
    return await quotas.take_post(person, person, clock.now())


async def _count(office: Office, desk: Desk) -> int:
    async with office.store.read() as conn:
        return await posts.count(conn, desk)


def _texts(calls: list[dict[str, Any]]) -> list[str]:
    return [call["text"] for call in calls if call["method"] == "sendMessage"]


async def test_posts_beyond_those_of_a_minute_are_not_taken_which_is_told_once(
    office: Office, settings: Settings
) -> None:
    office.settings = _limited(settings, posts_per_minute=3)
    calls = await office.gets(*(_forward(number) for number in range(6)))
    assert len([call for call in calls if call["method"] == "setMessageReaction"]) == 3
    (told,) = _texts(calls)
    assert "I take 3 posts a minute" in told
    assert await _count(office, Desk(7)) == 3


async def test_everybody_has_a_quota_of_his_own_and_is_told_in_his_language(office: Office, settings: Settings) -> None:
    office.settings = _limited(settings, posts_per_minute=2)
    sent = [_forward(number, chat=GROUP, sender=sender) for number in range(3) for sender in (ANNA, BORIS)]
    english, russian = _texts(await office.gets(*sent))
    assert "too fast for me" in english
    assert "беру 2 поста в минуту" in russian


async def test_what_waited_for_the_bot_was_not_sent_too_fast(office: Office, settings: Settings) -> None:
    office.settings = _limited(settings, posts_per_minute=2)
    sent = [_forward(number, date=NOW + 30 * number, chat=chat) for number in range(20) for chat in (PRIVATE, GROUP)]
    assert _texts(await office.gets(*sent)) == []
    assert [await _count(office, Desk(chat["id"])) for chat in (PRIVATE, GROUP)] == [20, 20]


async def test_what_was_sent_too_fast_while_the_bot_was_away_was_too_fast(office: Office, settings: Settings) -> None:
    office.settings = _limited(settings, posts_per_minute=2)
    sent = [_forward(number, date=NOW + number // 4 * 60) for number in range(12)]
    (told,) = _texts(await office.gets(*sent))
    assert "I take 2 posts a minute" in told
    assert await _count(office, Desk(7)) == 6


@given(st.lists(st.integers(0, 600), max_size=60), st.integers(1, 5))
def test_who_keeps_to_a_limit_is_never_refused_and_nobody_has_more_than_a_full_bucket_and_what_drains(
    seconds: list[int], most: int
) -> None:
    quota, sent = Moments(most), sorted(seconds)
    taken = [at for at in sent if quota.take("somebody", datetime.fromtimestamp(NOW + at, UTC))]
    in_a_minute = [sum(begin <= at <= begin + 60 for at in sent) for begin in sent]
    assert taken == sent or max(in_a_minute) > most
    assert all(sum(begin <= at < begin + 60 for at in taken) <= 2 * most for begin in taken)


async def test_talk_and_pictures_are_no_posts_and_use_nothing(office: Office, settings: Settings) -> None:
    office.settings = _limited(settings, posts_per_minute=1)
    await office.gets(*(message("Hi", chat=GROUP) for _ in range(3)), _forward(1, chat=GROUP))
    assert await _count(office, Desk(GROUP["id"])) == 1


async def test_nothing_is_said_in_a_channel(office: Office, settings: Settings) -> None:
    office.settings = _limited(settings, posts_per_minute=1)
    assert await office.gets(channel_post("First event."), channel_post("Second event.")) == []
    assert await _count(office, Desk(NEWS["id"])) == 1


async def test_a_desk_that_is_full_takes_no_more_and_loses_nothing(office: Office, settings: Settings) -> None:
    office.settings = _limited(settings, stored_posts=2)
    (told,) = _texts(await office.gets(*(_forward(number) for number in range(4))))
    assert told.startswith("I keep 2 posts of this chat, and no more")
    assert await _count(office, Desk(7)) == 2
    await office.gets(_forward(9, chat=GROUP))
    assert await _count(office, Desk(GROUP["id"])) == 1


async def test_summaries_beyond_those_of_a_minute_are_refused_once(office: Office, settings: Settings) -> None:
    office.settings = _limited(settings, summaries_per_minute=2)
    asked = [command(text) for text in ("/summary", "/actors", "/numbers", "/summary")]
    *answers, refusal = _texts(await office.gets(*asked))
    assert len(answers) == 2
    assert refusal.startswith("That was too often for me: I answer 2 such questions a minute.")
    assert not any("too often" in answer for answer in answers)


@pytest.fixture
async def stores(postgres_url: str) -> AsyncIterator[list[Store]]:
    """The same Postgres, as three processes have it open."""
    async with AsyncExitStack() as opened:
        yield [await opened.enter_async_context(opened_store(postgres_url)) for _ in range(3)]


@pytest.fixture
def same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no time pass in which quotas drain."""
    now = datetime.now(UTC)
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The statements about quotas."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "quotas" in statement:
            seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(sa.Engine, "before_cursor_execute", note)


@pytest.mark.usefixtures("same_moment")
async def test_processes_that_share_a_database_share_small_limits_exactly(
    stores: list[Store], settings: Settings
) -> None:
    limits = _limited(settings, posts_per_minute=49, summaries_per_minute=2).limits
    first, second, third = (Quotas(store, limits) for store in stores)
    for_posts = [await _takes_post(quotas) for _ in range(20) for quotas in (first, second, third)]
    assert for_posts == [True] * 49 + [False] * 11
    assert [await quotas.take_summary(7) for quotas in (first, second, third)] == [True, True, False]
    assert await _takes_post(third, 8)
    assert not await _takes_post(Quotas(stores[0], limits))  # as after a restart


@pytest.mark.usefixtures("same_moment")
async def test_to_great_limits_each_process_but_the_first_adds_a_fiftieth_at_most_and_takes_nothing_away(
    stores: list[Store], settings: Settings
) -> None:
    limits = _limited(settings, posts_per_minute=50).limits
    first, second, third = (Quotas(store, limits) for store in stores)
    assert [await _takes_post(first) for _ in range(51)] == [True] * 50 + [False]
    others = (second, third)
    assert [await _takes_post(quotas) for _ in range(2) for quotas in others] == [True, True, False, False]


async def test_who_sends_a_few_posts_is_asked_for_nowhere(
    stores: list[Store], settings: Settings, asked: list[str]
) -> None:
    quotas = Quotas(stores[0], _limited(settings, posts_per_minute=600).limits)
    assert all([await _takes_post(quotas) for _ in range(12)])
    assert asked == []
    assert await _takes_post(quotas)
    assert len(asked) == 1


async def test_who_has_a_database_for_himself_asks_it_nothing(
    store: Store, settings: Settings, asked: list[str]
) -> None:
    quotas = Quotas(store, _limited(settings, posts_per_minute=2, summaries_per_minute=1).limits)
    assert [await _takes_post(quotas) for _ in range(3)] == [True, True, False]
    assert [await quotas.take_summary(7) for _ in range(2)] == [True, False]
    assert [await quotas.may_tell(7, "too-many-posts") for _ in range(2)] == [True, False]
    assert asked == []


@pytest.mark.usefixtures("same_moment")
async def test_what_is_beyond_a_limit_of_all_processes_is_told_by_one_of_them(
    stores: list[Store], settings: Settings, application: BotApplication
) -> None:
    limited = _limited(settings, posts_per_minute=2)
    first, second, _ = (Office(store, limited, application) for store in stores)
    assert _texts(await first.gets(_forward(1), _forward(2))) == []
    (told,) = _texts(await second.gets(_forward(3), _forward(4)))
    assert "I take 2 posts a minute" in told
    assert _texts(await first.gets(_forward(5))) == []
    assert await _count(first, Desk(7)) == 2


async def test_a_desk_is_counted_now_and_then_and_never_holds_more_than_it_may() -> None:
    room, taken, counted = Room(250), 0, 0

    async def count() -> int:
        nonlocal counted
        counted += 1
        return taken

    while await room.take(Desk(7), count):
        taken += 1
    assert (taken, counted) == (250, 4)
    taken -= 1
    assert await room.take(Desk(7), count)


async def test_the_room_of_one_desk_is_not_that_of_another() -> None:
    room = Room(1)

    async def nothing() -> int:
        return 0

    async def one() -> int:
        return 1

    assert await room.take(Desk(7), nothing)
    assert await room.take(Desk(7, 5), nothing)
    assert not await room.take(Desk(7), one)
