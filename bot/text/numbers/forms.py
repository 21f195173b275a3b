"""Read numbers that are one word with what they count: 60-летний, six-week, twice, вдвое, полмиллиона."""

import re
from dataclasses import replace

from bot.posts import NumberKind, Qualifier
from bot.text.numbers.clauses import is_verb
from bot.text.numbers.dates import names_a_month
from bot.text.numbers.digits import read_digits
from bot.text.numbers.nouns import counted_noun, is_living
from bot.text.numbers.passage import Figure, Passage
from bot.text.numbers.tables import alternatives, cue_pattern, cue_words, own_pattern, sections
from bot.text.numbers.units import unit_after
from bot.text.numbers.words import Role, read_word


def _entries(section: str) -> list[tuple[str, list[str]]]:
    return [(row.split()[0], row.split()[1:]) for row in sections("forms")[section]]


def _values(section: str) -> dict[str, float]:
    return {form: float(value) for value, forms in _entries(section) for form in forms}


_TIMES_VERB = re.compile(r"(удво|утро)(?:ил|ен|ит|ят|ять|ить|ив|ени)\w*")
_TIMES, _STEMS, _HALVED = _values("times"), _values("stem"), _values("halved")
_JOINED = {form: unit for unit, forms in _entries("joined") for form in forms}
_STEM = alternatives(list(_STEMS))
_HALF = re.compile(rf"полу?({alternatives(list(_HALVED))})(?:а|ов|и|ы|у)?")
_RUSSIAN = re.compile(
    rf"(?:(\d[\d.,]*)[-‑]|({_STEM}+))({alternatives(list(_JOINED))})"
    r"(?:ий|яя|ее|его|ему|им|ем|ей|юю|ие|их|ими|ый|ая|ое|ого|ому|ым|ом|ой|ую|ые|ых|ыми|е|я|ю|й)"
)
_COMPOUND = re.compile(r"(\d[\d.,]*|[^\W\d_]+)((?:[-‑][^\W\d_]+)+)")
_OLD = re.compile(r"(?:(year|month|week|day)s?)-olds?")
_BUILT = cue_words("built")
# What lasts for years instead of being so old: 25-летний стаж.
_LASTING = re.compile(cue_pattern("lasting"))
# These name a span of the calendar: "к концу десятилетия".
_SPANS = ("десяти", "сто", "тысяче")
# Said in words, these name a sort of thing: пятиэтажка.
_OF_THINGS = ("страниц", "этажей")
_REACH = 4
_KINDS = dict.fromkeys(
    ("лет", "дней", "суток", "часов", "минут", "секунд", "недель", "месяцев"), NumberKind.DURATION
) | {
    "%": NumberKind.PERCENT,
    **dict.fromkeys(("раз", *_OF_THINGS), NumberKind.COUNT),
}


def is_form(word: str) -> bool:
    """Tell whether a word without digits may be a number by itself."""
    low = word.lower().replace("ё", "е")
    if low in _TIMES or low.isascii():  # all others are Russian
        return low in _TIMES
    return any(pattern.fullmatch(low) for pattern in (_HALF, _RUSSIAN)) or bool(_TIMES_VERB.match(low))


def read_form(passage: Passage, index: int) -> Figure | None:
    """Return the number that a single token is; None if it is none."""
    token = passage.tokens[index]
    low = token.text.lower().replace("ё", "е")
    if low in _TIMES:
        described = passage.word(index + 1) in ("the", "as", "that") or is_verb(passage.word(index + 1), passage.lang)
        figure = _figure(passage, index, _TIMES[low], "times" if low.isascii() else "раза")
        return replace(figure, attributive=described)
    if "-" in low and low[0] <= "z":
        match = _COMPOUND.fullmatch(token.text)
        if match and (age := own_pattern("age", passage.lang)) and age.fullmatch(match[2][1:].lower()):
            value = _value(match[1], passage.lang)
            return replace(_figure(passage, index, value, match[2][1:], NumberKind.AGE), attributive=True)
        if match and match[2].isascii() and not names_a_month(match[2][1:].lower(), passage.lang):
            return _english(passage, index, match[1], match[2][1:])
    russian = len(low) > 5 and (low[0] > "z" or low[0].isdecimal())
    return _russian(passage, index, low) if russian and not _opens_a_name(passage, index) else None


