"""Find what a Russian text calls a person beside the name, where the model sees no role ("блогера Лерчек").

A noun for a person in the same case is what he is called, unless it tells whose somebody is: "помощника Трампа".
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from bot.text.words.document import Line
from bot.text.words.gazetteers import relations
from bot.text.words.morphology import CASES, Form, parse
from bot.text.words.tokens import Token

# These tell who is whose already: "своего сына Ивана".
_POSSESSIVES = frozenset(("свой", "собственный", "его", "ее", "их"))
# Words for persons that are things, too; the first one where no man's adjective is before it ("политика Трампа").
_POLICY, _ALSO_THINGS = "политика", ("политика", "премьера")
_PROPER = frozenset(("Name", "Surn", "Patr"))
_ADJECTIVES = ("ADJF", "PRTF")
_VERBS = ("VERB", "INFN")
_OPENING, _CLOSING = '«"“„', '»"”'
_ENDS = ",.;:!?…()—–\n"
_MOST_ADJECTIVES, _LONGEST_QUOTED, _LONGEST_BEHIND = 3, 12, 9
_PREFIX = re.compile(r"^(?:экс-|вице-|со(?=[оу]))(?=\w{4})")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def find_apposition(text: str, line: Line, start: int, end: int) -> tuple[int, int] | None:
    """Return the start and end of what a person is called beside a name in a line, if anything: before it, or after."""
    first = bisect_left(line.tokens, start, key=_start)
    if first == len(line.tokens) or line.tokens[first].start != start:
        return None
    name = [parse(word.lower()) for word in _WORD.findall(text, start, end)]
    return _before(line.tokens[:first], name) or _after(line.tokens[bisect_left(line.tokens, end, key=_start) :], name)


def _start(token: Token) -> int:
    return token.start


def _before(tokens: Sequence[Token], name: Sequence[Form]) -> tuple[int, int] | None:
    """Find the noun that a name follows, or what is quoted behind that noun, with the adjectives before it."""
    place = _before_quoted(tokens) if tokens and tokens[-1].text in _CLOSING else len(tokens) - 1
    if place < 0 or not (cases := _cases_if_called(tokens[place], name)):
        return None
    may_own = _is_related(tokens[place]) and all("gent" in word.tags for word in name)
    if may_own and not (place and parse(tokens[place - 1].text.lower()).lemma in _POSSESSIVES):
        return None
    if tokens[place].text.lower() == _POLICY and not (place and _is_mans(tokens[place - 1])):
        return None
    begin = place
    while begin and place - begin < _MOST_ADJECTIVES and _describes(tokens[begin - 1], cases):
        begin -= 1
    return tokens[begin].start, tokens[-1].end


def _is_mans(token: Token) -> bool:
    form = parse(token.text.lower())
    return form.part in _ADJECTIVES and not {"masc", "neut"}.isdisjoint(form.tags) and "femn" not in form.tags


def _before_quoted(tokens: Sequence[Token]) -> int:
    """Return the place of the noun before something quoted and its kind ("лидер новой партии «Заря»"), or -1."""
    window = range(len(tokens) - 2, max(-1, len(tokens) - _LONGEST_QUOTED), -1)
    opening = next((index for index in window if tokens[index].text in _OPENING), 0)
    for index in range(opening - 1, max(-1, opening - 2 - _MOST_ADJECTIVES), -1):
        form = _read(tokens[index])
        if form.part == "NOUN" and "anim" in form.best:
            return index
        if form.part not in ("NOUN", *_ADJECTIVES) or "gent" not in form.tags:
            break
    return -1


def _after(tokens: Sequence[Token], name: Sequence[Form]) -> tuple[int, int] | None:
    """Find what is told of a person between two commas ("Анна Белова, физик из Омска, ..."): a noun and what it has."""
    if not tokens or tokens[0].text != ",":
        return None
    begin = end = 1
    while end < len(tokens) and end <= _LONGEST_BEHIND and tokens[end].text not in _ENDS:
        end += 1
    told = tokens[begin:end]
    place = next((index for index, token in enumerate(told) if _read(token).part == "NOUN"), 0)
    if not told or end > _LONGEST_BEHIND or not (cases := _cases_if_called(told[place], name)):
        return None
    forms = [parse(token.text.lower()) for token in told]
    is_clause = any(form.known and form.part in _VERBS for form in forms)
    is_other = not _is_related(told[place]) and any(_PROPER & form.best for form in forms)
    if is_clause or is_other or not all(_qualifies(token, cases) for token in told[:place]):
        return None
    return told[0].start, told[-1].end


def _cases_if_called(noun: Token, name: Sequence[Form]) -> frozenset[str]:
    """Return the cases that a noun for one person shares with a name; none if it is no such noun."""
    form = _read(noun)
    return _shared_cases(form, name) if _may_be_called(noun.text.lower(), form) else frozenset()


def _read(noun: Token) -> Form:
    """Read a noun without what the dictionary does not know it with ("экс-солист", "сооснователь")."""
    return parse(_PREFIX.sub("", noun.text.lower()))


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


def _is_related(noun: Token) -> bool:
    return _read(noun).lemma in relations()


def _qualifies(token: Token, cases: frozenset[str]) -> bool:
    """Tell whether a word is an adjective, and no participle with a clause of its own."""
    return _describes(token, cases) and parse(token.text.lower()).part == "ADJF"


def _describes(token: Token, cases: frozenset[str]) -> bool:
    form = parse(token.text.lower())
    return form.part in _ADJECTIVES and "Apro" not in form.best and bool(cases & form.tags)
