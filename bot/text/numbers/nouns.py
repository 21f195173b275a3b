"""Read the noun phrase that a number counts."""

import re
from dataclasses import dataclass

from bot.text.numbers.passage import Passage
from bot.text.numbers.tables import UNSPACED, cue_words, has_own_table, own_pattern
from bot.text.words.morphology import Form, parse
from bot.text.words.tokens import is_stopword

_SLAVIC = ("ru", "be")
_ADJECTIVES = ("ADJF", "PRTF", "ADJS", "NUMR")
_PLURALS, _NO_PLURALS, _ENDS = cue_words("plural"), cue_words("no plural"), cue_words("phrase end")
_COUNTED = frozenset(("NOUN", "plur", "gent"))
_QUOTES = ("*", "«", '"', "„")
_OPENING = cue_words("opening plural")
# A word in katakana, or the first character of one in kanji.
_UNSPACED_WORD = re.compile(r"[\u30a1-\u30fc]+|[\u3400-\u9fff]")
_MAGNITUDES = ("百", "千", "万", "亿", "億", "兆")
_LONGEST = 7
_FEW = 4
_NO_NOUNS = ("small", "preposition", "conjunction", "verb")
_RANKED = cue_words("ranked")
_POSSESSIVES = ("'s", "’s")
_LEADING = ("other", "more", "further", "additional", "different")


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun: the index of its last word, and how it is written."""

    head: int
    text: str


def counted_noun(passage: Passage, index: int, value: float | None) -> Noun | None:
    """Return the noun phrase that begins at a token and can be counted by a value (None: a vague one)."""
    if passage.lang in _SLAVIC:
        return _slavic_noun(passage, index, value)
    if passage.lang in UNSPACED:
        return _unspaced_noun(passage, index)
    if passage.lang != "en" and has_own_table(passage.lang):
        return _foreign_noun(passage, index)
    return _latin_noun(passage, index, value)


def _foreign_noun(passage: Passage, index: int) -> Noun | None:
    """Return the first word that is neither small nor an adjective, by the lists of its language."""
    tokens, lang = passage.tokens, passage.lang
    if passage.word(index) in cue_words("joint", lang):
        index += 1  # millones de personas
    described, verb = own_pattern("adjective", lang), own_pattern("no counted", lang)
    for at in range(index, min(len(tokens), index + _FEW)):
        word, low = tokens[at].text, passage.word(at)
        if not word[0].isalpha() or any(low in cue_words(part, lang) for part in _NO_NOUNS):
            return None
        if verb and verb.fullmatch(low):
            return None
        if not described or not described.fullmatch(word):
            return Noun(at, word)
    return None


def _unspaced_noun(passage: Passage, index: int) -> Noun | None:
    """Return the counter at a token, by the list of its language; behind digits any word may be one."""
    if index >= len(passage.tokens):
        return None
    start = passage.tokens[index].start
    counter = own_pattern("counted", passage.lang)
    match = counter.match(passage.text, start, passage.end) if counter else None
    at = index - 1
    while at > 0 and passage.word(at) in _MAGNITUDES:
        at -= 1
    if match is None and at >= 0 and passage.word(at)[-1:].isdecimal():
        match = _UNSPACED_WORD.match(passage.text, start, passage.end)
    ordinal = own_pattern("ordinal", passage.lang)
    if (
        match is None
        or match[0] in cue_words("small", passage.lang)
        or (ordinal and ordinal.match(passage.text, start))
    ):
        return None
    return Noun(passage.index_at(match.end()) - 1, match[0])


def is_living(word: str) -> bool:
    """Tell whether a Russian word is a person or an animal."""
    return "anim" in parse(word.lower()).tags


def _slavic_noun(passage: Passage, index: int, value: float | None) -> Noun | None:
    tokens = passage.tokens
    for at in range(index, min(index + _LONGEST, len(tokens))):
        word = tokens[at].text
        if word in _QUOTES and (word == "*" or at > index or tokens[at].start > tokens[at - 1].end):
            continue
        if not word[0].isalpha():
            return None
        if word[0].isascii() or (word.isupper() and len(word) > 1):
            return Noun(at, word)
        form = parse(word.lower())
        describes = form.part in _ADJECTIVES or ("ADJF" in form.tags and _is_noun(passage, at + 1))
        if (describes or word == "и" or form.part == "ADVB") and _continues(passage, at + 1):
            continue
        if not _may_be_counted(form) or _is_ranked(passage, index, form, value):
            return None
        return Noun(at, word) if _agrees(form.tags, value, known=form.known) else None
    return None


def _may_be_counted(form: Form) -> bool:
    """Tell whether a word is a noun, or stands for one: "двое военных", "сто убитых"; "109 сел" is no verb."""
    if form.part == "NOUN" or form.tags >= _COUNTED:
        return True
    return form.part in _ADJECTIVES and ("NOUN" in form.tags or "PRTF" in form.tags)


def _is_ranked(passage: Passage, index: int, form: Form, value: float | None) -> bool:
    """Tell whether digits before a noun in the singular are its rank: "1 место", "21 этаж"."""
    single = value is not None and value % 10 == 1 and value % 100 != 11
    return single and passage.word(index - 1).isdecimal() and form.lemma in _RANKED


def _is_noun(passage: Passage, at: int) -> bool:
    return parse(passage.word(at)).part == "NOUN"


def _continues(passage: Passage, at: int) -> bool:
    """Tell whether the noun that an adjective describes still follows."""
    word = passage.tokens[at].text if at < len(passage.tokens) else "."
    if word == "и":
        return at + 1 < len(passage.tokens) and parse(passage.word(at + 1)).part in _ADJECTIVES
    return word[0].isalpha() and (
        word[0].isascii() or word.isupper() or parse(word.lower()).part in ("NOUN", *_ADJECTIVES)
    )


def _agrees(tags: frozenset[str], value: float | None, *, known: bool) -> bool:
    """Tell whether a noun stands as counted ones do: "5 классов", not "5 класс"."""
    if not known or "plur" in tags or "Fixd" in tags or value is None:
        return True
    if value % 1:
        return "gent" in tags
    ending = int(value) % 100
    if ending % 10 == 1 and ending != 11:
        return True
    return 2 <= ending % 10 <= 4 and not 12 <= ending <= 14 and "gent" in tags


def _latin_noun(passage: Passage, index: int, value: float | None) -> Noun | None:
    """Return the phrase up to its last plural; a single thing needs none, nor do languages without an -s."""
    last, plural = index, None
    while last < min(len(passage.tokens), index + _LONGEST) and (
        _may_be_in_phrase(passage, last, index) or _joins_adjectives(passage, last, index)
    ):
        if _is_plural(passage.tokens[last].text):
            plural = last
            if not _opens_phrase(passage, last):
                break
        last += 1
    if plural is not None:
        return _noun(passage, index, plural)
    if last == index or (passage.lang == "en" and value != 1):
        return None
    return _noun(passage, index, last - 1 if value == 1 else index)


def _may_be_in_phrase(passage: Passage, at: int, index: int) -> bool:
    word = passage.tokens[at].text
    low = word.lower()
    if low in _POSSESSIVES:
        return at > index
    if not word[0].isalpha() or low in _ENDS:
        return False
    if is_stopword(word, passage.lang) and low not in _LEADING and low not in _PLURALS:
        return False
    return not (at > index + 1 and low.endswith("ed") and low not in _PLURALS and _is_plural(passage.word(at - 1)))


def _joins_adjectives(passage: Passage, at: int, index: int) -> bool:
    """Tell whether a conjunction joins two words that describe one noun: "violent or abusive incidents"."""
    return (
        at == index + 1
        and passage.word(at) in ("and", "or")
        and not _is_plural(passage.word(index))
        and _may_be_in_phrase(passage, at + 1, index)
        and at + 2 < len(passage.tokens)
        and _is_plural(passage.tokens[at + 2].text)
    )


def _is_plural(word: str) -> bool:
    """Tell whether a word looks like an English plural: people, votes, MPs."""
    low = word.lower()
    if low in _PLURALS:
        return True
    if not low.endswith("s") or low in _NO_PLURALS:
        return False
    if word[:-1].isupper():
        return len(word) > 2
    return len(low) > 3 and not low.endswith(("ss", "us", "'s", "’s"))


def _opens_phrase(passage: Passage, at: int) -> bool:
    """Tell whether a plural only opens the phrase: "ten United States nationals", "two sports officials"."""
    word = passage.tokens[at].text
    following = passage.tokens[at + 1].text if at + 1 < len(passage.tokens) else "."
    if word[0].isupper() and following[0].isupper() and not passage.is_title_case:
        return True
    goes_on = following.islower() and _is_plural(following) and following not in _ENDS
    return goes_on and (word[0].isupper() or word.lower() in _OPENING)


def _noun(passage: Passage, first: int, head: int) -> Noun | None:
    for at in range(first, head):
        if passage.word(at) in (*_LEADING, *_POSSESSIVES) and (at == first or passage.word(at) in _POSSESSIVES):
            first = at + 1
    text = passage.text[passage.tokens[first].start : passage.tokens[head].end]
    return Noun(head, text)