def _opens_a_name(passage: Passage, index: int) -> bool:
    """Tell whether a word has a capital, as the one behind it has: «Двухметровый Маркетинг»."""
    following = passage.tokens[index + 1].text if index + 1 < len(passage.tokens) else ""
    capitals = passage.tokens[index].text[0].isupper() and following[:1].isupper()
    return index > 0 and capitals and not passage.is_title_case


def _russian(passage: Passage, index: int, low: str) -> Figure | None:
    if match := _TIMES_VERB.fullmatch(low.removesuffix("ся").removesuffix("сь")):
        return _figure(passage, index, 2.0 if match[1] == "удво" else 3.0, "раза")
    if match := _HALF.fullmatch(low):
        return _half(passage, index, match)
    if match := _RUSSIAN.fullmatch(low):
        return _joined(passage, index, match)
    return None


def _joined(passage: Passage, index: int, match: re.Match[str]) -> Figure | None:
    """Read 60-летний, двадцатипятилетие, трехдневный."""
    if match[1]:
        value = read_digits(match[1].rstrip(".,"), "ru")
    else:
        value = sum(_STEMS[stem] for stem in re.findall(_STEM, match[2]))
    unit = _JOINED[match[3]]
    if match[2] and (unit in _OF_THINGS or (match[3] == "лети" and match[2] in _SPANS)):
        return None
    kind = _KINDS.get(unit, NumberKind.MEASURE)
    following = passage.word(index + 1)
    if _is_age(passage, index) if match[3] == "летн" else match[3] == "месячн" and is_living(following):
        kind = NumberKind.AGE
    return replace(_figure(passage, index, value, unit, kind), attributive=True)


def _half(passage: Passage, index: int, match: re.Match[str]) -> Figure:
    """Read полмиллиона рублей, полчаса."""
    token, stem = passage.tokens[index], match[1]
    if _HALVED[stem] > 1:
        end, name, kind = token.end, None, NumberKind.COUNT
        if unit := unit_after(passage, token.end):
            end, name, kind = unit.end, unit.name, unit.kind
        elif noun := counted_noun(passage, index + 1, None):
            end, name = passage.tokens[noun.head].end, noun.text
        return Figure(token.start, end, _HALVED[stem] / 2, name, Qualifier.EXACT, kind)
    kind = NumberKind.DURATION if stem in ("час", "год") else NumberKind.MEASURE
    return _figure(passage, index, 0.5, token.text[3:], kind)


def _is_age(passage: Passage, index: int) -> bool:
    """Tell whether an adjective of years describes somebody or something so old, and not a span of time."""
    return not any(_LASTING.match(passage.word(at)) for at in range(index + 1, index + _REACH))


def _english(passage: Passage, index: int, number: str, rest: str) -> Figure | None:
    """Read six-week, 70-nanometer, 25-year-old, two-month-old."""
    value = _value(number, passage.lang)
    if not value or len(rest) < 3 or read_word(rest.partition("-")[0], passage.lang):
        return None
    if match := _OLD.fullmatch(rest.lower()):
        return replace(_figure(passage, index, value, f"{match[1]}s", NumberKind.AGE), attributive=True)
    unit = unit_after(passage, passage.tokens[index].start + len(number))
    if unit:
        return replace(_figure(passage, index, value, unit.name, unit.kind), attributive=True)
    if value == 1 or rest.lower() in _BUILT:
        return None
    return replace(_figure(passage, index, value, rest), attributive=True)


def _value(number: str, lang: str) -> float:
    if number[0].isdecimal():
        return read_digits(number.rstrip(".,"), lang)
    word = read_word(number, lang)
    return word.value if word and word.role in (Role.CARDINAL, Role.MAGNITUDE) else 0.0


def _figure(passage: Passage, index: int, value: float, unit: str, kind: NumberKind = NumberKind.COUNT) -> Figure:
    token = passage.tokens[index]
    return Figure(token.start, token.end, value, unit, Qualifier.EXACT, kind)
