"""Tell which number words count, and which numbers may stand without a unit or a counted noun."""

import re

from bot.posts import NumberKind, Qualifier
from bot.text.numbers.nouns import Noun, is_living
from bot.text.numbers.passage import Figure, Passage
from bot.text.numbers.tables import cue_pattern
from bot.text.numbers.values import Value

# "the two countries" tells of two known ones, it does not count.
_ANAPHOR = re.compile(r"\b(?:these|those|both|эти|этих|этим|этими|оба|обе|обоих|обеих)\s+$", re.IGNORECASE)
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|все|всех|всем|every|each|any|no|number|года|года:|в|the)\s+$", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|just|single|solely|всего|лишь|только)\s+$", re.IGNORECASE)
_RANK = re.compile(rf"\b{cue_pattern('rank')}\s+$", re.IGNORECASE)
_PERSON = re.compile(rf"(?:.* )?{cue_pattern('person')}", re.IGNORECASE)
_TOLL_BEFORE = re.compile(rf"\b{cue_pattern('toll before')}(?:\s*[:—–-])?\s+$", re.IGNORECASE)
_TOLL_AFTER = re.compile(rf"\s+{cue_pattern('toll after')}", re.IGNORECASE)
# "Погибших ... уже восемь,": a tally whose number stands at the end of the clause.
_TALLY = re.compile(rf"\b{cue_pattern('tally')}\b[^.,;]*\s$", re.IGNORECASE)
_COLLECTIVE = re.compile(r"(?:дво|тро)(?:е|их|им|ими)|(?:четвер|пятер|шестер|семер)(?:о|ых|ым|ыми)", re.IGNORECASE)
_IDIOMS = ("day", "time", "night", "раз", "день")
# What joins a number to the one before it, whose noun it shares.
_SHARES = re.compile(r"(?:[,;]|\b(?:and|but|or|to|against|и|а|но|или|против|из них|еще|ещё)\b)", re.IGNORECASE)
_SHARING_REACH = 70
_OF = ("of", "из")


def is_idle(passage: Passage, value: Value, noun: Noun | None, unit: str | None) -> bool:
    """Tell whether a number word counts nothing: one of them, the two countries, a Group of Eight."""
    before = passage.before(passage.tokens[value.first].start)
    if _is_in_a_title(passage, value) or _RANK.search(before) or (noun and _ANAPHOR.search(before)):
        return True
    if value.amount == 1:
        return not _counts_one(passage, value, noun, unit, before)
    known = value.amount == 2 and noun and noun.head == value.last
    return bool(known and _THE.search(before))


def _counts_one(passage: Passage, value: Value, noun: Noun | None, unit: str | None, before: str) -> bool:
    if value.last > value.first + 1 or _ONLY.search(before):
        return True
    if unit:
        return unit.lower() not in _IDIOMS and passage.word(value.first - 1) not in ("any", "every")
    if not noun or passage.word(value.last) in _OF:
        return False
    if noun.text.isascii():
        return bool(_PERSON.fullmatch(noun.text))
    return is_living(noun.text)


def _is_in_a_title(passage: Passage, value: Value) -> bool:
    """Tell whether a number word has a capital that the rest of the sentence has not: the Group of Eight."""
    word = passage.tokens[value.first].text
    if not value.first or not word[0].isupper() or passage.tokens[value.first - 1].text in '.!?:"“«—–-*(•':
        return False
    return not passage.is_title_case()


def shared_noun(passage: Passage, value: Value, last: Figure | None) -> str | None:
    """Return the noun that a number without one shares with the number before it: "7 ракет сбиты, одна упала"."""
    start = passage.tokens[value.first].start
    if (
        last is None
        or last.kind is not NumberKind.COUNT
        or not last.unit
        or last.value is None
        or start - last.end > _SHARING_REACH
    ):
        return None
    if passage.word(value.last) in _OF or not _SHARES.search(passage.text, last.end, start):
        return None
    if value.amount == 1 and not value.words:
        return None
    if value.plain % 1 and not value.words and value.last == value.first + 1:
        return None
    return last.unit


def may_stand_alone(passage: Passage, value: Value, qualifier: Qualifier, end: int) -> bool:
    """Tell whether a number without unit or noun is one that a reader wants: a toll, a size, a qualified number."""
    token = passage.tokens[value.first]
    before = passage.before(token.start)
    if value.words and value.last == value.first + 1 and _COLLECTIVE.fullmatch(token.text):
        return not _ALL.search(before)
    if _TOLL_BEFORE.search(before) or _TOLL_AFTER.match(passage.text, end, passage.end):
        return value.amount != 1
    if _TALLY.search(passage.before(token.start, 90)) and passage.after(end, 1) in ("", ".", ",", ";", ")"):
        return value.amount != 1
    if value.words:
        return value.plain >= 1000
    if value.last > value.first + 1 or not token.text.isdigit():
        return True
    return qualifier not in (Qualifier.EXACT, Qualifier.AT_MOST) or (
        qualifier is Qualifier.AT_MOST and value.plain >= 100
    )
