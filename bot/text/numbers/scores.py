"""Tell scores and votes from ranges and times of day, by the numbers and by the words around them."""

import re

from bot.text.numbers.passage import Passage, Value
from bot.text.numbers.tables import cue_pattern
from bot.text.numbers.units import unit_after

DASHES = ("-", "–", "—", "‑", "…", "...")
_BEFORE = re.compile(
    rf"\b{cue_pattern('score before')}\s*(?:by |of |with |was |is |stood at |со |в )?\(?\s*$", re.IGNORECASE
)
_AFTER = re.compile(rf"\s*\)?[- ]*{cue_pattern('score after')}\b", re.IGNORECASE)
# "6-4, 3-6, 7-6 (7-4)": the sets of a match.
_SET_BEFORE = re.compile(r"\b\d{1,2}[-–]\d{1,2}(?:\s*\(\d+(?:[-–]\d+)?\))?,?\s+$")
_COLON = re.compile(r"\s*:")
_YEARS = (1500, 2100)


def is_score(passage: Passage, value: Value, other: Value, sign: str) -> bool:
    """Tell whether two values with a sign between them are the sides of a score: 3-2, 2:1, "52 to 48"."""
    if value.plain % 1 or other.plain % 1 or sign not in (*DASHES, ":", "to"):
        return False
    end = passage.tokens[other.last - 1].end
    if sign in DASHES and value.plain > other.plain and not value.words:
        return _falls(passage, value, other, end)
    if _AFTER.match(passage.text, end, passage.end):
        return True
    before = passage.before(passage.tokens[value.first].start)
    said = bool(_BEFORE.search(before) or (sign in DASHES and _SET_BEFORE.search(before)))
    if sign == ":":
        return _is_of_goals(passage, value, other, end) or (said and not _is_clock(passage, other))
    return said and not unit_after(passage, end)


def _falls(passage: Passage, value: Value, other: Value, end: int) -> bool:
    """Tell whether sides that fall are a score, since ranges rise; years (1950-53) and chains (9-1-1) are none."""
    start = passage.tokens[value.first].start
    chained = passage.after(end, 1) in DASHES or passage.before(start, 1) in DASHES
    years = _YEARS[0] <= value.plain <= _YEARS[1]
    return other.last == value.last + 2 and not (chained or years or unit_after(passage, end))


def _is_of_goals(passage: Passage, value: Value, other: Value, end: int) -> bool:
    """Tell whether small sides with a colon are a score, since the minutes of a time have two digits."""
    start = passage.tokens[value.first].start
    single = len(passage.word(other.last - 1)) == 1 and value.plain < 20
    return single and not _COLON.match(passage.text, end) and not passage.before(start).endswith(":")


def _is_clock(passage: Passage, other: Value) -> bool:
    return len(passage.word(other.last - 1)) == 2
