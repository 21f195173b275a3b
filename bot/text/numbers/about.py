"""Find the words that say what a number counts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.posts import NumberKind
from bot.text.numbers.around import LONGEST, Around, look_around, read_clauses
from bot.text.numbers.clauses import (
    PREPOSITIONS,
    Clause,
    has_content,
    has_verb,
    is_mere_verb,
    is_setting,
    opens_with_verb,
    says_something,
)
from bot.text.numbers.parts import (
    ROW,
    before_others,
    behind_others,
    is_included,
    is_next_part,
    is_part,
    of_part,
    of_whole,
    rivals,
)
from bot.text.numbers.passage import Figure, Passage
from bot.text.numbers.sides import choose_side, describes, goes_on
from bot.text.numbers.subjects import with_pronoun, with_subject
from bot.text.numbers.tables import UNSPACED, cue_words, own_rows
from bot.text.words.morphology import parse

_SHORT, _FEW = 2, 4
_LONGEST_OF_AGE = 8
# A dash before a number stands for "is": "размах крыльев — 5 метров".
_EQUALS = re.compile(r"(?:[—–:]|\s-)\s*(?:(?:с|со|от|from)\s+)?$")
_AND = re.compile(r"(?:,|\b(?:and|и))\s*$", re.IGNORECASE)
# "треть из них — мигранты": what they are follows.
_ARE = re.compile(r"\s*(?:из них|из которых|of them|of whom)?\s*(?:[—–]|\s-)\s")
# "five passes - including the Galibier"
_LISTING = ("including", "включая", "например", "such", "like")
_LEADING = ("", "что", "и", "that", "and")
_TIMES, _MARKUP = ("times", "раза", "раз"), '*_«"“ '
# "Prices, he said, rose": whose words they are says nothing of what is counted.
_SAID = re.compile(
    r"(?:[\w.’'-]+ ){1,6}(?:(?:said|says) (?:that )?|(?:announced|reported|added|warned|claimed) that )(?=[\w$])"
)
# "07:29 Почему иммунитет снижается": when a line of a chronicle was written.
_MARK = re.compile(r"\W*\d{1,2}:\d\d[\s*_—–-]+(?=[A-ZА-ЯЁ«\"])")


def abouts(passage: Passage, figures: Sequence[Figure]) -> list[Clause | None]:
    """Return for each number of a sentence the words beside it that say what it counts; None if there are none."""
    clauses = read_clauses(passage, figures)
    found: list[Clause | None] = []
    part, whole = False, None
    for at, figure in enumerate(figures):
        around = look_around(passage, clauses, figure)
        if is_mere_verb(passage, around.before) and figure.unit not in _TIMES:
            start = with_subject(passage, clauses.all, around.before, figures, LONGEST)
            around = replace(around, before=Clause(start, around.before.end))  # "Turnout, police say, was 55%"
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
        owned = clause and goes_on(passage, figure, clause)
        if in_row and found[-1] and not owned and (clause is None or not has_verb(passage, clause)):
            clause = found[-1]  # "770 Palestinians and 14 Israelis"
        clause = clause or _neighbour(passage, figure, figures, around) or _complement(passage, around)
        if clause and clause.start < figure.start:
            clause = Clause(with_subject(passage, clauses.all, clause, figures, LONGEST), clause.end)
        elif clause:
            clause = Clause(with_pronoun(passage, clause, figure), clause.end)
        found.append(clause and _shortened(passage, clause, figure))
    return found


def _beside(passage: Passage, figure: Figure, around: Around) -> Clause | None:
    """Choose between the words before a number in its clause and those after it."""
    before, after = around.before, around.after
    tells_before, tells_after = says_something(passage, before), says_something(passage, after)
    if figure.attributive and figure.kind is NumberKind.AGE and tells_after:
        return Clause(figure.start, after.end)
    if tells_before and tells_after:
        return choose_side(passage, figure, before, after)
    if tells_after:
        completes = _only_completes(passage, figure, after) or _follows_on(passage, figure, around)
        return None if completes and not _lacks_its_noun(passage, figure, after) else after
    return before if tells_before and not is_setting(passage, before) else None


def _follows_on(passage: Passage, figure: Figure, around: Around) -> bool:
    """Tell whether a number is one more object of the clause before: "He left a wife and two children"."""
    last = passage.word(passage.index_at(figure.start) - 1)
    conjoins = any(last in row.split(", ") for row in own_rows(passage.lang, "conjunction"))
    joined = (_AND.search(passage.before(figure.start)) or conjoins) and not goes_on(passage, figure, around.after)
    acts = around.earlier and has_verb(passage, around.earlier)
    if figure.kind is NumberKind.PERCENT and describes(passage, figure, around.after, acts=False):
        return False  # "18% timber and 15% coal"
    return bool(joined and acts and not has_verb(passage, around.after))


def _only_completes(passage: Passage, figure: Figure, after: Clause) -> bool:
    """Tell whether what follows only completes the counted noun: "five members of Congress"."""
    first = passage.words_in(after.start, after.end)[0].text.lower()
    completes = first in ("of", "in", "from", "at", "on", "with") or first in cue_words("joint", passage.lang)
    if passage.lang == "ru" and passage.text[figure.end : after.start] == " ":
        completes = completes or parse(first).case == "gent"  # "275 членов парламента"
    return figure.kind is NumberKind.COUNT and completes and not has_verb(passage, after)


def _lacks_its_noun(passage: Passage, figure: Figure, after: Clause) -> bool:
    """Tell whether the noun of a number stands at another, so that what follows tells them apart: "six in Kursk"."""
    first = passage.word(passage.index_at(after.start))
    apart = not figure.unit or figure.unit not in passage.text[figure.start : figure.end]
    return figure.kind is NumberKind.COUNT and apart and first in PREPOSITIONS and first != "of"


def _neighbour(passage: Passage, figure: Figure, figures: Sequence[Figure], around: Around) -> Clause | None:
    """Return the clause near that of a number which goes on with a verb, else the one before, else the one after."""
    near = _nearest(passage, figure, around)
    if near is None or near is around.before or near is around.after:
        return near
    if near is not around.earlier:
        return behind_others(passage, figure, near, figures)
    if _EQUALS.search(passage.before(figure.start)) and is_setting(passage, near):
        return near  # "На комплект из трёх билетов – 20 тысяч"
    # "AT&T had 95 million, and Verizon reported 94 million"
    if rivals(figure, figures, near) and has_verb(passage, around.before) and has_content(passage, around.before):
        return around.before
    return before_others(passage, figure, near, figures)


def _nearest(passage: Passage, figure: Figure, around: Around) -> Clause | None:
    if led := _led_by(passage, figure, around):
        return led
    earlier, later = around.earlier, around.later
    follows = later and _follows(passage, figure, later[0])
    if going_on := next((clause for clause in later[:3] if follows or opens_with_verb(passage, clause)), None):
        return going_on
    if says_something(passage, around.before) and not (later and has_verb(passage, later[0])):
        return around.before
    if earlier and not is_setting(passage, earlier):
        return earlier
    if says_something(passage, around.after):
        return around.after
    return later[0] if later and _is_long(passage, later[0]) else earlier


def _follows(passage: Passage, figure: Figure, later: Clause) -> bool:
    """Tell whether a dash right behind a number leads to what they are: "треть из них — мигранты"."""
    dash = _ARE.match(passage.text, figure.end, passage.end)
    touches = dash and passage.text[dash.end() : later.start].strip(_MARKUP).lower() in _LEADING
    return bool(touches) and passage.word(passage.index_at(later.start)) not in _LISTING


def _complement(passage: Passage, around: Around) -> Clause | None:
    """Return the words behind a number where nothing else tells of it: "пять бутылок воды"."""
    return around.after if says_something(passage, around.after) else None


def _is_long(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause is no mere member of a row: "two children, a cat"."""
    return has_verb(passage, clause) or len(passage.words_in(clause.start, clause.end)) > _SHORT


