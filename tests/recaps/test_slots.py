from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recaps.slots import EVERY_DAY, Due, Schedule, due, instant, next_slot, slots
from tests.recaps.walking import by_brute_force

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
# Zones of every kind: without summer time, both hemispheres, quarters of hours, moved rules, changes at midnight.
THIRTY = (
    "UTC",
    "Europe/Berlin",
    "Europe/Moscow",
    "Europe/London",
    "Europe/Kyiv",
    "Asia/Yerevan",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Amman",
    "Asia/Almaty",
    "Asia/Pyongyang",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Havana",
    "America/Asuncion",
    "America/Santiago",
    "America/Scoresbysund",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Norfolk",
    "Antarctica/Troll",
)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

zones = st.sampled_from(ZONES).map(ZoneInfo)
clock_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
schedules = st.builds(
    Schedule,
    st.sets(clock_times, min_size=1, max_size=4).map(lambda times: tuple(sorted(times))),
    zones,
    st.frozensets(st.integers(0, 6), min_size=1),
)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))


@given(schedules, instants)
def test_slots_are_those_that_a_walk_over_the_minutes_finds(schedule: Schedule, start: datetime) -> None:
    start = start.replace(second=0, microsecond=0)
    end = start + timedelta(days=4)
    ours = list(takewhile(lambda slot: slot < end, slots(schedule, start)))
    assert ours == by_brute_force(schedule, start, end, MINUTE)


@pytest.mark.parametrize("zone", THIRTY)
def test_a_year_has_every_slot_once(zone: str) -> None:
    # No offset of these zones is finer than a quarter of an hour.
    start, end = datetime(2026, 1, 1, 12, 15, tzinfo=UTC), datetime(2027, 1, 1, 12, 15, tzinfo=UTC)
    schedule = Schedule((time(0), time(2, 30), time(9)), ZoneInfo(zone))
    ours = list(takewhile(lambda slot: slot < end, slots(schedule, start)))
    assert ours == by_brute_force(schedule, start, end, timedelta(minutes=15))
    assert len(ours) == 365 * 3


@given(schedules, instants)
def test_slots_ascend_and_the_next_follows_within_nine_days(schedule: Schedule, after: datetime) -> None:
    found = [next(iterator) for iterator in [slots(schedule, after)] for _ in range(8)]
    assert all(one < other for one, other in pairwise([after, *found]))
    assert all(other - one <= timedelta(days=9) for one, other in pairwise([after, *found]))
    assert next_slot(schedule, after) == found[0]
    assert next_slot(schedule, found[0]) == found[1]


@given(st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)), zones)
def test_a_local_time_that_exists_runs_when_the_clock_shows_it_and_one_in_a_gap_right_after(
    local: datetime, zone: ZoneInfo
) -> None:
    local = local.replace(microsecond=0)
    shown = instant(local, zone).astimezone(zone).replace(tzinfo=None)
    before = (instant(local, zone) - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert shown >= local
    assert before < local


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 2, 30), datetime(2026, 3, 29, 1, 0)),  # left out: 3:00 comes after 1:59
        ("Europe/Berlin", datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30)),  # twice: the first
        ("Pacific/Apia", datetime(2011, 12, 30, 9, 0), datetime(2011, 12, 30, 10, 0)),  # a whole day left out
        ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 15), datetime(2026, 10, 3, 15, 30)),  # half an hour left out
        ("Asia/Yerevan", datetime(2026, 6, 1, 9, 0), datetime(2026, 6, 1, 5, 0)),
    ],
)
def test_odd_hours(zone: str, local: datetime, expected: datetime) -> None:
    assert instant(local, ZoneInfo(zone)) == expected.replace(tzinfo=UTC)


def test_times_that_fall_into_one_gap_are_one_slot() -> None:
    schedule = Schedule((time(2, 10), time(2, 40), time(3, 0)), ZoneInfo("Europe/Berlin"))
    night = datetime(2026, 3, 28, 12, tzinfo=UTC)
    found = list(takewhile(lambda slot: slot < night + timedelta(days=1), slots(schedule, night)))
    assert found == [datetime(2026, 3, 29, 1, tzinfo=UTC)]


NINE = Schedule((time(9),), ZoneInfo("UTC"), EVERY_DAY)
DAY_BEFORE, TODAY = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (TODAY - MINUTE, None),
        (TODAY, Due(TODAY, too_late=False)),
        (TODAY + 12 * HOUR, Due(TODAY, too_late=False)),
        (TODAY + 13 * HOUR, Due(TODAY, too_late=True)),
        (TODAY + 72 * HOUR, Due(TODAY + 72 * HOUR, too_late=False)),
        (TODAY + timedelta(days=4000, hours=13), Due(TODAY + timedelta(days=4000), too_late=True)),
    ],
)
def test_the_newest_slot_stands_for_those_that_were_missed(now: datetime, expected: Due | None) -> None:
    assert due(NINE, DAY_BEFORE, now, timedelta(hours=12)) == expected


@given(schedules, st.lists(st.timedeltas(timedelta(0), timedelta(days=3)), min_size=1, max_size=20))
def test_whenever_somebody_looks_no_slot_is_met_twice_and_the_newest_is_met(
    schedule: Schedule, pauses: list[timedelta]
) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    since, met = now, []
    for pause in pauses:
        now += pause
        if found := due(schedule, since, now, timedelta(hours=12)):
            since = found.slot
            met.append(found.slot)
        assert next_slot(schedule, since) > now
    assert met == sorted(set(met))


def test_a_clock_that_jumps_back_meets_nothing_again() -> None:
    assert due(NINE, TODAY, TODAY - HOUR, timedelta(hours=12)) is None
    assert due(NINE, TODAY, TODAY, timedelta(hours=12)) is None


def test_dates_far_away_have_slots() -> None:
    assert next_slot(NINE, datetime.combine(date(2100, 1, 1), time(0), UTC)) == datetime(2100, 1, 1, 9, tzinfo=UTC)
