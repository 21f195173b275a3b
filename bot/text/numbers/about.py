"""Find the words that say what a number counts."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.posts import NumberKind
from bot.text.numbers.clauses import (
    PREPOSITIONS,
    Clause,
    has_content,
    has_verb,
    is_setting,
    opens_with_verb,
    says_something,
    split_clauses,
    trimmed,
)
from bot.text.numbers.parts import ROW, before_others, behind_others, is_next_part, is_part, of_part, of_whole, rivals
from bot.text.numbers.passage import Figure, Passage
from bot.text.numbers.subjects import with_pronoun, with_subject
from bot.text.numbers.tables import UNSPACED, cue_words, own_rows
from bot.text.words.morphology import parse
from bot.text.words.tokens import is_stopword

_LONGEST = 14
_SHORT = 2
_FEW = 4
_REACH = 6
# How many tokens of a clause are looked at on each side of a number.
_FURTHEST = 40
_LONGEST_OF_AGE = 8
_SIZES = (NumberKind.PERCENT, NumberKind.MONEY, NumberKind.MEASURE)
_LENGTHS = (NumberKind.MEASURE, NumberKind.DURATION)
# A dash before a number stands for "is": "размах крыльев — 5 метров".
_EQUALS = re.compile(r"[—–:]\s*$")
# What opens a clause right before its subject: "after 12 people were killed".
_OPENS = re.compile(r"\b(?:after|before|since|as|until|once|после того как|как)\s*$", re.IGNORECASE)
_OPENING = re.compile(r"(?:after|before|since|as|until|once|после)\b", re.IGNORECASE)
_AND = re.compile(r"(?:,|\b(?:and|и))\s*$", re.IGNORECASE)
_WHERE, _THEN, _COMPARED = cue_words("where"), cue_words("then"), cue_words("compared")
_NO_NOUNS = cue_words("no noun") | _WHERE | _THEN
# "треть из них — мигранты": what they are follows.
_JOINS = re.compile(r"\s*(?:and|or|и|или)\s*", re.IGNORECASE)
_ARE = re.compile(r"\s*(?:из них|из которых|of them|of whom)?\s*[—–]\s")
# "Prices, he said, rose": whose words they are says nothing of what is counted.
_SAID = re.compile(
    r"(?:[\w.’'-]+ ){1,6}(?:(?:said|says) (?:that )?|(?:announced|reported|added|warned|claimed) that )(?=[\w$])"
)
# "07:29 Почему иммунитет снижается": when a line of a chronicle was written.
_MARK = re.compile(r"\W*\d{1,2}:\d\d[\s*_—–-]+(?=[A-ZА-ЯЁ«\"])")


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around a number: in its own clause, and the nearest clauses that say something."""

    before: Clause
    after: Clause
    earlier: Clause | None
    later: list[Clause]


def abouts(passage: Passage, figures: Sequence[Figure]) -> list[Clause | None]:
    """Return for each number of a sentence the words beside it that say what it counts; None if there are none."""
    clauses = split_clauses(passage)
    starts, ends = [clause.start for clause in clauses], [clause.end for clause in clauses]
    found: list[Clause | None] = []
    part, whole = False, None
    for at, figure in enumerate(figures):
        first, last = bisect_right(starts, figure.start) - 1, bisect_left(ends, figure.end)
        around = _look_around(passage, clauses, figure, first, last)
        if is_part(passage, figure, around.before):
            part, whole = True, around.earlier and of_whole(passage, figure, around.earlier, figures)
        else:
            part = part and is_next_part(passage, figure, around.before)
        if part:
            said = of_part(passage, figure, around.after, around.later) or whole
            found.append(said and _shortened(passage, said, figure))
            continue
        clause = _beside(passage, figure, around)
        follows = _ARE.match(passage.text, figure.end, passage.end)
        in_row = at and not follows and ROW.fullmatch(passage.text, figures[at - 1].end, figure.start)
        owned = clause and _is_own(passage, figure, clause)
        if in_row and found[-1] and not owned and (clause is None or not has_verb(passage, clause)):
            clause = found[-1]  # "770 Palestinians and 14 Israelis"
        clause = clause or _neighbour(passage, figure, figures, around)
        if clause and clause.start < figure.start:
            clause = Clause(with_subject(passage, clauses, clause, figures, _LONGEST), clause.end)
        elif clause:
            clause = Clause(with_pronoun(passage, clause, figure), clause.end)
        found.append(clause and _shortened(passage, clause, figure))
    return found


