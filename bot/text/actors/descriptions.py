"""Find what stands before a name and says what its bearer is: "the web search giant" Google, "Acme guard" Ann Lee."""

from bisect import bisect_left
from collections.abc import Callable

from bot.text.actors.names import Name
from bot.text.words.document import Document, Line
from bot.text.words.gazetteers import base, calendar, casing, modifiers, organisation_nouns, role_nouns
from bot.text.words.morphology import parse
from bot.text.words.tokens import is_stopword

_QUOTES = frozenset("«“„\"'")
_LONGEST = 5
_KIN = ("mother", "father", "brother", "sister")
# What nouns for people end in, more of them than any list has ("lichenologist").
_SCIENTISTS = ("ologist", "ographer", "iatrist", "ometrist")
_PARTICIPLES = ("based", "owned", "backed", "led", "listed", "linked")


def find_description(document: Document, line: Line, name: Name) -> tuple[int, int] | None:
    """Return the start and end of the description before an organisation's name, if there is one."""
    end = _place(line, name)
    if end and line.tokens[end - 1].text in _QUOTES:
        end -= 1
    if (
        not end
        or not line.tokens[end - 1].text[0].isalpha()
        or base(line.tokens[end - 1].text) not in organisation_nouns()
    ):
        return None
    return _whole(line, end, lambda word: _belongs(word, document.lang))


def find_calling(document: Document, line: Line, name: Name) -> tuple[int, int] | None:
    """Return the start and end of what an English text calls a person right before the name, if it does."""
    end = _place(line, name)
    if document.lang != "en" or not end or not _is_calling(line.tokens[end - 1].text):
        return None
    return _whole(line, end, _may_tell_more)


def _place(line: Line, name: Name) -> int:
    """Return the index of the token that a name begins with; 0 if it begins with none."""
    place = bisect_left(line.tokens, name.start, key=lambda token: token.start)
    return place if place < len(line.tokens) and line.tokens[place].start == name.start else 0


def _whole(line: Line, end: int, belongs: Callable[[str], bool]) -> tuple[int, int]:
    """Return where the phrase that ends before a token starts, and where it ends."""
    start = end - 1
    while start and end - start < _LONGEST:
        word, before = line.tokens[start].text, line.tokens[start - 1].text
        is_joint = before == "-" and word in _PARTICIPLES  # "Ohio-based"
        if not is_joint and not (belongs(before) and (start > 1 or _is_name(before, line))):
            break
        start -= 1
    return line.tokens[start].start, line.tokens[end - 1].end


def _is_name(word: str, line: Line) -> bool:
    """Tell whether the capital that a sentence begins with is one inside of sentences, too."""
    return word.islower() or line.headline or casing("en").get(word.lower(), word) != word.lower()


def _is_calling(word: str) -> bool:
    low = word.lower()
    if low in _KIN and low != word:  # "Mother Teresa"
        return False
    return low in role_nouns() or low.rpartition("-")[2] in role_nouns() or low.endswith(_SCIENTISTS)


def _belongs(word: str, lang: str) -> bool:
    """Tell whether a word describes the noun: an adjective, another noun or a name, not a verb or a small word."""
    if not _may_describe(word, lang):
        return False
    if "а" <= word[0].lower() <= "ё":
        return parse(word.lower()).part in ("ADJF", "PRTF")
    return not word.islower() or not word.endswith("ed") or word in _PARTICIPLES


def _may_tell_more(word: str) -> bool:
    """Tell whether a word tells more of a noun for a person: "former Acme point" guard."""
    if not _may_describe(word, "en"):
        return False
    return not word.islower() or word in modifiers() or "-" in word or word in role_nouns()


def _may_describe(word: str, lang: str) -> bool:
    return word[0].isalpha() and not is_stopword(word, lang) and word.lower() not in calendar()
