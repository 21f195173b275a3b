"""Find the time zone that somebody names: by its IANA name, a city in a language of ours, or an offset."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from babel import Locale

from bot.text.words.morphology import lemma

_LANGUAGES = ("en", "ru")
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-\u2212])\s*(\d{1,2})(?::?00)?")
# The IANA database counts west of Greenwich as positive, people as negative.
_WEST, _EAST = "+", "-"
_MOST_WEST, _MOST_EAST = 12, 14
# Of no other city do people say it so that it stands for a zone.
_WAYS_TO_SAY = dict.fromkeys(("мск", "msk", "московский"), "Europe/Moscow")


def find_zone(words: str) -> str | None:
    """Return the IANA name of the zone that words name; None if they name none, or more than one.

    Of "Europe/Yerevan" the city is taken: of their continent people are less sure. In Russian it may stand in any case
    ("по Москве"). An offset of whole hours is a zone that never changes its clocks.
    """
    name = "_".join(words.casefold().replace("ё", "е").split())
    if offset := _OFFSET.fullmatch(name.replace("_", "")):
        return _fixed(offset[1], int(offset[2]))
    return _zones().get(name) or _zones().get(name.rpartition("/")[2]) or _zones().get(lemma(name))


def _fixed(sign: str, hours: int) -> str | None:
    if hours == 0:
        return "Etc/UTC"
    if hours > (_MOST_EAST if sign == "+" else _MOST_WEST):
        return None
    return f"Etc/GMT{_EAST if sign == '+' else _WEST}{hours}"


@cache
def _zones() -> dict[str, str]:
    """Map the names of zones, and of cities that are in one zone only, to the zones."""
    known = available_timezones()
    cities: defaultdict[str, set[str]] = defaultdict(set)
    for zone in known:
        cities[zone.rpartition("/")[2].casefold()].add(zone)
    for lang in _LANGUAGES:
        for zone, names in Locale(lang).time_zones.items():
            if zone in known and (city := names.get("city")):
                cities["_".join(city.casefold().replace("ё", "е").split())].add(zone)
    alone = {city: one for city, zones in cities.items() if (one := _one(zones))}
    return {**alone, **_WAYS_TO_SAY, **{zone.casefold(): zone for zone in known}}


def _one(zones: Iterable[str]) -> str | None:
    """Return the zone that all these names stand for; None if they are different zones."""
    first, *others = sorted(zones)
    if not others:
        return first
    meant = {_links().get(zone, zone) for zone in (first, *others)}
    return meant.pop() if len(meant) == 1 else None


@cache
def _links() -> dict[str, str]:
    """Map names that are kept for old times' sake to those of today (lines ``L`` of tzdata.zi, zic(8))."""
    lines = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8").splitlines()
    return {link: zone for _, zone, link in (line.split() for line in lines if line.startswith("L "))}