def _look_around(passage: Passage, clauses: Sequence[Clause], figure: Figure, first: int, last: int) -> _Around:
    """Return what stands around a number that begins in the clause ``first``, or behind it, and ends in ``last``."""
    inside = first >= 0 and figure.start < clauses[first].end
    left = clauses[first].start if inside else figure.start
    right = clauses[last].end if last < len(clauses) else figure.end
    left, right = max(left, passage.near(figure.start, -_FURTHEST)), min(right, passage.near(figure.end, _FURTHEST))
    before = clauses[max(0, first + 1 - inside - _REACH) : max(0, first + 1 - inside)]
    after = clauses[last + 1 : last + 1 + _REACH]
    if inside and first:
        left = _widened(passage, clauses[first - 1], left, figure.start)
    return _Around(
        trimmed(passage, left, figure.start),
        trimmed(passage, figure.end, right),
        next((clause for clause in reversed(before) if says_something(passage, clause)), None),
        [clause for clause in after if says_something(passage, clause)],
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
    fits = len(passage.words_in(earlier.start, right)) <= _LONGEST
    return earlier.start if fits and has_verb(passage, earlier) else left


def _beside(passage: Passage, figure: Figure, around: _Around) -> Clause | None:
    """Choose between the words before a number in its clause and those after it."""
    before, after = around.before, around.after
    tells_before, tells_after = says_something(passage, before), says_something(passage, after)
    if figure.attributive and figure.kind is NumberKind.AGE and tells_after:
        return Clause(figure.start, after.end)
    if tells_before and tells_after:
        return _chosen(passage, figure, before, after)
    if tells_after:
        completes = _only_completes(passage, figure, after) or _follows_on(passage, figure, around)
        return None if completes and not _lacks_its_noun(passage, figure, after) else after
    return before if tells_before and not is_setting(passage, before) else None


def _chosen(passage: Passage, figure: Figure, before: Clause, after: Clause) -> Clause:
    """Choose where both sides say something.

    A verb before the number makes it an object; a verb right after makes it a subject; a noun right after is described
    by it, and then the whole clause tells most.
    """
    whole = Clause(before.start, after.end)
    fits = len(passage.words_in(whole.start, whole.end)) <= _LONGEST
    acts = has_verb(passage, before)
    if not acts and has_verb(passage, after) and _names_what(passage, figure, before, fits=fits):
        room = len(passage.words_in(before.start, before.end)) <= _LONGEST - _FEW
        return whole if fits or room else before
    if figure.attributive or _describes(passage, figure, after, acts=acts):
        return whole if acts and fits else after
    if _OPENS.search(passage.before(figure.start)) and has_verb(passage, after):
        return after
    following = passage.word(passage.index_at(after.start))
    if following != "of" and following in PREPOSITIONS and _completed_by_number(passage, before):
        return before
    if acts:
        bare = len(passage.words_in(before.start, before.end)) <= _SHORT and has_verb(passage, after)
        bare = bare and not _OPENING.match(passage.text, after.start)
        return whole if bare and fits else before
    return after if is_setting(passage, before) or has_verb(passage, after) else before


def _follows_on(passage: Passage, figure: Figure, around: _Around) -> bool:
    """Tell whether a number is one more object of the clause before: "He left a wife and two children"."""
    last = passage.word(passage.index_at(figure.start) - 1)
    conjoins = any(last in row.split(", ") for row in own_rows(passage.lang, "conjunction"))
    joined = (_AND.search(passage.before(figure.start)) or conjoins) and not _is_own(passage, figure, around.after)
    acts = around.earlier and has_verb(passage, around.earlier)
    return bool(joined and acts and not has_verb(passage, around.after))


def _only_completes(passage: Passage, figure: Figure, after: Clause) -> bool:
    """Tell whether what follows only completes the counted noun: "five members of Congress"."""
    first = passage.words_in(after.start, after.end)[0].text.lower()
    return (
        figure.kind is NumberKind.COUNT
        and (first in ("of", "in", "from", "at", "on", "with") or first in cue_words("joint", passage.lang))
        and not has_verb(passage, after)
    )


def _lacks_its_noun(passage: Passage, figure: Figure, after: Clause) -> bool:
    """Tell whether the noun of a number stands at another, so that what follows tells them apart: "six in Kursk"."""
    first = passage.word(passage.index_at(after.start))
    apart = not figure.unit or figure.unit not in passage.text[figure.start : figure.end]
    return figure.kind is NumberKind.COUNT and apart and first in PREPOSITIONS and first != "of"


def _completed_by_number(passage: Passage, before: Clause) -> bool:
    """Tell whether the words before a number end in a preposition: "sentences blogger to four years for"."""
    ends = passage.words_in(before.start, before.end)[-1].text.lower() in PREPOSITIONS
    return ends and not is_setting(passage, before)


def _names_what(passage: Passage, figure: Figure, before: Clause, *, fits: bool) -> bool:
    """Tell whether the words before a number name what it belongs to: "A poll of", "Мост длиной", "Инфляция в".

    Where both sides are too long to be told (not ``fits``), the number must complete the words before it.
    """
    words = [token.text.lower() for token in passage.words_in(before.start, before.end)]
    form = parse(words[-1])
    is_noun, joins, sets = form.part == "NOUN", words[-1] in PREPOSITIONS, words[0] in PREPOSITIONS
    if not sets and fits:
        return joins or is_noun
    completed = joins or (is_noun and form.case == "ablt")
    return completed and figure.kind in _SIZES and (len(words) > _SHORT or not sets)  # "О падении объекта диаметром"


def _is_own(passage: Passage, figure: Figure, clause: Clause) -> bool:
    """Tell whether a clause behind a number goes on with it: "8% of its workforce", "twice as many as last year"."""
    words = passage.words_in(clause.start, clause.end)
    if clause.start < figure.end or not words:
        return False
    first = words[0].text.lower()
    return first in _COMPARED or (figure.kind is NumberKind.PERCENT and first == "of")


def _describes(passage: Passage, figure: Figure, after: Clause, *, acts: bool) -> bool:
    """Tell whether a size belongs to what follows: "90% of the market", "$7 billion fishing industry".

    ``acts``: a verb stands before it.
    """
    first = passage.words_in(after.start, after.end)[0].text.lower()
    if figure.kind in _LENGTHS and (first in _WHERE or (first in _THEN and not acts)):
        return True
    if figure.kind not in _SIZES:
        return False
    touches = not passage.text[figure.end : after.start].strip(" *_")
    if figure.kind is NumberKind.PERCENT and (first in ("of", "от") or (passage.lang == "ru" and touches)):
        return True
    if passage.lang not in ("en", "ru"):
        small = first in cue_words("preposition", passage.lang) and first not in cue_words("joint", passage.lang)
        return figure.kind is NumberKind.PERCENT and touches and not small
    adverb = is_stopword(first, "en") or first.endswith("ly") or first in _NO_NOUNS
    return first.isascii() and passage.text[figure.end : after.start] == " " and not adverb


def _neighbour(passage: Passage, figure: Figure, figures: Sequence[Figure], around: _Around) -> Clause | None:
    """Return the clause near that of a number which goes on with a verb, else the one before, else the one after."""
    near = _nearest(passage, figure, around)
    if near is None or near is around.before or near is around.after:
        return near
    if near is not around.earlier:
        return behind_others(passage, figure, near, figures)
    # "AT&T had 95 million, and Verizon reported 94 million"
    if rivals(figure, figures, near) and has_verb(passage, around.before) and has_content(passage, around.before):
        return around.before
    return before_others(passage, figure, near, figures)


def _nearest(passage: Passage, figure: Figure, around: _Around) -> Clause | None:
    earlier, later = around.earlier, around.later
    named = figure.kind is NumberKind.AGE and not figure.attributive
    if earlier and (named or _EQUALS.search(passage.before(figure.start))):
        return earlier
    follows = _ARE.match(passage.text, figure.end, passage.end)
    if going_on := next((clause for clause in later[:3] if follows or opens_with_verb(passage, clause)), None):
        return going_on
    if says_something(passage, around.before) and not (later and has_verb(passage, later[0])):
        return around.before
    if earlier and not is_setting(passage, earlier):
        return earlier
    if says_something(passage, around.after):
        return around.after
    return later[0] if later else earlier


def _shortened(passage: Passage, clause: Clause, figure: Figure) -> Clause:
    """Keep of a long clause the words that stand next to the number."""
    longest = _LONGEST_OF_AGE if figure.kind is NumberKind.AGE else _LONGEST
    if passage.lang in UNSPACED:  # where every sign is a word
        longest *= 3
    said = _SAID.match(passage.text, clause.start, clause.end)
    if said and says_something(passage, rest := Clause(said.end(), clause.end)):
        clause = rest
    marked = _MARK.match(passage.text, passage.start, clause.end)
    if marked and clause.start < marked.end():
        clause = Clause(marked.end(), clause.end)
    words = passage.words_in(clause.start, clause.end)
    if len(words) <= longest:
        return clause
    if clause.end <= figure.start:
        return Clause(words[-longest].start, clause.end)
    return Clause(clause.start, words[longest - 1].end)