def _led_by(passage: Passage, figure: Figure, around: Around) -> Clause | None:
    """Return the clause whose number this is by its form: an age is of who is named, a dash or a colon means "is"."""
    earlier, later = around.earlier, around.later
    if earlier and is_included(passage, figure) and not is_setting(passage, earlier):
        return earlier
    if figure.kind is NumberKind.AGE and not figure.attributive:
        return earlier or (around.before if says_something(passage, around.before) else None)
    if earlier is None or not _EQUALS.search(passage.before(figure.start)):
        return None
    speaks = _is_a_speaker(passage, figure, earlier) and later and has_verb(passage, later[0])
    return later[0] if speaks else earlier


def _is_a_speaker(passage: Passage, figure: Figure, earlier: Clause) -> bool:
    """Tell whether a sentence begins with a name and a colon, and then with a number: "Zelensky: 120 missiles"."""
    words = passage.words_in(earlier.start, earlier.end)
    opens = earlier.start - passage.start <= _FEW and passage.text[earlier.end : figure.start].strip(" *_") == ":"
    return opens and len(words) <= _SHORT and not has_verb(passage, earlier)


def _shortened(passage: Passage, clause: Clause, figure: Figure) -> Clause:
    """Keep of a long clause the words that stand next to the number."""
    longest = _LONGEST_OF_AGE if figure.kind is NumberKind.AGE else LONGEST
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
