from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.asking.days import CalendarDay
from bot.telegram.asking.request import Request, read_request
from bot.telegram.texts import Texts
from tests.telegram.conftest import Office
from tests.telegram.messages import ANNA, FROM_CHANNEL, command, message

DAY = timedelta(days=1)
LAST_OF_NOVEMBER = CalendarDay(11, 30)
ENGLISH, RUSSIAN = (get_month_names("wide", locale=locale) for locale in ("en", "ru"))
_ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
_NOW = st.datetimes(datetime(2014, 1, 1), datetime(2098, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - zoned
_DAYS = st.dates(date(2013, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        *("30.11", "30 ноября", "30ноября", "30-го ноября", "30 нояб.", "30 November", "30 Nov.", "Nov 30"),
        "NOVEMBER 30TH",
        *("за 30 ноября", "за 30.11", "on November 30", "on the 30th of November", "for 30 November"),
    ],
)
def test_a_day_of_the_calendar_is_understood(text: str) -> None:
    assert read_request(text) == Request(day=LAST_OF_NOVEMBER)


@pytest.mark.parametrize(
    "text",
    ["2026-11-30", "30.11.2026", "30.11.26", "Nov 30, 2026", "30 November 2026", "30 ноября 2026 г.", "on 2026-11-30"],
)
def test_a_year_belongs_to_the_day(text: str) -> None:
    assert read_request(text) == Request(day=CalendarDay(11, 30, 2026))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("с 30 ноября", Request(day=LAST_OF_NOVEMBER, on=True)),
        ("since Nov 30", Request(day=LAST_OF_NOVEMBER, on=True)),
        ("с 30.11", Request(day=LAST_OF_NOVEMBER, on=True)),
        ("since 2026-11-30", Request(day=CalendarDay(11, 30, 2026), on=True)),
        ("с 10.11", Request(day=CalendarDay(11, 10), on=True)),
        ("с 10.30", Request(since=time(10, 30))),
        ("с 30 ноября с 9 утра", Request(day=LAST_OF_NOVEMBER, on=True, since=time(9))),
        ("since Nov 30, 2026 at 9pm", Request(day=CalendarDay(11, 30, 2026), on=True, since=time(21))),
        ("30.11 с 18:00", Request(day=LAST_OF_NOVEMBER, since=time(18))),
        ("30 ноября Пашинян", Request(day=LAST_OF_NOVEMBER, words=("Пашинян",))),
        ("Пашинян за 30 ноября", Request(day=LAST_OF_NOVEMBER, words=("Пашинян",))),
        ("@news, Nov 30, 20", Request(day=LAST_OF_NOVEMBER, source="news", count=20)),
        ("flood 2026-11-30", Request(day=CalendarDay(11, 30, 2026), words=("flood",))),
        ("30.11 вчера", Request(day=LAST_OF_NOVEMBER, days_ago=1, twice=("30.11", "вчера"))),
        ("Monday 30.11", Request(day=LAST_OF_NOVEMBER, weekday=0, twice=("Monday", "30.11"))),
        ("30.11 24h", Request(day=LAST_OF_NOVEMBER, period=DAY, twice=("30.11", "24h"))),
        ("29.11 30.11", Request(day=LAST_OF_NOVEMBER, twice=("29.11", "30.11"))),
        ("11 сентября", Request(day=CalendarDay(9, 11))),
        ("11 сентября 2001", Request(words=("11", "сентября", "2001"))),
        ("September 11, 2001 attacks", Request(words=("September", "11,", "2001", "attacks"))),
        ("теракт 11 сентября", Request(words=("теракт", "11", "сентября"))),
        ("о 11 сентября", Request(words=("11", "сентября"))),
        ("about September 11", Request(words=("September", "11"))),
        ("flood 30.11", Request(words=("flood", "30.11"))),
        ("Python 3.11", Request(words=("Python", "3.11"))),
        ("1.5", Request(words=("1.5",))),
        ("12.50", Request(words=("12.50",))),
        ("1.12 млн", Request(words=("1.12", "млн"))),
        ("10.11.12", Request(words=("10.11.12",))),
        ("10.0.0.1", Request(words=("10.0.0.1",))),
        ("may", Request(words=("may",))),
        ("31.02", Request(unclear=("31.02",))),
        ("за 31.02", Request(unclear=("за 31.02",))),
        ("с 31 июня", Request(unclear=("с 31 июня",))),
        ("Feb 30 river", Request(unclear=("Feb 30",), words=("river",))),
        ("29.02.2026", Request(unclear=("29.02.2026",))),
        ("since 2026-13-01", Request(unclear=("since 2026-13-01",))),
        ("0 мая", Request(unclear=("0 мая",))),
        ("aprİl 5", Request(day=CalendarDay(4, 5))),
    ],
)
def test_what_stands_around_tells_whether_it_is_a_day(text: str, expected: Request) -> None:
    assert read_request(text) == expected


