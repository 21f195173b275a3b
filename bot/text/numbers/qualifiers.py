"""Read the words around a number that say how exact it is."""

import re
from collections.abc import Sequence
from functools import cache

from bot.posts import Qualifier
from bot.text.numbers.passage import Passage
from bot.text.numbers.tables import UNSPACED, alternatives, cue_pattern, cue_words, own_rows, sections

# "не более" must win over "более", "no less than" over "less than".
_ORDER = (Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.MORE, Qualifier.LESS, Qualifier.ABOUT)
# What may stand between: "more than a million", "более чем на 20 %".
_BETWEEN = r"(?: (?:an?|на|в|во|за|с|со|к|из|по|от|о|об|у|через|для|при))?"
_REACH = 36
# How far before its end the word for a change may stand: "выросли на 3% в ходе торгов в среду - до $3".
_REACH_OF_CHANGE = 100
_LASTING_OVER = cue_words("lasting over")


def _patterns(place: str, lang: str = "") -> list[tuple[Qualifier, str]]:
    """Return the regular expressions for a place beside numbers, joined by qualifier, in their order."""
    patterns: dict[str, list[str]] = {}
    for row in sections("qualifiers")[place]:
        sign, _, pattern = row.partition(" ")
        patterns.setdefault(sign, []).append(pattern)
    for row in own_rows(lang, place):
        sign, _, words = row.partition(" ")
        patterns.setdefault(sign, []).extend(words.split(", "))
    return [(sign, alternatives(patterns[sign])) for sign in _ORDER if sign in patterns]


@cache
def _after(lang: str) -> list[tuple[Qualifier, re.Pattern[str]]]:
    ends = "" if lang in UNSPACED else r"\b"
    return [(sign, re.compile(rf" ?{words}{ends}", re.IGNORECASE)) for sign, words in _patterns("after", lang)]


@cache
def _between(lang: str) -> list[tuple[Qualifier, re.Pattern[str]]]:
    # An ending of the number may come first: "1 200-ден астам".
    blank = "" if lang in UNSPACED else "(?: |(?=['’-]))"
    return [(sign, re.compile(rf"{blank}{words}", re.IGNORECASE)) for sign, words in _patterns("between", lang)]


@cache
def _before(lang: str) -> list[tuple[Qualifier, re.Pattern[str]]]:
    begins = "" if lang in UNSPACED else r"(?<![\w-])"
    articles = f"(?: {cue_pattern('article', lang)})?" if own_rows(lang, "article") else ""
    return [
        (sign, re.compile(rf"{begins}{words}{_BETWEEN}{articles}[ *_]*$", re.IGNORECASE))
        for sign, words in _patterns("before", lang)
    ]


@cache
def _change(lang: str) -> re.Pattern[str]:
    # "до" (do in Polish) after a change says where it ended, not that it may be less: "вырос на 3%, до 20%".
    changes = cue_pattern("change", lang)
    return re.compile(rf"\b(?:{changes}|с \d)(?:[^,;]|,(?=\d)|,(?=\s*(?:до|do)\s*$))*\s(?:до|do)\s*$", re.IGNORECASE)


_PLUS = re.compile(r"\+(?!\d)")


def qualifier_before(passage: Passage, start: int) -> tuple[Qualifier, int]:
    """Return the qualifier before ``start`` and where it begins (``start`` itself if there is none)."""
    before = passage.before(start, _REACH)
    for qualifier, pattern in _before(passage.lang):
        if match := pattern.search(before):
            if qualifier is Qualifier.AT_MOST and _change(passage.lang).search(passage.before(start, _REACH_OF_CHANGE)):
                return Qualifier.EXACT, start
            return qualifier, start - len(before) + match.start()
    return Qualifier.EXACT, start


def during(passage: Passage, start: int) -> bool:
    """Tell whether the "over" before a span of time says when, and not that it is more: "wrote it over nine years"."""
    index = passage.index_at(start) - 1
    return passage.word(index) == "over" and index > 0 and passage.word(index - 1) not in _LASTING_OVER


def qualifier_between(passage: Passage, end: int) -> tuple[Qualifier, int]:
    """Return the qualifier between a value, ending at ``end``, and what it counts, and where it ends."""
    if match := _PLUS.match(passage.text, end, passage.end):
        return Qualifier.AT_LEAST, match.end()
    return _match(_between(passage.lang), passage, end)


def qualifier_after(passage: Passage, end: int) -> tuple[Qualifier, int]:
    """Return the qualifier after ``end`` and where it ends (``end`` itself if there is none)."""
    return _match(_after(passage.lang), passage, end)


def _match(table: Sequence[tuple[Qualifier, re.Pattern[str]]], passage: Passage, end: int) -> tuple[Qualifier, int]:
    for qualifier, pattern in table:
        if match := pattern.match(passage.text, end, passage.end):
            return qualifier, match.end()
    return Qualifier.EXACT, end
