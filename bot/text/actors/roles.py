"""Find roles: the titles and descriptions that a text gives to the actors it names.

A conditional random field labels the words of roles, knowing where the names are; a role then belongs to the name it
stands beside.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.text.actors.apposition import find_apposition
from bot.text.actors.descriptions import find_calling, find_description
from bot.text.actors.features import Features, Row, document_features, model_language
from bot.text.actors.names import Name, load_tagger
from bot.text.words.document import Document, Line
from bot.text.words.gazetteers import role_nouns
from bot.text.words.morphology import parse

# What may stand between a role and its name: nothing, marks, an article, a form of "who was".
_BEFORE = re.compile(r"[\s,:—–\-«\"“*'’s]*(?:(?:named|called|sir|dame|mr|ms|mrs|dr)\.?\s*)?", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:[,(—–-]\s*)?(?:(?:who (?:is|was|serves as|served as)|a|an|the|his|her|their|это)\s+)*"
    r"(?:also\s+)?(?:the\s+|a\s+|an\s+)?",
    re.IGNORECASE,
)
# Between names in a row; "of Massachusetts" may stand behind one.
_TO_PLACE = re.compile(r"\s(?:в|во|на|из|под|над|около|in|at|near|from)$", re.IGNORECASE)
_AND = re.compile(r"(?:\s+of(?:\s+[A-Z]\w+){1,3})?\s*(?:,|,?\s+(?:and|и|&))\s+")
# How many tokens from a role the name may stand.
_REACH = 7
# How many names on each side of a role may be its own; most often one of two.
_NEAR = 4
_PROPER = frozenset(("Name", "Surn", "Patr"))
_BEARERS = ("PER", "ORG")


@dataclass(frozen=True, slots=True)
class Role:
    """A role in the cleaned text, and the name that it belongs to."""

    start: int
    end: int
    name: Name


def find_roles(document: Document, names: Sequence[Name], features: Features | None = None) -> tuple[Role, ...]:
    """Return the roles of persons and organisations, in the order of the text.

    ``features`` are those of the document, if they are known already.
    """
    features = document_features(document) if features is None else features
    tagger = load_tagger(f"roles_{model_language(document.lang)}")
    roles: list[Role] = []
    for named in lines_with_names(features, names):
        found: list[Role] = []
        for role in read_roles(document.text, named, tagger):
            found += [role, *_shared(document.text, role, named.names)]
        taken = {role.name for role in found}
        described = (_described(document, named.line, name) for name in named.names if name not in taken)
        roles += [*found, *filter(None, described)]
    return tuple(sorted(roles, key=lambda role: role.start))


def _described(document: Document, line: Line, name: Name) -> Role | None:
    """Return what a text calls an organisation or a person right before the name."""
    span = None
    if name.kind == "ORG":
        span = find_description(document, line, name)
    elif name.kind == "PER" and document.lang == "ru":
        span = find_apposition(document.text, line, name.start, name.end)
    elif name.kind == "PER":
        span = find_calling(document, line, name)
    return Role(*span, name) if span else None


def _shared(text: str, role: Role, names: Sequence[Name]) -> Iterator[Role]:
    """Yield the role for the others whom a plural names too ("astronauts Jim Lovell and Fred Haise")."""
    if role.end <= role.name.start and any(map(_is_plural, re.findall(r"\w+", text[role.start : role.end]))):
        last = role.name
        for index in range(bisect_left(names, last.end, key=_start), len(names)):
            name = names[index]
            if name.start >= last.end and name.kind == "PER":
                if not _AND.fullmatch(text, last.end, name.start):
                    return
                yield Role(role.start, role.end, name)
                last = name


def _start(name: Name) -> int:
    return name.start


def _is_plural(word: str) -> bool:
    low = word.lower()
    if "а" <= low[0] <= "ё":
        return _is_role_noun(low) and "plur" in parse(low).best
    return low.removesuffix("s") in role_nouns() and low not in role_nouns()


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line that names somebody, its names, and the features of its tokens: where the names are among them."""

    line: Line
    names: tuple[Name, ...]
    rows: list[Row]


