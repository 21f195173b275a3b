"""Split a sentence into clauses, and tell what a clause holds."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.text.numbers.dates import names_a_month
from bot.text.numbers.passage import Passage
from bot.text.numbers.tables import cue_pattern, cue_words, own_pattern, own_words
from bot.text.words.morphology import parse
from bot.text.words.tokens import is_stopword

# A clause ends at a mark, or where a conjunction opens another one; not inside of 12,5 and 12:30.
_MARKS = r"(?<!\d),|,(?!\d)|[;()—–!?…։،。，；]|:(?!\d)|\s-\s"
_SOURCE = re.compile(rf"{cue_pattern('source')}\b", re.IGNORECASE)
# "Pashinyan said", "пишет Reuters"
_SAYS = re.compile(
    r"(?:[\w.’'-]+ ){0,6}(?:said|says|told \w+|reports|reported|сказал\w*|сообщил\w*|рассказал\w*)$", re.IGNORECASE
)
# "He added" says something in "He added that 20 people died" only of who says so.
_TELLS = re.compile(
    r"(?:[\w.’'-]+ ){0,6}(?:added|announced|claimed|warned|noted|confirmed|stated|explained|acknowledged)$",
    re.IGNORECASE,
)
_THAT = re.compile(r"\s+that\b", re.IGNORECASE)
_LONGEST_SOURCE, _LONGEST_WHEN = 8, 3
# "a year earlier", "неделей ранее"
_WHEN = re.compile(
    r"(?:(?:an? |the |one )?(?:year|month|week|quarter|day|decade) (?:earlier|ago|before|later)"
    r"|(?:год|месяц|неделю|сутки|день) назад|(?:годом|месяцем|неделей|дн[её]м|кварталом) (?:ранее|раньше))$",
    re.IGNORECASE,
)
_NO_VERBS, PREPOSITIONS = cue_words("no verb"), cue_words("preposition")
_DAYS = cue_words("no noun")
# Of votes: "330 for, 275 against", "против — 275".
_SIDES = ("against", "за", "против")
# A verb behind these has a subject.
_PRONOUNS = ("i", "he", "she", "we", "you", "they", "я", "он", "она", "мы", "вы", "они")
_TRIM = " \t*_-–—.,:;!?'’«»\"“”[]։،。，；"
_RUSSIAN_VERBS = ("VERB", "PRTS", "INFN", "GRND", "PRED", "ADJS")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence between two cuts, without the marks and blanks around it."""

    start: int
    end: int


@cache
def _cut(lang: str) -> re.Pattern[str]:
    return re.compile(rf"{_MARKS}|\s{cue_pattern('conjunction', lang)}(?=\s)", re.IGNORECASE)


def split_clauses(passage: Passage) -> list[Clause]:
    """Return the clauses of a sentence in order."""
    clauses, at = [], passage.start
    for match in _cut(passage.lang).finditer(passage.text, passage.start, passage.end):
        clauses.append(trimmed(passage, at, match.start()))
        at = match.end()
    clauses.append(trimmed(passage, at, passage.end))
    return [clause for clause in clauses if clause.start < clause.end]


def trimmed(passage: Passage, start: int, end: int) -> Clause:
    """Return a stretch without the marks and blanks around it."""
    text = passage.text
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return Clause(start, end)


def says_something(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause holds a word that is not a mere link, and does not only name a source."""
    words = passage.words_in(clause.start, clause.end)
    if len(words) == 1 and words[0].text.lower() in _SIDES:
        return True
    source = _SOURCE.match(passage.text, clause.start, clause.end) and len(words) <= _LONGEST_SOURCE
    if source or _SAYS.match(passage.text, clause.start, clause.end):
        return False
    if _THAT.match(passage.text, clause.end) and _TELLS.match(passage.text, clause.start, clause.end):
        return False
    if len(words) <= _LONGEST_WHEN and _WHEN.match(passage.text, clause.start, clause.end):
        return False
    return has_content(passage, clause)


def has_content(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause holds a word that is not a mere link."""
    return any(_is_content(token.text, passage.lang) for token in passage.words_in(clause.start, clause.end))


@lru_cache(maxsize=32768)
def _is_content(word: str, lang: str) -> bool:
    low = word.lower()
    return not is_stopword(word, lang) and low not in _empty(lang) and not names_a_month(low, lang)


@cache
def _empty(lang: str) -> frozenset[str]:
    return cue_words("preposition", lang) | cue_words("small", lang) | _DAYS


def has_verb(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause holds a verb."""
    return any(is_verb(token.text, passage.lang) for token in passage.words_in(clause.start, clause.end))


def is_mere_verb(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause is a verb that says nothing without its subject: "was up"."""
    says = _SAYS.match(passage.text, clause.start, clause.end)
    mere = has_verb(passage, clause) and not has_content(passage, clause) and not says
    return mere and opens_with_verb(passage, clause)


def opens_with_verb(passage: Passage, clause: Clause) -> bool:
    """Tell whether a verb stands at the beginning of a clause, or right behind one word."""
    words = [token.text for token in passage.words_in(clause.start, clause.end)[:2]]
    if passage.text[clause.start].isdecimal():
        return False
    if not words or words[0].lower() in cue_words("preposition", passage.lang) or words[0].lower() in _PRONOUNS:
        return False
    return is_verb(words[0], passage.lang) or (
        len(words) > 1 and is_stopword(words[0], passage.lang) and is_verb(words[1], passage.lang)
    )


@lru_cache(maxsize=32768)
def is_verb(word: str, lang: str) -> bool:
    """Tell whether a word is a verb: by the dictionary in Russian, by form in others."""
    low = word.lower()
    if lang in ("ru", "be"):
        return parse(low).part in _RUSSIAN_VERBS
    if ending := own_pattern("verb ending", lang):
        return low in own_words("verb", lang) or (word.islower() and bool(ending.fullmatch(low)))
    return (
        low in cue_words("verb")
        or low.endswith(("n't", "n’t"))
        or (word.endswith(("ed", "ing")) and len(low) > 4 and word.islower() and low not in _NO_VERBS)
    )


def is_setting(passage: Passage, clause: Clause) -> bool:
    """Tell whether a stretch before a number only says when or where: "Over the past", "В результате".

    In Russian "у" tells whose they are: "У женщины двое детей".
    """
    words = passage.words_in(clause.start, clause.end)
    first = words[0].text.lower() if words else ""
    owned = first == "у" and passage.lang == "ru"
    return first in cue_words("preposition", passage.lang) and not owned and not has_verb(passage, clause)
