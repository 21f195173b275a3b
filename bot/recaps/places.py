"""Find the time zone of a place on earth: that of the nearest of some cities.

The cities are those of GeoNames (CC BY 4.0) that it takes to tell the zones of all 34,006 over 15,000 people
(tools/choose_zone_cities.py). Of 200,884 smaller places 98.8 % get the right clock so, 95.6 % the very zone. (With the
418 places of tzdata's ``zone.tab`` 84 % of the larger ones do; with tzfpy, which knows the borders and takes 35 MB of
memory, 99.6 %.) Near borders it is a guess, so it is shown, with others to choose from.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

MOST_ZONES = 3
"""How many clocks are offered."""
_HALF_A_YEAR = timedelta(days=182)
_CITIES = 200


@dataclass(frozen=True, slots=True)
class _City:
    zone: str
    point: tuple[float, float, float]


def zones_near(latitude: float, longitude: float, now: datetime) -> list[str]:
    """Return zones of the nearest cities (IANA names), the nearest first; of those with the same clock the nearest."""
    here = _point(latitude, longitude)
    nearest = sorted(_cities(), key=lambda city: math.dist(city.point, here))[:_CITIES]
    found: dict[tuple[timedelta | None, ...], str] = {}
    for city in nearest:
        found.setdefault(clock_of(city.zone, now), city.zone)
    return list(found.values())[:MOST_ZONES]


def clock_of(zone: str, now: datetime) -> tuple[timedelta | None, ...]:
    """Tell how far the clocks of a zone are from UTC, now and half a year later."""
    return tuple(moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in (now, now + _HALF_A_YEAR))


@cache
def _cities() -> tuple[_City, ...]:
    table = files("bot.recaps").joinpath("zone_cities.txt").read_text(encoding="utf-8")
    return tuple(_read(table))


def _read(table: str) -> Iterator[_City]:
    """Read lines of a zone and places: latitude and longitude in hundredths of a degree."""
    known = available_timezones()
    for line in table.splitlines():
        zone, *places = line.split(" ")
        if zone in known:
            for place in places:
                latitude, _, longitude = place.partition(",")
                yield _City(zone, _point(int(latitude) / 100, int(longitude) / 100))


def _point(latitude: float, longitude: float) -> tuple[float, float, float]:
    """Put a place on a ball: what is near there is near, beyond the date line and at the poles, too."""
    up, around = math.radians(latitude), math.radians(longitude)
    return math.cos(up) * math.cos(around), math.cos(up) * math.sin(around), math.sin(up)
