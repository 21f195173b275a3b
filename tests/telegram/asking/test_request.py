from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.asking.request import MOST_POSTS, Request, read_request
from tests.telegram.conftest import Office
from tests.telegram.messages import FROM_CHANNEL, FROM_SECRET, command, message

RIVER = "The river rose by two metres near Rotterdam. The mayor asked 300 people to leave their houses."
STRIKE = "Dockers in Genoa went on strike on Monday. Their union wants 200 euros more a month."


DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
YEREVAN = ZoneInfo("Asia/Yerevan")  # UTC+4
NOON = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Request()),
        ("20", Request(count=20)),
        ("5000", Request(count=MOST_POSTS)),
        ("9" * 50, Request(count=MOST_POSTS)),
        ("last 20", Request(count=20)),
        ("the last 20 posts", Request(count=20)),
        ("20 posts", Request(count=20)),
        ("последние 20", Request(count=20)),
        ("за последние 20 постов", Request(count=20)),
        ("20 последних", Request(count=20)),
        ("last post", Request(count=1)),
        ("24h", Request(period=DAY)),
        ("24 h", Request(period=DAY)),
        ("in the last 24 hours", Request(period=DAY)),
        ("90м", Request(period=timedelta(minutes=90))),
        ("7D", Request(period=WEEK)),
        ("2 weeks", Request(period=2 * WEEK)),
        ("week", Request(period=WEEK)),
        ("this week", Request(period=WEEK)),
        ("за 24 часа", Request(period=DAY)),
        ("за последние сутки", Request(period=DAY)),
        ("за неделю", Request(period=WEEK)),
        ("неделя", Request(period=WEEK)),
        ("за полчаса", Request(period=timedelta(minutes=30))),
        ("за последний час", Request(period=timedelta(hours=1))),
        ("за месяц", Request(period=30 * DAY)),
        ("1.5h", Request(period=timedelta(minutes=90))),
        ("1,5ч", Request(period=timedelta(minutes=90))),
        ("за 2,5 дня", Request(period=timedelta(hours=60))),
        ("полтора часа", Request(period=timedelta(minutes=90))),
        ("in the last hour and a half", Request(period=timedelta(minutes=90))),
        ("river 1.5m", Request(words=("river", "1.5m"))),
        ("999999w", Request(period=3650 * DAY)),
        (f"last {'9' * 40} months", Request(period=3650 * DAY)),
        ("today", Request(days_ago=0)),
        ("за сегодня", Request(days_ago=0)),
        ("Вчера", Request(days_ago=1)),
        ("за вчерашний день", Request(days_ago=1)),
        ("позавчера", Request(days_ago=2)),
        ("the day before yesterday", Request(days_ago=2)),
        ("since 9:05", Request(since=time(9, 5))),
        ("09:05", Request(since=time(9, 5))),
        ("since 9", Request(since=time(9))),
        ("since 9pm", Request(since=time(21))),
        ("since 12 a.m.", Request(since=time(0))),
        ("с 09:00", Request(since=time(9))),
        ("с 9 вечера", Request(since=time(21))),
        ("после 18.30", Request(since=time(18, 30))),
        ("since yesterday", Request(days_ago=1, on=True)),
        ("со вчерашнего дня", Request(days_ago=1, on=True)),
        ("со вчера с 18:00", Request(days_ago=1, on=True, since=time(18))),
        ("since Monday", Request(weekday=0, on=True)),
        ("с понедельника с 9:00", Request(weekday=0, on=True, since=time(9))),
        ("в среду", Request(weekday=2)),
        ("Friday, river", Request(weekday=4, words=("river",))),
        ("Black Friday", Request(words=("Black", "Friday"))),
        ("среда обитания", Request(words=("среда", "обитания"))),
        ("на высоте 5 м", Request(words=("на", "высоте", "5", "м"))),
        ("@WorldNews", Request(source="worldnews")),
        ("from @WorldNews, today", Request(source="worldnews", days_ago=0)),
        ("из @ria_novosti за день", Request(source="ria_novosti", period=DAY)),
        ("river Rotterdam", Request(words=("river", "Rotterdam"))),
        ("yesterday @worldnews river", Request(days_ago=1, source="worldnews", words=("river",))),
        ("river 24h", Request(period=DAY, words=("river",))),
        ("20 Pashinyan", Request(count=20, words=("Pashinyan",))),
        ("about Pashinyan", Request(words=("Pashinyan",))),
        ("about 300", Request(words=("300",))),
        ("what was said about Pashinyan since yesterday", Request(days_ago=1, on=True, words=("Pashinyan",))),
        ("про Пашиняна за неделю", Request(period=WEEK, words=("Пашиняна",))),
        ("сегодня о Пашиняне", Request(days_ago=0, words=("Пашиняне",))),
        ("что говорят о Пашиняне", Request(words=("Пашиняне",))),
        ("новости о выборах", Request(words=("выборах",))),
        ('"foreign  minister" -elections', Request(words=('"foreign  minister"', "-elections"))),
        ("«министр обороны» вчера", Request(days_ago=1, words=('"министр обороны"',))),
        ('"today"', Request(words=('"today"',))),
        ('"unclosed today', Request(days_ago=0, words=('"unclosed',))),
        ("COVID 19", Request(words=("COVID", "19"))),
        ("с 9 друзьями", Request(words=("с", "9", "друзьями"))),
        ("5G", Request(words=("5G",))),
        ("week of protests", Request(words=("week", "of", "protests"))),
        ("3:2 победа", Request(words=("3:2", "победа"))),
        ("flight 12:30", Request(words=("flight", "12:30"))),
        ("since", Request(words=("since",))),
        ("since 25:00", Request(unclear=("since 25:00",))),
        ("since 30/11", Request(unclear=("since 30/11",))),
        ('@"World News"', Request(source="world news")),
        ("flood из @«Вести с реки»", Request(source="вести с реки", words=("flood",))),
        ("river с 9:75", Request(words=("river",), unclear=("с 9:75",))),
        ("25:00", Request(unclear=("25:00",))),
        ("0", Request(unclear=("0",))),
        ("за 0 часов", Request(unclear=("за 0 часов",))),
        ("@ 0h", Request(unclear=("@", "0h"))),
        ("-5", Request(unclear=("-5",))),
        ("-24h", Request(unclear=("-24h",))),
        ("−5 degrees", Request(words=("−5", "degrees"))),
        ("yesterday since 18:00", Request(days_ago=1, since=time(18))),
        ("24h yesterday", Request(period=DAY, days_ago=1, twice=("24h", "yesterday"))),
        ("24h, 7d flood", Request(period=WEEK, words=("flood",), twice=("24h", "7d"))),
        ("20, last 30", Request(count=30, twice=("20", "last 30"))),
        ("@one @two", Request(source="two", twice=("@one", "@two"))),
        ("Monday river yesterday", Request(weekday=0, days_ago=1, words=("river",), twice=("Monday", "yesterday"))),
        ("с 9:00 за сутки", Request(since=time(9), period=DAY, twice=("с 9:00", "за сутки"))),
    ],
)
def test_the_words_after_the_command_are_understood(text: str, expected: Request) -> None:
    assert read_request(text) == expected