def lines_with_names(features: Features, names: Sequence[Name]) -> Iterator[NamedLine]:
    """Yield the lines that may hold a role, of those that have features."""
    names = sorted(names, key=lambda name: name.start)
    starts = [name.start for name in names]
    for line, rows in features:
        inside = tuple(names[bisect_left(starts, line.start) : bisect_left(starts, line.end)])
        if any(name.kind in _BEARERS for name in inside):
            beside = zip(rows, _by_names(_kinds(line, inside)), _by_nouns(line), strict=True)
            yield NamedLine(line, inside, [[*row, *of_names, *of_nouns] for row, of_names, of_nouns in beside])


def read_roles(text: str, named: NamedLine, tagger: Any) -> Iterator[Role]:
    """Yield the roles that a pycrfsuite tagger finds in a line, if somebody stands beside them."""
    for start, end in _label_spans(named.line, tagger.tag(named.rows)):
        if _TO_PLACE.search(text, start, end):  # "трамваи в" Липове
            continue
        if name := _find_owner(text, start, end, named.names):
            yield Role(start, end, name)


def _by_names(kinds: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Return for every token what kind of name it belongs to, and how far the next person is on either side."""
    ahead, behind = _distances(kinds[::-1])[::-1], _distances(kinds)
    return map(_beside_names, kinds, ahead, behind, [*kinds[1:], "$"], ["^", *kinds])


@lru_cache(maxsize=4096)
def _beside_names(kind: str, ahead: int, behind: int, following: str, previous: str) -> tuple[str, ...]:
    return f"n={kind}", f"ahead={ahead}", f"behind={behind}", f"n+1={following}", f"n-1={previous}"


def _distances(kinds: Sequence[str]) -> list[int]:
    """Return how many tokens before each one a person was last; 0 if that is out of reach."""
    distances = []
    step = _REACH
    for kind in kinds:
        distances.append(step if step < _REACH else 0)
        step = 1 if kind == "PER" else step + 1
    return distances


def _by_nouns(line: Line) -> list[list[str]]:
    """Return for every token which of its neighbours somebody may be called."""
    beside: list[list[str]] = [[] for _ in line.tokens]
    for index, token in enumerate(line.tokens):
        if _is_role_noun(token.text):
            for step in range(min(2, index), -3, -1):
                if index - step < len(beside):
                    beside[index - step].append(f"role+{step}")
    return beside


@lru_cache(maxsize=8192)
def _is_role_noun(word: str) -> bool:
    """Tell whether a person may be called so: by a list in English, by grammar in Russian."""
    low = word.lower()
    if "а" <= low[0] <= "ё":
        form = parse(low)
        return form.part == "NOUN" and "anim" in form.best and not _PROPER & form.best
    return low in role_nouns() or low.removesuffix("s") in role_nouns() or low.rpartition("-")[2] in role_nouns()


def _kinds(line: Line, names: Sequence[Name]) -> list[str]:
    kind_at = {offset: name.kind for name in names for offset in range(name.start, name.end)}
    return [kind_at.get(token.start, "-") for token in line.tokens]


def _label_spans(line: Line, labels: Sequence[str]) -> list[tuple[int, int]]:
    """Turn B, I, O labels into spans."""
    spans = []
    start = None
    for index, label in enumerate([*labels, "O"]):
        if start is not None and label != "I":
            spans.append((line.tokens[start].start, line.tokens[index - 1].end))
            start = None
        if start is None and label != "O":
            start = index
    return spans


def _find_owner(text: str, start: int, end: int, names: Sequence[Name]) -> Name | None:
    """Find the name that a role stands beside: a person right after it, else one after or before it; persons first."""
    first, last = bisect_left(names, start, key=_start), bisect_left(names, end, key=_start)
    bearers = [name for name in names[max(0, first - _NEAR) : last + _NEAR] if name.kind in _BEARERS]
    for name in bearers:
        if name.kind == "PER" and text[end : name.start].isspace():
            return name
    for name in sorted(bearers, key=lambda name: name.kind != "PER"):
        if end <= name.start and _BEFORE.fullmatch(text, end, name.start):
            return name
        if name.end <= start and _AFTER.fullmatch(text, name.end, start):
            return name
    return None