_WRITTEN: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.day} {ENGLISH[day.month]} {day.year}",
    lambda day: f"{ENGLISH[day.month][:3]} {day.day}, {day.year}",
    lambda day: f"{day.day} {RUSSIAN[day.month]} {day.year}",
    lambda day: f"{day.day} {RUSSIAN[day.month][:3]} {day.year} года",
)


@given(_DAYS, st.sampled_from(_WRITTEN), _NOW, _ZONES)
def test_the_posts_of_a_day_are_those_from_its_midnight_to_the_next_of_the_readers_zone(
    day: date, write: Callable[[date], str], now: datetime, zone: ZoneInfo
) -> None:
    request = read_request(write(day))
    assert request == Request(day=CalendarDay(day.month, day.day, day.year))
    midnights = tuple(datetime.combine(midnight, time(0), zone) for midnight in (day, day + DAY))
    assert request.window(now, zone) == midnights
    assert read_request(f"since {write(day)}").window(now, zone) == (midnights[0], None)


@given(_DAYS, st.sampled_from(("{day:%d.%m}", "{day.day} {russian}", "{english} {day.day}")), _NOW, _ZONES)
def test_without_a_year_it_is_the_latest_that_is_not_in_the_future(
    day: date, form: str, now: datetime, zone: ZoneInfo
) -> None:
    written = form.format(day=day, russian=RUSSIAN[day.month], english=ENGLISH[day.month])
    begin, end = read_request(written).window(now, zone)
    assert begin is not None
    assert end is not None
    today, found = now.astimezone(zone).date(), begin.date()
    assert (found.month, found.day) == (day.month, day.day)
    assert found <= today
    assert end == datetime.combine(found + DAY, time(0), zone)
    later = range(found.year + 1, today.year + 1)
    assert not [year for year in later if _is_day(year, day) and day.replace(year=year) <= today]


def _is_day(year: int, day: date) -> bool:
    return day.day <= monthrange(year, day.month)[1]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 24), date(2024, 2, 29)),
        (date(2028, 2, 28), date(2024, 2, 29)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2104, 2, 28), date(2096, 2, 29)),
    ],
)
def test_29_february_is_that_of_the_last_leap_year(today: date, expected: date) -> None:
    day = read_request("29 февраля").day
    assert day is not None
    assert day.as_of(today) == expected


def test_a_day_that_begins_earlier_in_the_readers_zone_is_that_of_this_year() -> None:
    eve = datetime(2026, 11, 29, 21, tzinfo=UTC)
    request = read_request("30.11")
    assert request.window(eve, ZoneInfo("Asia/Yerevan"))[0] == datetime(2026, 11, 29, 20, tzinfo=UTC)
    assert request.window(eve, ZoneInfo("UTC"))[0] == datetime(2025, 11, 30, tzinfo=UTC)


async def test_posts_from_that_day_on_are_told_and_a_day_without_any_is_named(office: Office) -> None:
    text = "The river rose by two metres near Rotterdam. The mayor asked 300 people to leave their houses."
    await office.gets(message(text, forward_origin=FROM_CHANNEL))
    now = datetime.now(UTC)
    ago, ahead = now - 40 * DAY, now + 40 * DAY
    assert "Rotterdam" in await office.says(command(f"/summary since {ago:%d.%m}"))
    said = await office.says(command(f"/summary {ago:%Y-%m-%d}"))
    assert said.startswith(f"No posts came on {Texts('en').day(ago, now)} (the newest is from ")
    latest = datetime.combine(CalendarDay(ahead.month, ahead.day).as_of(now.date()), time(12), UTC)
    said = await office.says(command(f"/numbers {ahead:%d.%m} Rotterdam"))
    assert said.startswith(f"No posts came on {Texts('en').day(latest, now)} (the newest is from ")
    russian = {**ANNA, "language_code": "ru"}
    said = await office.says(command(f"/actors с {ahead:%Y-%m-%d}", sender=russian))
    assert said.startswith(f"С {Texts('ru').day(ahead, now)} ничего не пришло (последний пост: ")
