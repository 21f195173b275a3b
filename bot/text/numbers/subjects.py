"""Give a clause the words that its verb belongs to, where it begins without them.

"Readers who do not subscribe may read 20 articles": the clause behind "who" by itself says the reverse.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from bot.text.numbers.clauses import Clause, has_content, has_verb, is_verb, opens_with_verb, says_something
from bot.text.numbers.passage import Figure, Passage
from bot.text.numbers.tables import cue_words
from bot.text.words.morphology import parse

_RELATIVE = re.compile(
    r"(?:\b(?:with|in|of|for|to|from|on|в|во|на|с|у|из|к|о|об|для|за|по) )?"
    r"\b(who|whom|whose|which|that|where|котор[а-я]{2,3}|где)[\s*_]*$",
    re.IGNORECASE,
)
# Behind these marks something new begins.
_PARTS = re.compile(r"[;:()\[\]—–!?…]|\s-\s")
# Behind these the subject of a clause may follow.
_OBJECTS = ("who", "whom", "which", "that")
_JOINS = re.compile(r"[\s*_]*(?:and|or|и|или)[\s*_]*", re.IGNORECASE)
_INSERTING = ("also", "if", "as", "although", "though", "если", "хотя", "как")
_PARTICIPLES = ("PRTF", "PRTS", "GRND")
# So few words behind a preposition only say when, where or who says so.
_FEW = 4
# So many tokens at most hold the words that are told.
_FURTHEST = 80
_TOUCHES = re.compile(r"[\s,*_]*")


def with_subject(
    passage: Passage, clauses: Sequence[Clause], clause: Clause, figures: Sequence[Figure], most: int
) -> int:
    """Return where the words about a number begin, if they begin with one of the clauses of a sentence.

    A clause without a subject of its own takes the one before it, or several, if both are no more than ``most`` words
    and no number stands in between; else the relative pronoun before it, if there is one.
    """
    at = bisect_left(clauses, clause.start, key=lambda one: one.start)
    at = at if at < len(clauses) and clauses[at].start == clause.start else 0
    first = passage.tokens[passage.index_at(clause.start)].text
    if not at or not opens_with_verb(passage, clause) or first.lower() == "there":
        return clause.start
    earliest = _most_before(passage, clause.end, most)
    near = figures[bisect_left(figures, earliest, key=lambda figure: figure.end) :]
    told = takewhile(lambda figure: figure.end <= clause.start, near)
    earliest = max(earliest, *(figure.end for figure in told if not figure.attributive), passage.start)
    relative = _RELATIVE.search(passage.text, clauses[at - 1].end, clause.start)
    if relative is None:
        return _with_main_clause(passage, clauses, at, earliest)
    if relative[1].lower() in _OBJECTS and not is_verb(first, passage.lang):
        return clause.start  # "that it was", "which she urged"
    start = _with_antecedent(passage, clauses, at, earliest)
    return relative.start() if start is None else start


def _most_before(passage: Passage, end: int, most: int) -> int:
    """Return where the word ends that stands before the ``most`` last ones at an offset, or the sentence starts."""
    words = 0
    for token in reversed(passage.tokens[max(0, passage.index_at(end) - _FURTHEST) : passage.index_at(end)]):
        words += token.text[0].isalpha()
        if words > most:
            return token.end
    return passage.start if passage.index_at(end) <= _FURTHEST else passage.near(end, -_FURTHEST)


def _with_main_clause(passage: Passage, clauses: Sequence[Clause], at: int, earliest: int) -> int:
    """Return where the clause begins that the one at ``at`` goes on with, past what is inserted between them."""
    own = clauses[at].start
    while at and not _PARTS.search(passage.text, clauses[at - 1].end, clauses[at].start):
        at -= 1
        if clauses[at].start < earliest:
            break
        if not says_something(passage, clauses[at]):
            if at and has_content(passage, clauses[at]):
                continue  # who says so
            break
        acts, inserted = has_verb(passage, clauses[at]), _is_inserted(passage, clauses, at)
        long = len(passage.words_in(clauses[at].start, clauses[at].end)) > _FEW
        if (acts and not inserted) or (at == 0 and (acts or long or not inserted)):
            return clauses[at].start
    return own


def _with_antecedent(passage: Passage, clauses: Sequence[Clause], at: int, earliest: int) -> int | None:
    """Return where the words begin that the pronoun before the clause at ``at`` stands for; None if they are too many.

    Of "в котором" it is at least the preposition.
    """
    start = None
    if at > 1 and not has_content(passage, clauses[at - 1]):
        at -= 1
        start = clauses[at].start
    while at and clauses[at - 1].start >= earliest and says_something(passage, clauses[at - 1]):
        at -= 1
        start = clauses[at].start
        if not at or not _JOINS.fullmatch(passage.text, clauses[at - 1].end, start):  # "Slovenia and Finland"
            break
    return start


def _is_inserted(passage: Passage, clauses: Sequence[Clause], at: int) -> bool:
    """Tell whether a clause only stands between a subject and its verb: "ongoing since Sunday", "which was told"."""
    first = passage.word(passage.index_at(clauses[at].start))
    return (
        bool(_RELATIVE.search(passage.text, clauses[at - 1].end, clauses[at].start))
        or first in _INSERTING
        or first in cue_words("preposition", passage.lang)
        or (passage.lang == "ru" and parse(first).part in _PARTICIPLES)
        or (first.isascii() and first.endswith(("ing", "ed")))
    )


def with_pronoun(passage: Passage, clause: Clause, figure: Figure) -> int:
    """Return where a clause behind a number begins: with the pronoun that stands right behind the number, if any."""
    relative = _RELATIVE.search(passage.text, figure.end, clause.start)
    touches = relative and _TOUCHES.fullmatch(passage.text, figure.end, relative.start())
    return relative.start() if relative and touches and opens_with_verb(passage, clause) else clause.start
