import unicodedata
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recaps.zones import find_zone, key_of, write_zone

_LINES = files("bot.recaps").joinpath("zone_names.txt").read_text(encoding="utf-8").splitlines()
LISTED = [
    (name, zone)
    for zone, *names in (line.rstrip(",").split(",") for line in _LINES if not line.startswith("#"))
    for name in names
]
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


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Казань", "Europe/Moscow"),
        ("Казани", "Europe/Moscow"),
        ("Kazan", "Europe/Moscow"),
        ("Нижний Новгород", "Europe/Moscow"),
        ("Нижнему Новгороду", "Europe/Moscow"),
        ("Saint Petersburg", "Europe/Moscow"),
        ("St. Petersburg", "Europe/Moscow"),
        ("Санкт-Петербург", "Europe/Moscow"),
        ("спб", "Europe/Moscow"),
        ("Ростов-на-Дону", "Europe/Moscow"),
        ("Ханты-Мансийск", "Asia/Yekaterinburg"),
        ("Гюмри", "Asia/Yerevan"),
        ("Birmingham", "Europe/London"),
        ("Cologne", "Europe/Berlin"),
        ("São José dos Campos", "America/Sao_Paulo"),
        ("Xi'an", "Asia/Shanghai"),
    ],
)
def test_a_city_by_which_no_zone_is_named_has_that_of_its_own(words: str, zone: str) -> None:
    assert find_zone(words) == zone


@pytest.mark.parametrize(
    ("words", "zone"),
    [("Armenia", "Asia/Yerevan"), ("Армения", "Asia/Yerevan"), ("Германия", "Europe/Berlin"), ("Россия", None)],
)
def test_a_state_has_a_zone_if_it_has_one_clock(words: str, zone: str | None) -> None:
    assert find_zone(words) == zone


@given(st.sampled_from(LISTED), st.data())
def test_a_name_is_found_in_any_case_with_hyphens_or_spaces_and_with_yo_or_ye(
    listed: tuple[str, str], data: st.DataObject
) -> None:
    name, _ = listed
    signs = {" ": " -\u2010\xa0", "е": "еёЕЁ", "e": "eEéÉ"}
    written = "".join(data.draw(st.sampled_from(signs.get(sign, sign))) for sign in name)
    written = data.draw(st.sampled_from([written, written.title(), unicodedata.normalize("NFD", written)]))
    assert key_of(written) == name
    assert find_zone(f" {written} ") == find_zone(name)


def test_the_list_holds_names_as_they_are_looked_for_each_once() -> None:
    names = [name for name, _ in LISTED]
    assert [name for name in names if key_of(name) != name] == []
    assert len(names) == len(set(names))


@given(st.text())
def test_how_a_name_is_written_is_the_same_when_it_is_written_so(name: str) -> None:
    assert key_of(key_of(name)) == key_of(name)
    assert key_of(unicodedata.normalize("NFC", name)) == key_of(unicodedata.normalize("NFD", name))


@given(st.integers(-12, 14), st.sampled_from(["", "UTC", "GMT ", "utc "]), st.sampled_from(["", ":00"]))
def test_an_offset_is_as_far_from_greenwich_as_it_says(hours: int, prefix: str, minutes: str) -> None:
    found = find_zone(f"{prefix}{hours:+d}{minutes}")
    assert found is not None
    assert NOON.astimezone(ZoneInfo(found)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("UTC+5:30", 330), ("+0545", 345), ("gmt -9:30", -570), ("UTC\u22129:30", -570), ("utc+3:30", 210)],
)
def test_an_offset_may_have_minutes_where_some_clock_keeps_it_all_the_year(words: str, minutes: int) -> None:
    found = find_zone(words)
    assert found is not None
    offsets = {(NOON + timedelta(days=days)).astimezone(ZoneInfo(found)).utcoffset() for days in range(365)}
    assert offsets == {timedelta(minutes=minutes)}


@given(st.sampled_from(sorted(available_timezones())))
def test_a_zone_is_written_so_that_it_is_found_again_and_no_offset_turned_round(zone: str) -> None:
    written = write_zone(zone)
    assert not written.startswith("Etc/")
    found = find_zone(written)
    assert found is not None
    assert NOON.astimezone(ZoneInfo(found)).utcoffset() == NOON.astimezone(ZoneInfo(zone)).utcoffset()


def test_an_offset_is_written_with_the_sign_that_people_give_it() -> None:
    assert write_zone("Etc/GMT-4") == "UTC+4"
    assert write_zone("Etc/GMT+11") == "UTC-11"
    assert write_zone("Asia/Yerevan") == "Asia/Yerevan"


@pytest.mark.parametrize("words", ["", "Atlantis", "+15", "-13", "+5:31", "+12:45", "12", "Louisville/"])
def test_what_is_no_zone_or_could_be_several_is_none(words: str) -> None:
    assert find_zone(words) is None


@given(st.text())
def test_any_text_is_a_known_zone_or_none(words: str) -> None:
    found = find_zone(words)
    assert found is None or found in available_timezones()
