"""Tell numbers that count something from ordinals, references, names, phone numbers and the numbers of lists."""

import re

from bot.text.numbers.dates import is_date, is_year, names_a_month
from bot.text.numbers.passage import Passage, Value
from bot.text.numbers.tables import UNSPACED, cue_pattern, own_pattern

# Words that a number follows as its name.
_REFERENCE = re.compile(rf"{cue_pattern('reference')}$", re.IGNORECASE)
_PERHAPS_REFERENCE = re.compile(rf"{cue_pattern('perhaps reference')}$", re.IGNORECASE)
_ORDINAL_AFTER = re.compile(
    r"(?:st|nd|rd|th)\b|[-‑](?:й|го|му|м|ми|я|ю|е|х|ти|мя|ей|о[йеем]|о[гм][оу]|ая|ую|ы[йех])\b|(?:ы[йе]|о[йе]|ая|ого)\b|[ºª]",
    re.IGNORECASE,
)
_STREET_BEFORE = re.compile(
    r"\b(?:(?:ул|пер|наб|пл)\.|улиц[аеы]|пр-?т|проспект|переул|набережн|шоссе|бульвар|площад[ьи])[^,;]*,\s*(?:д\.\s*)?$",
    re.IGNORECASE,
)
_STREET_AFTER = re.compile(
    r"\s+(?:[A-Z][\w'’]+\s+){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd|Square|Park|Plaza|Place|Court|Way)\b"
)
# 192.168.1.2, 10.15.7: parts that no tradition groups so.
_PARTS = re.compile(
    r"(?!\d{1,3}(?:(?:,\d{3})+(?:\.\d+)?|(?:,\d{2})+,\d{3}|(?:\.\d{3})+(?:,\d+)?)$)\d+(?:[.,]\d+){2,}",
)
_PHONE = re.compile(r"\+?\d[\d() -]{8,}\d")
_PHONE_GROUPS = re.compile(r"\d{3}[) -]+\d{2,3}[ -]\d{2}|\d{4} \d{6}|\d-\d{3}-\d{3}")
_SHORTEST_PHONE = 8
_AGE_LIMIT = re.compile(r"\(?(?:0|6|12|16|18|21)\+\)?")
_PLACED = ("in", "on", "at", "near", "from", "by", "since", "of", "to", "for", "and", ".", ":", ",")
# What has a capital before a number at the start of a sentence without being a name.
_NO_NAME = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|some|about|over|around|at|under|only|all|the|another)$",
    re.IGNORECASE,
)
# Behind these a sentence begins, and a capital is none of a name.
_KNOWN, _OPENING = ("en", "ru"), ("«", "„", "“", '"', ":", "—", "–", "¿", "¡")
_CHAIN = (",", "-", "‑", "–", "/", "and", "и", "or", "или", ".", "&", "+")


def is_trap(passage: Passage, value: Value, *, has_unit: bool, has_noun: bool) -> bool:
    """Tell whether digits are no quantity: a date, an ordinal, a reference, a name, an item's number ..."""
    return (
        _is_list_number(passage, value)
        or is_date(passage, value, counts=has_unit or has_noun)
        or is_year(passage, value, has_unit=has_unit, has_noun=has_noun)
        or _is_ordinal(passage, value)
        or _touches_a_word(passage, value, has_unit=has_unit)
        or _is_reference(passage, value, has_unit=has_unit, has_noun=has_noun)
        or _is_phone(passage, value)
        or _is_address(passage, value)
        or _is_age_limit(passage, value)
        or (not has_unit and _is_enumeration(passage, value))
        or bool(_PARTS.fullmatch(passage.word(value.first)))
    )


def continues_trap(passage: Passage, value: Value, trapped: int, *, has_noun: bool) -> bool:
    """Tell whether a number goes on a row whose last one, ending before token ``trapped``, was no quantity.

    "Apollo 11, 12, 14 and 17", "Boeing 747-400", but not "On May 3, 12 people".
    """
    if not trapped or not trapped < value.first <= trapped + 2 or not passage.word(value.first).isdecimal():
        return False
    if has_noun and passage.word(trapped) == "," and names_a_month(passage.word(trapped - 2), passage.lang):
        return False
    return all(passage.word(index) in _CHAIN for index in range(trapped, value.first)) and value.plain < 1000


def is_in_a_name(passage: Passage, value: Value) -> bool:
    """Tell whether digits belong to the name before them: S&P 500, Windows 11, Superjet 100."""
    before = passage.tokens[value.first - 1].text if value.first else ""
    gap = passage.tokens[value.first].start - passage.tokens[value.first - 1].end if value.first else 0
    if not before[:1].isalpha() or gap > 2 or before in ("A", "I", "А", "И", "В", "К", "О", "С", "У"):
        return False
    opens = value.first < 2 or (passage.lang not in _KNOWN and passage.tokens[value.first - 2].text in _OPENING)
    return any(char.isupper() for char in before) and not (opens and before[1:].islower())


