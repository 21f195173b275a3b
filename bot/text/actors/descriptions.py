"""Find what a text calls an organisation right before its name ("search giant Google", "газета Washington Post")."""

from bisect import bisect_left

from bot.text.actors.names import Name
from bot.text.words.document import Document, Line
from bot.text.words.gazetteers import base, demonyms, organisation_nouns
from bot.text.words.morphology import parse
from bot.text.words.tokens import Token, is_stopword

_QUOTES = frozenset("«“„\"'")
_LONGEST = 5


def find_description(document: Document, line: Line, name: Name) -> tuple[int, int] | None:
    """Return the start and end of the description before an organisation's name, if there is one."""
    end = bisect_left(line.tokens, name.start, key=lambda token: token.start)
    if end == len(line.tokens) or line.tokens[end].start != name.start:
        return None
    if end and line.tokens[end - 1].text in _QUOTES:
        end -= 1
    if not end or not (noun := line.tokens[end - 1].text)[0].isalpha() or base(noun) not in organisation_nouns():
        return None
    start = end - 1
    while start and end - start < _LONGEST and _belongs(line.tokens[start - 1], document.lang):
        start -= 1
    return line.tokens[start].start, line.tokens[end - 1].end


def _belongs(token: Token, lang: str) -> bool:
    """Tell whether a word describes the noun: an adjective or another noun, not a verb or a small word."""
    word = token.text
    if not word[0].isalpha() or is_stopword(word, lang):
        return False
    if "а" <= word[0].lower() <= "ё":
        return parse(word.lower()).part in ("ADJF", "PRTF")
    return (word.islower() and not word.endswith("ed")) or base(word) in demonyms() or word in ("South", "North")
