from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recaps.places import MOST_ZONES, zones_near

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
DECADES = timedelta(days=46 * 365)


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (52.52, 13.40, "Europe/Berlin"),
        (55.75, 37.62, "Europe/Moscow"),
        (40.18, 44.51, "Asia/Yerevan"),
        (-33.87, 151.21, "Australia/Sydney"),
        (40.71, -74.01, "America/New_York"),
        (-36.85, 174.76, "Pacific/Auckland"),
        (28.61, 77.21, "Asia/Kolkata"),
        (39.90, 116.40, "Asia/Shanghai"),
        (55.03, 82.92, "Asia/Novosibirsk"),
        (64.15, -21.94, "Atlantic/Reykjavik"),
    ],
)
def test_a_large_city_has_its_own_zone(latitude: float, longitude: float, zone: str) -> None:
    assert zones_near(latitude, longitude, NOW)[0] == zone


def test_beyond_the_date_line_is_near() -> None:
    assert "Pacific/Fiji" in zones_near(-17.0, -179.9, NOW)


@given(st.floats(-90, 90), st.floats(-180, 180), st.timedeltas(timedelta(0), DECADES))
def test_every_place_on_earth_has_zones_of_different_clocks(
    latitude: float, longitude: float, later: timedelta
) -> None:
    now = LONG_AGO + later
    found = zones_near(latitude, longitude, now)
    assert 1 <= len(found) <= MOST_ZONES
    assert set(found) <= available_timezones()
    halves = (now, now + timedelta(days=182))
    assert len({tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in halves) for zone in found}) == len(found)
