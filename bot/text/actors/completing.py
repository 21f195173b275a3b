"""Give names what the models left out: initials, syllables of eastern names, the adjectives of a row."""

import re
from dataclasses import replace
from functools import cache

from bot.text.actors.names import Name
from bot.text.actors.states import find_state
from bot.text.words.gazetteers import base, demonyms, first_names, read_list
from bot.text.words.morphology import parse

# "спикер У Вон Сик"
_LETTER_BEFORE = re.compile(r"(?<=[а-яё] )[А-ЯЁ] $")
# "S.M. Krishna", "С. М. Иванов"
_INITIALS_BEFORE = re.compile(r"(?<![\w.])(?:[A-ZА-ЯЁ]\.[^\S\n]?){1,3}\Z")
_NO_INITIALS = frozenset(("US", "UN", "UK", "EU", "AM", "PM", "DC", "BC", "AD", "LA", "NY", "ТД", "ТП", "ТЕ", "НЭ"))
_LONGEST_INITIALS = 9
# "Marjan" Sarec
_CAPITAL_BEFORE = re.compile(r"(?<![\w.'’-])([A-Z][a-zà-öø-ÿ]+)[ ]\Z")
_LONGEST_FIRST_NAME = 16
# Syllables that Koreans, Chinese and Vietnamese have beside their surnames.
_SYLLABLE_BEFORE = re.compile(r"(?<![\w.-])([А-ЯЁ][а-яё]{0,5}) \Z")
_SYLLABLE_AFTER = re.compile(r" ([А-ЯЁ][а-яё]{0,4})(?![\w.’'-]| [А-ЯЁ])")
_MOST_SYLLABLES = 3
_LONGEST_SYLLABLE, _LONGEST_FIRST = 6, 5
# Surnames that are small words too, which a sentence may begin with.
_SMALL_WORDS = frozenset(("Во", "До", "Ко", "Май", "На", "Не", "Ни", "Но", "О", "Со", "Сон", "Та", "То", "Ты", "У"))
# "Тульской и" Калужской областями
_COORDINATED = re.compile(r"(?:[А-ЯЁ][\w-]*,\s)*[А-ЯЁ][\w-]*\s(?:и|или)\s\Z")
_SHORTEST_ROW, _LONGEST_ROW = 2, 120
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def complete(text: str, name: Name) -> Name:
    """Return the name with what belongs to it before and behind."""
    if name.kind == "PER":
        return _with_syllables(text, _with_initials(text, _with_first_name(text, name)))
    return _with_syllables(text, _whole_row(text, name))


def _whole_row(text: str, name: Name) -> Name:
    """Give a noun in the plural all the adjectives that it stands for: alone "Калужской областями" says nothing."""
    words = text[name.start : name.end].split()
    if len(words) < _SHORTEST_ROW or not "А" <= words[0][0] <= "я":
        return name
    first, *others = words
    own, forms = parse(first.lower()), (parse(word.lower()) for word in others)
    noun = next((form for form in forms if form.part == "NOUN"), own)
    differs = "plur" in noun.tags or (own.case == "nomn" and "nomn" not in noun.tags)
    is_row = own.part == "ADJF" and "plur" not in own.best and differs
    before = _COORDINATED.search(text, max(0, name.start - _LONGEST_ROW), name.start) if is_row else None
    if before and all(parse(word.lower()).part == "ADJF" for word in _WORD.findall(before[0])[:-1]):
        return replace(name, start=before.start())
    return name


def _with_first_name(text: str, name: Name) -> Name:
    """Give a surname in Latin letters the first name that stands before it, if it is one and no state's name."""
    if not "A" <= text[name.start : name.start + 1] <= "Z" or " " in text[name.start : name.end]:
        return name
    before = _CAPITAL_BEFORE.search(text[max(0, name.start - _LONGEST_FIRST_NAME) : name.start])
    if (
        before is None
        or before[1].lower() not in first_names()
        or find_state(before[1])
        or base(before[1]) in demonyms()
    ):
        return name
    return replace(name, start=name.start - len(before[0]))


def _with_initials(text: str, name: Name) -> Name:
    """Give a person the initials, or the surname of one letter, that stand before the name."""
    if letter := _LETTER_BEFORE.search(text[max(0, name.start - 6) : name.start]):
        return replace(name, start=name.start - len(letter[0]))
    initials = _INITIALS_BEFORE.search(text[max(0, name.start - _LONGEST_INITIALS) : name.start])
    if initials and "".join(filter(str.isalpha, initials[0])) not in _NO_INITIALS:
        return replace(name, start=name.start - len(initials[0]))
    return name


def _with_syllables(text: str, name: Name) -> Name:
    """Give a person from the east of Asia the parts of the name that stand before or behind it ("Ро Дэ" У)."""
    words = text[name.start : name.end].split()
    if not 0 < len(words) < _MOST_SYLLABLES or not all(map(_is_syllable, words)):
        return name
    before = _SYLLABLE_BEFORE.search(text[max(0, name.start - _LONGEST_SYLLABLE - 3) : name.start])
    if name.kind == "PER" and before and _may_be_surname(before):
        return _with_syllables(text, replace(name, start=name.start - len(before[0])))
    if len(words) == 2 and len(words[1]) <= _LONGEST_FIRST and words[0] in _eastern_surnames():
        after = _SYLLABLE_AFTER.match(text, name.end)
        if after and _may_be_syllable(after[1]):
            return replace(name, end=after.end(), kind="PER")
    return name


def _is_syllable(word: str) -> bool:
    return len(word) <= _LONGEST_SYLLABLE and word[:1].isupper() and "а" <= word[0].lower() <= "ё"


def _may_be_surname(before: re.Match[str]) -> bool:
    """Tell a surname of the east from a small word that a sentence begins with ("Но Ли Цян")."""
    inside = before.string[: before.start()].endswith(" ") and before.string[: before.start()].rstrip()[-1:].islower()
    return before[1] in _eastern_surnames() and (inside or before[1] not in _SMALL_WORDS)


def _may_be_syllable(word: str) -> bool:
    """Tell a syllable from a place, from somebody else's name, and from a word that a headline capitalises."""
    form = parse(word.lower())
    return not (form.known and {"Geox", "Name", "Abbr"} & form.best)


@cache
def _eastern_surnames() -> frozenset[str]:
    """Return surnames of Koreans, Chinese and Vietnamese in Russian spelling."""
    return frozenset(name for line in read_list("eastern_surnames.txt") for name in line.split())
