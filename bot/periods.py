"""Read spans of time as people type them: 90m, 24h, 7d, 2w; in Russian 90м, 24ч, 7д, 2н."""

import re
from datetime import timedelta

_UNITS = {
    "minutes": "m min мин м",
    "hours": "h ч",
    "days": "d д",
    "weeks": "w н",
}
# Longer ones lead out of the calendar.
_LONGEST = timedelta(days=3650)
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_PERIOD = re.compile(rf"(\d{{1,6}})\s*({'|'.join(sorted(_UNIT, key=len, reverse=True))})", re.IGNORECASE)


def parse_period(text: str) -> timedelta | None:
    """Return the span of time that a text names, ten years at most; None if it names none, or an empty one."""
    match = _PERIOD.fullmatch(text.strip())
    return min(timedelta(**{_UNIT[match[2].lower()]: int(match[1])}), _LONGEST) or None if match else None
