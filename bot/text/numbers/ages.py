"""Tell ages from other numbers."""

import re
from dataclasses import replace
from functools import cache

from bot.posts import NumberKind, Qualifier
from bot.text.numbers.nouns import is_living
from bot.text.numbers.passage import Figure, Passage, Value
from bot.text.numbers.ranges import Extent
from bot.text.numbers.tables import cue_pattern
from bot.text.words.morphology import parse

_OLDEST = 130
_YEARS_BEFORE = re.compile(
    rf"(?:\b(?:{cue_pattern('age before')}|{cue_pattern('years before')})|(?:^|\s)[вс])\s+$", re.IGNORECASE
)
_OLD_AFTER = re.compile(r"[ -](?:olds?|of age|от роду)\b", re.IGNORECASE)
# "Omar Khyam, 25," and "Борну было 35, когда"
_NAME_BEFORE = re.compile(r"[^\W\d_]{2,}\s*[,(]\s*$")
_WAS_BEFORE = re.compile(rf"\b{cue_pattern('turned before')}\s+$", re.IGNORECASE)
# "A second man, also 18,", "At 28, she won"
_ALSO_BEFORE = re.compile(r",\s+(?:also|then|now|both)\s+$")
_AT_BEFORE, _SHE_AFTER = re.compile(r"^[\"“]?At\s+$"), re.compile(r",\s+s?he\b")
# "Children under 16 will be banned."
_PEOPLE_BEFORE = re.compile(rf"\b{cue_pattern('aged people')}\s+$", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[,;).]|$|years?\b|when\b|with\b|in\b|когда\b)")
# "Детям до 16 лет" are so old, "преступникам до 16 лет колонии" are not.
_LIMITS = (Qualifier.AT_MOST, Qualifier.AT_LEAST, Qualifier.RANGE)
_PUNISHED = re.compile(r"\s+(?:колони|тюрьм|лишени|заключени|строг|режим|каторг|ареста|услов)", re.IGNORECASE)
# "Суд дал женщине 8 лет"
_GIVEN = re.compile(
    r"\b(?:да(?:л[аи]?|дут|ст|ют)|назнач\w+|гроз\w+|свет\w+|впая\w+|присуд\w+|добав\w+)\s+\w+\s*$", re.IGNORECASE
)
_NAMES = {"Name", "Surn", "Patr"}
# "женщине 86 лет", "школьницам 10 и 12 лет"
_PERSON_BEFORE = re.compile(r"([^\W\d_]+)\s*,?\s*(?:\d+(?:, \d+)* (?:и|или)\s+)?$")


@cache
def _age_before(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\b{cue_pattern('age before', lang)}\s+$", re.IGNORECASE)


def bare_age(passage: Passage, value: Value, extent: Extent) -> Figure | None:
    """Return the age that digits without a unit are: "aged 74", "aged 18 to 25", "Omar Khyam, 25,"; None if none."""
    start, end = passage.tokens[value.first].start, passage.tokens[value.last - 1].end
    if value.words or value.plain % 1 or not 0 < value.plain < _OLDEST or not isinstance(value.amount, float):
        return None
    before = passage.before(start)
    unit = "лет" if passage.lang in ("ru", "be") else "years"
    if match := _age_before(passage.lang).search(before):
        begin, qualifier = start - len(before) + match.start(), Qualifier.EXACT
        if isinstance(extent.amount, tuple):
            end, qualifier = passage.tokens[extent.last - 1].end, Qualifier.RANGE
        return Figure(begin, end, extent.amount, unit, qualifier, NumberKind.AGE)
    if not _ENDS.match(passage.text, end, passage.end):
        return None
    closed = passage.after(end, 1) in (",", ")") or (passage.after(end, 2) in ("", ".") and value.first > 1)
    tells = (_is_named(passage, value, before) or _ALSO_BEFORE.search(before)) and closed
    if tells or _WAS_BEFORE.search(before) or _opens(passage, before, end):
        return Figure(start, end, value.amount, unit, Qualifier.EXACT, NumberKind.AGE)
    return None


def with_age(passage: Passage, figure: Figure) -> Figure:
    """Make an age of a span of years that is one: "62 years old", "в возрасте 62 лет", "мужчина 45 лет"."""
    high = figure.value[1] if isinstance(figure.value, tuple) else figure.value
    if figure.kind is not NumberKind.DURATION or not high or high >= _OLDEST:
        return figure
    if match := _OLD_AFTER.match(passage.text, figure.end, passage.end):
        return replace(figure, end=match.end(), kind=NumberKind.AGE)
    before = passage.before(figure.start)
    years = str(figure.unit).lower().startswith(("год", "лет", "year"))
    if years and _PUNISHED.match(passage.text, figure.end):
        return figure
    if years and (_YEARS_BEFORE.search(before) or _follows_a_person(passage, figure, before)):
        return replace(figure, kind=NumberKind.AGE)
    return figure


def limit_of_age(passage: Passage, figure: Figure) -> Figure:
    """Make an age of a number without a noun that limits who is meant: "children under 16"."""
    limits = figure.qualifier in (Qualifier.LESS, Qualifier.MORE) and passage.text[figure.end - 1].isdecimal()
    fits = isinstance(figure.value, float) and figure.value < _OLDEST
    if limits and fits and _PEOPLE_BEFORE.search(passage.before(figure.start)):
        return replace(figure, unit="years", kind=NumberKind.AGE)
    return figure


def _opens(passage: Passage, before: str, end: int) -> bool:
    return bool(_AT_BEFORE.match(before) and _SHE_AFTER.match(passage.text, end, passage.end))


def _is_named(passage: Passage, value: Value, before: str) -> bool:
    """Tell whether a name stands right before, behind a comma or a bracket."""
    if not _NAME_BEFORE.search(before) or value.plain < 1:
        return False
    name = passage.tokens[value.first - 2].text
    earlier = passage.tokens[value.first - 3].text if value.first > 2 else ""
    return (
        name[0].isupper()
        and name[1:].islower()
        and (earlier[:1].isupper() or value.first == 2 or passage.word(value.first - 1) == ",")
    )


def _follows_a_person(passage: Passage, figure: Figure, before: str) -> bool:
    match = _PERSON_BEFORE.search(before)
    if not match or passage.lang not in ("ru", "uk", "be"):
        return False
    form = parse(match[1].lower())
    opens = figure.start - len(match[0]) == passage.start and not form.best & _NAMES
    if (match[1][0].isupper() and "," not in match[0] and not opens) or _GIVEN.search(before):
        return False
    limits = figure.qualifier in _LIMITS and "," not in match[0] and "plur" in form.best
    fits = (figure.qualifier is Qualifier.EXACT or limits) and not _PUNISHED.match(passage.text, figure.end)
    person = form.part == "NOUN" and "anim" in form.best and is_living(match[1])
    return fits and (person or (form.part == "PRTF" and form.case == "datv"))
