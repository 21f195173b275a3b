"""Tell which number words count, and which numbers may stand without a unit or a counted noun."""

import re
from functools import cache

from bot.posts import NumberKind, Qualifier
from bot.text.numbers.nouns import Noun, is_living
from bot.text.numbers.passage import Figure, Passage, Value
from bot.text.numbers.tables import UNSPACED, cue_pattern, own_rows

# "the two countries" tells of two known ones, it does not count.
_ANAPHOR = re.compile(r"\b(?:these|those|both|эти|этих|этим|этими|оба|обе|обоих|обеих)\s+$", re.IGNORECASE)
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|все|всех|всем|every|each|any|no|number|года|года:|в|the)\s+$", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|just|single|solely|всего|лишь|только)\s+$", re.IGNORECASE)
# "ни один президент", "ни в одной стране": there is none.
_NEGATED = re.compile(
    r"\b(?:ни(?: (?:у|в|во|на|с|со|к|о|об|из|от|за|до|для|без|по))?|(?:no|nor|not(?: even)?)(?: (?:in|for|by))?)\s+$",
    re.IGNORECASE,
)
_RANK = re.compile(rf"\b{cue_pattern('rank')}\s+$", re.IGNORECASE)
_PERSON = re.compile(rf"(?:.* )?{cue_pattern('person')}", re.IGNORECASE)
_TOLL_BEFORE = re.compile(rf"\b{cue_pattern('toll before')}(?:\s*[:—–-])?\s+$", re.IGNORECASE)
_TOLL_AFTER = re.compile(rf"\s+{cue_pattern('toll after')}", re.IGNORECASE)
# "Погибших ... уже восемь,": a tally whose number stands at the end of the clause.
_TALLY = re.compile(rf"\b{cue_pattern('tally')}\b[^.,;]*\s$", re.IGNORECASE)
_CLOSES = re.compile(r"\s*(?:$|[.,;()—–])")
_COLLECTIVE = re.compile(r"(?:дво|тро)(?:е|их|им|ими)|(?:четвер|пятер|шестер|семер)(?:о|ых|ым|ыми)", re.IGNORECASE)
_IDIOMS = ("day", "time", "night", "раз", "день")
_SHARING_REACH = 70
_OFFSET = re.compile(r"\b(?:через|спустя)\s+$", re.IGNORECASE)
_OF, _THEM = ("of", "из"), ("them", "which", "whom", "них", "которых")
# Behind these a Chinese or Japanese numeral is an ordinal or a day of the week; with those a word may begin.
_RANKED, _MAGNITUDES = ("第", "周", "星期", "礼拜", "初", "其"), ("百", "千", "万", "亿", "億", "兆")
_OUT_OF = re.compile(r"(?:^|[.,;] )(?:из|out of|of)(?: the)? $", re.IGNORECASE)
_WHOLE = re.compile(r"\s+(?:out of|из)(?: (?:the|a|total|possible))*\s+", re.IGNORECASE)


def is_idle(passage: Passage, value: Value, noun: Noun | None, unit: str | None) -> bool:
    """Tell whether a number word counts nothing: one of them, the two countries, a Group of Eight."""
    before = passage.before(passage.tokens[value.first].start)
    if passage.lang in UNSPACED:
        return (noun is None and unit is None) or _is_in_a_word(passage, value, before)
    if _is_in_a_title(passage, value) or _RANK.search(before) or (noun and _ANAPHOR.search(before)):
        return True
    if value.amount == 1:
        return bool(_NEGATED.search(before)) or not _counts_one(passage, value, noun, unit, before)
    known = value.amount == 2 and noun and noun.head == value.last
    return bool(known and _THE.search(before))


def _is_in_a_word(passage: Passage, value: Value, before: str) -> bool:
    """Tell whether a sign that may be a number is part of a word without blanks around it: 周三, 第三, 百度, 万科."""
    return before.endswith(_RANKED) or passage.word(value.first) in _MAGNITUDES


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
    return not passage.is_title_case


@cache
def _shares(lang: str) -> re.Pattern[str]:
    """Return what joins a number to the one before it, whose noun it shares."""
    own = "".join(f"|{word}" for row in own_rows(lang, "conjunction") for word in row.split(", "))
    return re.compile(rf"[,;]|\b(?:and|but|or|to|against|while|и|а|но|или|против|из них|еще|ещё{own})\b", re.IGNORECASE)


def shared_noun(passage: Passage, value: Value, last: Figure | None) -> str | None:
    """Return the noun that a number without one shares with the number before it: "7 ракет сбиты, одна упала"."""
    start = passage.tokens[value.first].start
    if last is None or last.kind is not NumberKind.COUNT or last.value is None:
        return None
    near = start - last.end <= _SHARING_REACH and (
        _shares(passage.lang).search(passage.text, last.end, start) or _is_part(passage, last, start)
    )
    of_others = passage.word(value.last) in _OF and (value.amount == 1 or passage.word(value.last + 1) not in _THEM)
    if not near or of_others or _OFFSET.search(passage.before(start)):
        return None
    one = value.amount == 1 and not value.words
    decimal = value.plain < 1000 and not value.words and not passage.tokens[value.last - 1].text.isdecimal()
    return None if one or decimal else last.unit


def _is_part(passage: Passage, last: Figure, start: int) -> bool:
    """Tell whether a number is a part of the one before, or its whole: "Из 120 гостей ушли 87", "5 мест из 9"."""
    between = passage.text[last.end : start]
    if _WHOLE.fullmatch(between):
        return True
    return bool(_OUT_OF.search(passage.before(last.start)) and not re.search(r"[,;]", between))


def may_stand_alone(passage: Passage, value: Value, qualifier: Qualifier, end: int) -> bool:
    """Tell whether a number without unit or noun is one that a reader wants: a toll, a size, a qualified number."""
    token = passage.tokens[value.first]
    before = passage.before(token.start)
    if value.amount == 1 or _OFFSET.search(before):
        return False
    if value.words and value.last == value.first + 1 and _COLLECTIVE.fullmatch(token.text):
        return not _ALL.search(before)
    return _is_toll(passage, value, end) or _is_size(passage, value, qualifier)


def _is_toll(passage: Passage, value: Value, end: int) -> bool:
    """Tell whether the words around a number say that it counts victims, arrests, totals."""
    start = passage.tokens[value.first].start
    if _TOLL_BEFORE.search(passage.before(start)) or _TOLL_AFTER.match(passage.text, end, passage.end):
        return True
    return bool(_CLOSES.match(passage.text, end, passage.end) and _TALLY.search(passage.before(start, 90)))


def _is_size(passage: Passage, value: Value, qualifier: Qualifier) -> bool:
    """Tell whether a number is written as sizes are: six million, 21,004.96, about 100."""
    if value.words:
        return value.plain >= (1000 if qualifier is Qualifier.EXACT else 10)
    text = passage.tokens[value.first].text
    if value.last > value.first + 1 or not text.isdecimal():
        return passage.lang == "en" or not text.endswith(".0")  # Russian has a comma in numbers, a dot in versions
    return qualifier is not Qualifier.EXACT and (qualifier is not Qualifier.AT_MOST or value.plain >= 100)