_SPOKEN = st.sampled_from(
    (
        *("since", "from", "с", "со", "за", "last", "последние", "about", "о", "the", "20", "0", "24h", "9", "09:00"),
        *("25:00", "7", "days", "дней", "неделю", "вчера", "today", "@", "@news", '"a b"', '"', "«", "-x", '-"x y"'),
        *("river", "Пашинян", "posts", "постов", "9" * 12, "w", "мая", "pm", "утра", ",", ".", "\ud800", "\0", "ﷺ"),
        *("on", "30.11", "31.02", "Nov", "30", "2026-02-30", "2026", "aprİl", "of"),
        *("İ", "٣", "٣ч", "what was said about", "за последние"),
    )
)


@given(st.one_of(st.text(max_size=60), st.lists(_SPOKEN, max_size=9).map(" ".join)))
def test_any_text_is_a_request_that_can_be_carried_out(text: str) -> None:
    request = read_request(text)
    assert request.is_plain == (not text.strip())
    plain = text.translate(str.maketrans("“”„«»", '"' * 5))
    assert all(word in plain for word in request.words)
    assert all(word in text for word in request.unclear)
    assert request.count is None or 1 <= request.count <= MOST_POSTS
    request.window(NOON, YEREVAN)


@given(st.lists(_SPOKEN, max_size=9).map(" ".join))
def test_between_quotation_marks_nothing_is_a_time(text: str) -> None:
    inner = text.translate(str.maketrans(dict.fromkeys('"“”„«»')))
    assert read_request(f'"{inner}"') == Request(words=(f'"{inner}"',))


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("today", datetime(2026, 11, 23, 20), datetime(2026, 11, 24, 20)),
        ("yesterday", datetime(2026, 11, 22, 20), datetime(2026, 11, 23, 20)),
        ("since 09:00", datetime(2026, 11, 24, 5), None),
        ("since 13:00", datetime(2026, 11, 23, 9), None),
        ("since yesterday", datetime(2026, 11, 22, 20), None),
        ("since yesterday 18:00", datetime(2026, 11, 23, 14), None),
        ("since Monday", datetime(2026, 11, 22, 20), None),
        ("Tuesday", datetime(2026, 11, 23, 20), datetime(2026, 11, 24, 20)),
        ("on Wednesday", datetime(2026, 11, 17, 20), datetime(2026, 11, 18, 20)),
        ("yesterday since 18:00", datetime(2026, 11, 23, 14), datetime(2026, 11, 23, 20)),
        ("3h", datetime(2026, 11, 24, 5), None),
        ("river", None, None),
    ],
)
def test_days_and_times_are_those_of_the_readers_clock(
    words: str, since: datetime | None, until: datetime | None
) -> None:
    expected = tuple(moment and moment.replace(tzinfo=UTC) for moment in (since, until))
    assert read_request(words).window(NOON, YEREVAN) == expected


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
        ('@"closed circle"', {"Genoa"}),
    ],
)
async def test_only_what_was_asked_for_is_told(stocked: Office, asked: str, told: set[str]) -> None:
    text = await stocked.says(command(f"/summary {asked}"))
    assert {name for name in ("Rotterdam", "Genoa") if name in text} == told


