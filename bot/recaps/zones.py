"""Find the time zone that somebody names: by its IANA name, a city or a state, or an offset.

Names of cities are those of tzdata and the CLDR, by which zones are named, and 28,000 of GeoNames (CC BY 4.0;
tools/list_zone_names.py): with hyphens or spaces, ё or е, accents or none. Of the 6,204 cities over 100,000 people
5,951 are found under their own zone so, 58 under another, and 195 not at all, since several bear the name.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from babel import Locale

from bot.text.words.morphology import lemma

_LANGUAGES = ("en", "ru")
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-\u2212])\s*(\d{1,2})(?::?([0-5]\d))?")
# The IANA database counts west of Greenwich as positive, people as negative.
_WEST, _EAST = "+", "-"
_MOST_WEST, _MOST_EAST = 12, 14
_FIXED = re.compile(rf"Etc/GMT([{_WEST}{_EAST}])(\d+)")
# Those that keep an offset of no whole hours all the year.
_BETWEEN_HOURS = {
    "-9:30": "Pacific/Marquesas",
    "+3:30": "Asia/Tehran",
    "+4:30": "Asia/Kabul",
    "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon",
    "+8:45": "Australia/Eucla",
    "+9:30": "Australia/Darwin",
}
# Of no other city do people say it so that it stands for a zone.
_WAYS_TO_SAY = {
    **dict.fromkeys(("мск", "msk", "московский", "спб", "spb"), "Europe/Moscow"),
    "екб": "Asia/Yekaterinburg",
    "нск": "Asia/Novosibirsk",
    "nyc": "America/New_York",
}
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = "'’ʼ"
# What is written with a mark, and is a letter of its own.
_SHORT_I = "й"


def find_zone(words: str) -> str | None:
    """Return the IANA name of the zone that words name; None if they name none, or more than one.

    Of "Europe/Yerevan" the city is taken: of their continent people are less sure. In Russian it may stand in any case
    ("по Москве"). An offset is a zone that never changes its clocks.
    """
    name = "_".join(words.casefold().split())
    if zone := _zones().get(name):
        return zone
    if offset := _OFFSET.fullmatch(name.replace("_", "")):
        return _fixed(offset[1].replace("\u2212", "-"), int(offset[2]), offset[3] or "00")
    keys = list(_ways_to_write(key_of(name.rpartition("/")[2])))
    return next((zone for find in (_zones_of_cities().get, _listed) for key in keys if (zone := find(key))), None)


def key_of(name: str) -> str:
    """Write the name of a city so that all ways to write it are the same: its words, lower case, without marks."""
    low = unicodedata.normalize("NFC", name.casefold())
    parts = (letter if letter == _SHORT_I else unicodedata.normalize("NFKD", letter) for letter in low)
    bare = "".join(part for part in "".join(parts) if not unicodedata.combining(part) and part not in _APOSTROPHES)
    return " ".join(_WORD.findall(bare.casefold()))


def _ways_to_write(key: str) -> Iterator[str]:
    """Yield a name as it stands, and as it may be in the dictionary: all of its words, or the first."""
    words = key.split()
    if words:
        yield key
        yield " ".join(map(lemma, words))
        yield " ".join((lemma(words[0]), *words[1:]))


def write_zone(zone: str) -> str:
    """Write a zone so that people know it, and `find_zone` does: by its IANA name, or "UTC+4", which is Etc/GMT-4."""
    if fixed := _FIXED.fullmatch(zone):
        return f"UTC{'+' if fixed[1] == _EAST else '-'}{fixed[2]}"
    return zone.removeprefix("Etc/")


def _fixed(sign: str, hours: int, minutes: str) -> str | None:
    if minutes != "00":
        return _BETWEEN_HOURS.get(f"{sign}{hours}:{minutes}")
    if hours == 0:
        return "Etc/UTC"
    if hours > (_MOST_EAST if sign == "+" else _MOST_WEST):
        return None
    return f"Etc/GMT{_EAST if sign == '+' else _WEST}{hours}"


@cache
def _zones() -> dict[str, str]:
    """Map the names of zones to the zones."""
    return {zone.casefold(): zone for zone in available_timezones()}


@cache
def _zones_of_cities() -> dict[str, str]:
    """Map the cities by which zones are named, if they are in one zone only, to the zones."""
    known = available_timezones()
    cities: defaultdict[str, set[str]] = defaultdict(set)
    for zone in known:
        cities[key_of(zone.rpartition("/")[2])].add(zone)
    for lang in _LANGUAGES:
        for zone, names in Locale(lang).time_zones.items():
            if zone in known and (city := names.get("city")):
                cities[key_of(city)].add(zone)
    alone = {city: one for city, zones in cities.items() if (one := _one(zones))}
    return {**alone, **_WAYS_TO_SAY}


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


def _listed(key: str) -> str | None:
    """Look a name up in the list, whose lines are a zone and names, each with a comma behind it."""
    names = _names()
    place = names.find(f",{key},")
    if place < 0:
        return None
    zone = names[names.rfind("\n", 0, place) + 1 :].partition(",")[0]
    return _zones().get(zone.casefold())


@cache
def _names() -> str:
    """Return the list as it stands: it is asked too seldom to be made a dictionary of several megabytes."""
    return files("bot.recaps").joinpath("zone_names.txt").read_text(encoding="utf-8")
