"""Find what a Russian text calls a person right before the name, where the model sees no role ("блогера Лерчек").

A noun for a person in the same case is what he is called, unless it tells whose somebody is: "помощника Трампа".
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from bot.text.words.document import Line
from bot.text.words.gazetteers import read_list
from bot.text.words.morphology import CASES, Form, parse
from bot.text.words.tokens import Token

# These tell who is whose already: "своего сына Ивана".
_POSSESSIVES = frozenset(("свой", "собственный", "его", "ее", "их"))
# Words for persons that are more often things: "политика Ивана Петрова".
_ALSO_THINGS = frozenset(("политика", "премьера"))
_PROPER = frozenset(("Name", "Surn", "Patr"))
_ADJECTIVES = ("ADJF", "PRTF")
_MOST_ADJECTIVES = 3
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def find_apposition(text: str, line: Line, start: int, end: int) -> tuple[int, int] | None:
    """Return the start and end of what a person is called right before a name in a line, if anything."""
    first = bisect_left(line.tokens, start, key=lambda token: token.start)
    if not 0 < first < len(line.tokens) or line.tokens[first].start != start:
        return None
    noun = line.tokens[first - 1]
    form = parse(noun.text.lower())
    name = [parse(word.lower()) for word in _WORD.findall(text, start, end)]
    cases = _shared_cases(form, name)
    if not cases or not _may_be_called(noun.text.lower(), form):
        return None
    may_own = form.lemma in _relations() and all("gent" in word.tags for word in name)
    if may_own and not _is_owned(line.tokens[: first - 1]):
        return None
    begin = first - 1
    while begin and first - 1 - begin < _MOST_ADJECTIVES and _describes(line.tokens[begin - 1], cases):
        begin -= 1
    return line.tokens[begin].start, noun.end


def _shared_cases(noun: Form, name: Sequence[Form]) -> frozenset[str]:
    """Return the cases that a noun and all words of a name may be in."""
    own = [CASES & form.tags for form in name if form.part]
    if not own:
        return frozenset()
    cases = frozenset.intersection(CASES & noun.tags, *own)
    # "директор Киркорова": a woman's surname in the nominative looks so, too.
    is_owner = cases == {"nomn"} and name[0].case != "nomn"
    return frozenset() if is_owner else cases


def _may_be_called(word: str, form: Form) -> bool:
    """Tell whether a word is a noun for one person, and no name itself."""
    is_noun = form.known and form.part == "NOUN" and {"anim", "sing"} <= form.tags
    return is_noun and ("anim" in form.best or word in _ALSO_THINGS) and not _PROPER & form.tags


def _is_owned(before: Sequence[Token]) -> bool:
    return bool(before) and parse(before[-1].text.lower()).lemma in _POSSESSIVES


def _describes(token: Token, cases: frozenset[str]) -> bool:
    form = parse(token.text.lower())
    return form.part in _ADJECTIVES and "Apro" not in form.best and bool(cases & form.tags)


@cache
def _relations() -> frozenset[str]:
    """Return what those are called who are somebody's, in dictionary forms."""
    return frozenset(word for line in read_list("relations_ru.txt") for word in line.split())