def is_numbered_name(passage: Passage, value: Value) -> bool:
    """Tell whether digits belong to the name before them, whatever follows."""
    return _follows_a_title(passage, value) or _follows_a_brand(passage, value)


def _follows_a_title(passage: Passage, value: Value) -> bool:
    """Tell whether an English name stands right before digits, though a noun follows: Expedition 35 crew members.

    "In Iraq 35 people", "On Monday 35 people" and headlines with capitals throughout are no names.
    """
    before = passage.tokens[value.first - 1].text if value.first > 1 else ""
    earlier = passage.word(value.first - 2)
    if passage.lang != "en" or not before[:1].isupper() or earlier in _PLACED or _NO_NAME.match(before):
        return False
    return not passage.is_title_case


def _follows_a_brand(passage: Passage, value: Value) -> bool:
    """Tell whether a Latin name stands right before digits in a text of other letters: Superjet 100, GLC 300."""
    before = passage.tokens[value.first - 1].text if value.first else ""
    return passage.lang in ("ru", "uk", "be") and before[:1].isascii() and before[:1].isalpha()


def _is_list_number(passage: Passage, value: Value) -> bool:
    if value.first or value.last != 1 or value.plain >= 100:
        return False
    return (
        passage.word(1) in (".", ")") and len(passage.tokens) > 2 and passage.tokens[1].start == passage.tokens[0].end
    )


def _is_ordinal(passage: Passage, value: Value) -> bool:
    end = passage.tokens[value.last - 1].end
    own = own_pattern("ordinal", passage.lang)
    return bool(_ORDINAL_AFTER.match(passage.text, end, passage.end) or (own and own.match(passage.text, end)))


def _touches_a_word(passage: Passage, value: Value, *, has_unit: bool) -> bool:
    """A320, 3G, user_42, 1/2024: what touches on the right must be a unit."""
    if passage.lang in UNSPACED:
        return False
    text, start, end = passage.text, passage.tokens[value.first].start, passage.tokens[value.last - 1].end
    left = text[start - 1 : start] if start > passage.start and not _has_prefix(passage, value) else ""
    if left and (left.isalpha() or left in "_#№@=/\\&"):
        return True
    if left in ("-", "‑", ".", ",") and start - 1 > passage.start and text[start - 2].isalnum():
        return True
    right = text[end : end + 1]
    if (suffix := own_pattern("suffix", passage.lang)) and suffix.match(text, end, passage.end):
        return False
    if right in ("-", "‑") and text[end + 1 : end + 2].isalpha():
        return not has_unit
    return right in ("_", "/", "\\") or (right.isalpha() and not has_unit)


def _has_prefix(passage: Passage, value: Value) -> bool:
    """Tell whether what touches digits on the left is a little word that belongs to the sentence."""
    prefix = own_pattern("prefix", passage.lang)
    return bool(prefix and value.first and prefix.fullmatch(passage.word(value.first - 1)))


def _is_reference(passage: Passage, value: Value, *, has_unit: bool, has_noun: bool) -> bool:
    index = value.first - 1
    if passage.word(index) == "." and index:
        index -= 1
    word = passage.word(index)
    if not word or has_unit:
        return word in ("№", "#", "@", "number")
    return bool(_REFERENCE.match(word) or (not has_noun and _PERHAPS_REFERENCE.match(word)))


def _is_phone(passage: Passage, value: Value) -> bool:
    token = passage.tokens[value.first]
    for match in _PHONE.finditer(passage.text, max(passage.start, token.start - 16), min(passage.end, token.end + 16)):
        grouped = match[0].strip() == token.text  # 100 000 000
        digits = sum(char.isdecimal() for char in match[0])
        if digits >= _SHORTEST_PHONE and not grouped and match.start() <= token.start < match.end():
            return match[0][0] == "+" or bool(_PHONE_GROUPS.search(match[0]))
    return False


def _is_address(passage: Passage, value: Value) -> bool:
    start, end = passage.tokens[value.first].start, passage.tokens[value.last - 1].end
    return bool(_STREET_BEFORE.search(passage.before(start, 60)) or _STREET_AFTER.match(passage.text, end, passage.end))


def _is_enumeration(passage: Passage, value: Value) -> bool:
    """Tell whether digits go on by one, as those of parts and pages do: "серии 7, 8 и 9"."""
    if passage.word(value.last) in ("-", "–"):  # "3-6, 7-6"
        return False
    joints = (",", "и", "and", "&")
    after = passage.word(value.first + 2) if passage.word(value.first + 1) in joints else ""
    before = passage.word(value.first - 2) if passage.word(value.first - 1) in joints else ""
    return after == f"{value.plain + 1:.0f}" or before == f"{value.plain - 1:.0f}"


def _is_age_limit(passage: Passage, value: Value) -> bool:
    """Tell whether digits are a limit of age, with nothing that they count behind them: 18+."""
    match = _AGE_LIMIT.match(passage.text, passage.tokens[value.first].start, passage.end)
    return match is not None and not passage.after(match.end(), 2).strip()[:1].isalpha()
