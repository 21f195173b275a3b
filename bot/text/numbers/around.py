"""Look around a number: at the words of its own clause, and at the clauses beside it that say something."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.text.numbers.clauses import (
    PREPOSITIONS,
    Clause,
    has_verb,
    opens_with_verb,
    says_something,
    split_clauses,
    trimmed,
)
from bot.text.numbers.passage import Figure, Passage
from bot.text.numbers.tables import cue_pattern

# With so many words a clause is told as a whole.
LONGEST = 14
# So many words are few for a clause, so many clauses near.
_FEW, _REACH = 4, 6
# How many tokens of a clause are looked at on each side of a number.
_FURTHEST = 40
_JOINS = re.compile(r"\s*(?:and|or|и|или)\s*", re.IGNORECASE)
_LONGEST_TOTAL = 24
_TOTAL = re.compile(r"\b(?:an? |the )?total(?: number)? of $", re.IGNORECASE)
_DASH = re.compile(r"[\s*_»\"]*[—–-][\s*_«\"]*")
_TOLD_BY = re.compile(cue_pattern("told by"))


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a sentence, where they start and end, and which of them say something besides a number."""

    all: list[Clause]
    starts: list[int]
    ends: list[int]
    telling: list[bool]


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a number: in its own clause, and the nearest clauses that say something."""

    before: Clause
    after: Clause
    earlier: Clause | None
    later: list[Clause]


def read_clauses(passage: Passage, figures: Sequence[Figure]) -> Clauses:
    """Return the clauses of a sentence that has some numbers."""
    clauses = split_clauses(passage)
    bare = {trimmed(passage, figure.start, figure.end) for figure in figures}  # "(1.5 metres)"
    telling = [says_something(passage, clause) and clause not in bare for clause in clauses]
    return Clauses(clauses, [clause.start for clause in clauses], [clause.end for clause in clauses], telling)


def look_around(passage: Passage, clauses: Clauses, figure: Figure) -> Around:
    """Return what stands around a number, which may begin in one clause and end in another."""
    first, last = bisect_right(clauses.starts, figure.start) - 1, bisect_left(clauses.ends, figure.end)
    count, inside = len(clauses.all), first >= 0 and figure.start < clauses.ends[first]
    left = clauses.starts[first] if inside else figure.start
    right = clauses.ends[last] if last < count else figure.end
    left, right = max(left, passage.near(figure.start, -_FURTHEST)), min(right, passage.near(figure.end, _FURTHEST))
    own = first + 1 - inside
    before, after = range(max(0, own - _REACH), max(0, own)), range(last + 1, min(count, last + 1 + _REACH))
    if inside and first:
        left = _widened(passage, clauses.all[first - 1], left, figure.start)
    if after:
        right = _widened_behind(passage, figure.end, right, clauses.all[last + 1])
    total = _TOTAL.search(passage.text, max(left, figure.start - _LONGEST_TOTAL), figure.start)
    return Around(
        trimmed(passage, left, total.start() if total else figure.start),
        trimmed(passage, figure.end, right),
        next((clauses.all[at] for at in reversed(before) if clauses.telling[at]), None),
        [clauses.all[at] for at in after if clauses.telling[at] and not _names_a_source(passage, clauses.all, at)],
    )


def _widened(passage: Passage, earlier: Clause, left: int, right: int) -> int:
    """Return where the words before a number begin, if the clause before only breaks off at a conjunction.

    "Voters choose deputies and senators for four years", "her height, which is 2 metres".
    """
    before = trimmed(passage, left, right)
    joined = _JOINS.fullmatch(passage.text, earlier.end, left)
    words = len(passage.words_in(before.start, before.end))
    if not joined or not says_something(passage, before) or words > _FEW or (has_verb(passage, before) and words > 1):
        return left
    fits = len(passage.words_in(earlier.start, right)) <= LONGEST
    return earlier.start if fits and has_verb(passage, earlier) else left


def _widened_behind(passage: Passage, left: int, right: int, later: Clause) -> int:
    """Return where the words behind a number end, if a conjunction only joins what they name to the next clause.

    "More than 40 people in Virginia and Maryland were warned".
    """
    after = trimmed(passage, left, right)
    joined = after.start < after.end and _JOINS.fullmatch(passage.text, right, later.start)
    if not joined or passage.word(passage.index_at(after.start)) not in PREPOSITIONS or has_verb(passage, after):
        return right
    goes_on = has_verb(passage, later) and not opens_with_verb(passage, later)
    return later.end if goes_on and passage.text[later.start].isupper() else right


def _names_a_source(passage: Passage, clauses: Sequence[Clause], at: int) -> bool:
    """Tell whether the last clause names who says so: "Five people were hurt — BBC", "— власти"."""
    if at != len(clauses) - 1 or not _DASH.fullmatch(passage.text, clauses[at - 1].end, clauses[at].start):
        return False
    words = passage.words_in(clauses[at].start, clauses[at].end)
    told = words[0].text[0].isupper() or any(_TOLD_BY.fullmatch(word.text.lower()) for word in words)
    return told and len(words) <= _FEW and not has_verb(passage, clauses[at])