async def test_a_source_without_posts_is_told(stocked: Office) -> None:
    assert (await stocked.says(command("/summary @nobody"))).startswith("I have no posts of “nobody”. ")
    assert "of “nobody” from that time. " in await stocked.says(command("/summary 24h @nobody"))


async def test_the_rest_of_the_name_of_a_source_is_proposed(stocked: Office) -> None:
    text = await stocked.says(command("/numbers @Closed Circle"))
    assert text.endswith('Did you mean this one? <code>/numbers @"Closed circle"</code>')


@pytest.mark.parametrize("asked", ["/summary since 25:00", "/actors 0h", "/numbers river с 9:75"])
async def test_what_can_t_be_understood_is_named_with_what_one_can_write(stocked: Office, asked: str) -> None:
    text = await stocked.says(command(asked))
    unclear = asked.removeprefix("/numbers river").partition(" ")[2]
    assert text.startswith(f"“{unclear}” looks like a time or a number, but")
    assert f"{asked.split(maxsplit=1)[0]} since 09:00" in text


async def test_a_search_does_not_make_the_next_summary_skip_any(stocked: Office) -> None:
    await stocked.gets(command("/summary river"))
    text = await stocked.says(command("/summary"))
    assert "Rotterdam" in text
    assert "Genoa" in text
