from datetime import time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ScheduleFault
from bot.recaps.schedule import parse_schedule, write_schedule
from bot.recaps.slots import Schedule

UTC = ZoneInfo("UTC")
YEREVAN = ZoneInfo("Asia/Yerevan")
MOSCOW = ZoneInfo("Europe/Moscow")
NINE, EVENING = time(9), time(18, 30)
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("daily 09:00,18:30 Asia/Yerevan", Schedule((NINE, EVENING), YEREVAN)),
        ("ежедневно в 9:00 и 18:30", Schedule((NINE, EVENING), UTC)),
        ("18:30, 9:00", Schedule((NINE, EVENING), UTC)),
        ("9", Schedule((NINE,), UTC)),
        ("9am 6:30 pm yerevan", Schedule((NINE, EVENING), YEREVAN)),
        ("daily 09:00,18:30 Europe/Yerevan", Schedule((NINE, EVENING), YEREVAN)),
        ("12am 12pm", Schedule((time(0), time(12)), UTC)),
        ("24:00", Schedule((time(0),), UTC)),
        ("at 9:00 every day", Schedule((NINE,), UTC)),
        ("every monday at 9", Schedule((NINE,), UTC, frozenset((0,)))),
        ("weekdays 9.00", Schedule((NINE,), UTC, frozenset(range(5)))),
        ("по будням в 9", Schedule((NINE,), UTC, frozenset(range(5)))),
        ("weekends at 9:00", Schedule((NINE,), UTC, frozenset((5, 6)))),
        ("mon,thu 9:00", Schedule((NINE,), UTC, frozenset((0, 3)))),
        ("пн, чт 9:00", Schedule((NINE,), UTC, frozenset((0, 3)))),
        ("weekly on Fridays 9:00", Schedule((NINE,), UTC, frozenset((4,)))),
        ("еженедельно по средам 9:00", Schedule((NINE,), UTC, frozenset((2,)))),
        ("every 6 hours", Schedule((time(0), time(6), time(12), time(18)), UTC)),
        ("каждые 12 часов по будням", Schedule((time(0), time(12)), UTC, frozenset(range(5)))),
        ("every hour", Schedule(tuple(time(hour) for hour in range(24)), UTC)),
        ("hourly", Schedule(tuple(time(hour) for hour in range(24)), UTC)),
        ("ежедневно 9:00 и 18:30 Ереван", Schedule((NINE, EVENING), YEREVAN)),
        ("в 9:00 по Еревану", Schedule((NINE,), YEREVAN)),
        ("по будням в 9 по Москве", Schedule((NINE,), MOSCOW, frozenset(range(5)))),
        ("9:00 мск", Schedule((NINE,), MOSCOW)),
        ("каждый день в 9:00 по московскому времени", Schedule((NINE,), MOSCOW)),
        ("9:00 New York", Schedule((NINE,), ZoneInfo("America/New_York"))),
        ("пн 9:00 в Нью-Йорке", Schedule((NINE,), ZoneInfo("America/New_York"), frozenset((0,)))),
        ("Buenos Aires, 9:00, mon", Schedule((NINE,), ZoneInfo("America/Argentina/Buenos_Aires"), frozenset((0,)))),
        ("9:00 Moscow time", Schedule((NINE,), MOSCOW)),
        ("every 24h Europe/Berlin", Schedule((time(0),), ZoneInfo("Europe/Berlin"))),
    ],
)
def test_schedules_as_people_type_them(text: str, expected: Schedule) -> None:
    assert parse_schedule(text, UTC) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("daily 25:00", "25:00"),
        ("daily 9:60", "9:60"),
        ("13pm", "13pm"),
        ("daily 9:00 Europe/Atlantis", "europe/atlantis"),
        ("tomorrow 9:00", "tomorrow"),
        ("every 3 days 9:00", "days"),
        ("every 0 hours", "every 0 hours"),
        ("every 25 hours", "every 25 hours"),
    ],
)
def test_the_word_that_makes_no_sense_is_named(text: str, word: str) -> None:
    with pytest.raises(ScheduleFault) as caught:
        parse_schedule(text, UTC)
    assert caught.value.word == word


@pytest.mark.parametrize("text", ["", "daily", "weekdays Asia/Yerevan"])
def test_a_schedule_without_a_time_is_none(text: str) -> None:
    with pytest.raises(ScheduleFault, match="needs a time of day"):
        parse_schedule(text, UTC)


@given(
    st.builds(
        Schedule,
        st.sets(st.builds(time, st.integers(0, 23), st.integers(0, 59)), min_size=1).map(
            lambda found: tuple(sorted(found))
        ),
        st.sampled_from(ZONES).map(ZoneInfo),
        st.frozensets(st.integers(0, 6), min_size=1),
    )
)
def test_what_is_written_reads_the_same(schedule: Schedule) -> None:
    assert parse_schedule(write_schedule(schedule), UTC) == schedule


@given(st.text())
def test_any_words_are_a_schedule_or_a_named_fault(text: str) -> None:
    try:
        found = parse_schedule(text, UTC)
    except ScheduleFault:
        return
    assert parse_schedule(write_schedule(found), YEREVAN) == found
