from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recaps.zones import find_zone

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@given(st.sampled_from(sorted(available_timezones())))
def test_a_zone_is_found_by_its_own_name_in_any_case(name: str) -> None:
    assert find_zone(name) == name
    assert find_zone(name.upper().replace("_", "  ")) == name


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Yerevan", "Asia/Yerevan"),
        ("Ереван", "Asia/Yerevan"),
        ("new york", "America/New_York"),
        ("Нью-Йорк", "America/New_York"),
        ("Europe/Yerevan", "Asia/Yerevan"),
        ("москва", "Europe/Moscow"),
    ],
)
def test_a_city_is_found_in_both_languages_whatever_its_continent(words: str, zone: str) -> None:
    assert find_zone(words) == zone


@pytest.mark.parametrize(
    ("words", "zone"),
    [("Kyiv", "Europe/Kyiv"), ("Istanbul", "Europe/Istanbul"), ("Buenos Aires", "America/Argentina/Buenos_Aires")],
)
def test_a_city_that_has_an_older_name_as_well_is_one_city(words: str, zone: str) -> None:
    assert find_zone(words) == zone


@given(st.integers(-12, 14), st.sampled_from(["", "UTC", "GMT ", "utc "]), st.sampled_from(["", ":00"]))
def test_an_offset_is_as_far_from_greenwich_as_it_says(hours: int, prefix: str, minutes: str) -> None:
    found = find_zone(f"{prefix}{hours:+d}{minutes}")
    assert found is not None
    assert NOON.astimezone(ZoneInfo(found)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("words", ["", "Atlantis", "+15", "-13", "+5:30", "12", "Louisville/"])
def test_what_is_no_zone_or_could_be_several_is_none(words: str) -> None:
    assert find_zone(words) is None


@given(st.text())
def test_any_text_is_a_known_zone_or_none(words: str) -> None:
    found = find_zone(words)
    assert found is None or found in available_timezones()
