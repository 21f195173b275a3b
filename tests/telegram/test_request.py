from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.request import MOST_POSTS, Request, read_request
from tests.telegram.conftest import Office
from tests.telegram.messages import FROM_CHANNEL, FROM_SECRET, command, message

RIVER = "The river rose by two metres near Rotterdam. The mayor asked 300 people to leave their houses."
STRIKE = "Dockers in Genoa went on strike on Monday. Their union wants 200 euros more a month."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", Request()),
        ("20", Request(count=20)),
        ("5000", Request(count=MOST_POSTS)),
        ("9" * 50, Request(count=MOST_POSTS)),
        ("24h", Request(period=timedelta(hours=24))),
        ("24 h", Request(period=timedelta(hours=24))),
        ("90м", Request(period=timedelta(minutes=90))),
        ("7D", Request(period=timedelta(days=7))),
        ("999999w", Request(period=timedelta(days=3650))),
        ("today", Request(days_ago=0)),
        ("Вчера", Request(days_ago=1)),
        ("since 9:05", Request(since=time(9, 5))),
        ("с 09:00", Request(since=time(9))),
        ("@WorldNews", Request(source="worldnews")),
        ("river Rotterdam", Request(words=("river", "Rotterdam"))),
        ("yesterday @worldnews river", Request(days_ago=1, source="worldnews", words=("river",))),
        ("since", Request(words=("since",))),
        ("since 25:00", Request(words=("since", "25:00"))),
        ("0", Request(words=("0",))),
        ("@", Request(words=("@",))),
    ],
)
def test_the_words_after_the_command_are_understood(words: str, expected: Request) -> None:
    assert read_request(words.split()) == expected


@given(st.lists(st.text(min_size=1), max_size=6))
def test_any_words_are_a_request(words: list[str]) -> None:
    request = read_request(words)
    assert set(request.words) <= set(words)
    assert request.is_plain == (not words)


YEREVAN = ZoneInfo("Asia/Yerevan")  # UTC+4
NOON = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("today", datetime(2026, 11, 23, 20), datetime(2026, 11, 24, 20)),
        ("yesterday", datetime(2026, 11, 22, 20), datetime(2026, 11, 23, 20)),
        ("since 09:00", datetime(2026, 11, 24, 5), None),
        ("since 13:00", datetime(2026, 11, 23, 9), None),
        ("3h", datetime(2026, 11, 24, 5), None),
        ("river", None, None),
    ],
)
def test_days_and_times_are_those_of_the_readers_clock(
    words: str, since: datetime | None, until: datetime | None
) -> None:
    expected = tuple(moment and moment.replace(tzinfo=UTC) for moment in (since, until))
    assert read_request(words.split()).window(NOON, YEREVAN) == expected


@pytest.fixture
async def stocked(office: Office) -> Office:
    """Two posts of two sources."""
    await office.gets(message(RIVER, forward_origin=FROM_CHANNEL), message(STRIKE, forward_origin=FROM_SECRET))
    return office


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("today", {"Rotterdam", "Genoa"}),
        ("@worldnews", {"Rotterdam"}),
        ("1 @worldnews", {"Rotterdam"}),
        ("strikes", {"Genoa"}),
        ("24h river", {"Rotterdam"}),
        ("@worldnews river", {"Rotterdam"}),
    ],
)
async def test_only_what_was_asked_for_is_told(stocked: Office, asked: str, told: set[str]) -> None:
    text = await stocked.says(command(f"/summary {asked}"))
    assert {name for name in ("Rotterdam", "Genoa") if name in text} == told


async def test_words_that_no_post_holds_are_named_with_what_one_can_write(stocked: Office) -> None:
    text = await stocked.says(command("/summary volcano <b>"))
    assert text.startswith("No posts hold “volcano &lt;b&gt;”.")
    assert "/summary 24h" in text


async def test_a_source_without_posts_is_told(stocked: Office) -> None:
    assert (await stocked.says(command("/summary @nobody"))).startswith("No posts came")


async def test_a_search_does_not_make_the_next_summary_skip_any(stocked: Office) -> None:
    await stocked.gets(command("/summary river"))
    text = await stocked.says(command("/summary"))
    assert "Rotterdam" in text
    assert "Genoa" in text
