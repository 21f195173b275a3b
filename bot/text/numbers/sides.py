"""Choose between the words before a number in its clause and those behind it, where both say something."""

import re

from bot.posts import NumberKind, Qualifier
from bot.text.numbers.around import LONGEST
from bot.text.numbers.clauses import PREPOSITIONS, Clause, has_verb, is_setting
from bot.text.numbers.passage import Figure, Passage
from bot.text.numbers.tables import cue_words
from bot.text.words.morphology import parse
from bot.text.words.tokens import is_stopword

_SHORT, _FEW = 2, 4
_SIZES = (NumberKind.PERCENT, NumberKind.MONEY, NumberKind.MEASURE)
_LENGTHS = (NumberKind.MEASURE, NumberKind.DURATION)
# What opens a clause right before its subject: "after 12 people were killed".
_OPENS = re.compile(r"\b(?:after|before|since|as|until|once|после того как|как)\s*$", re.IGNORECASE)
_OPENING = re.compile(r"(?:after|before|since|as|until|once|после)\b", re.IGNORECASE)
_WHERE, _THEN, _COMPARED = cue_words("where"), cue_words("then"), cue_words("compared")
_MORE = _COMPARED - {"as", "than"}
_NO_NOUNS = cue_words("no noun") | _WHERE | _THEN


def choose_side(passage: Passage, figure: Figure, before: Clause, after: Clause) -> Clause:
    """Return the words before a number, those behind it, or both.

    A verb before the number makes it an object; a verb right after makes it a subject; a noun right after is described
    by it, and then the whole clause tells most.
    """
    whole = Clause(before.start, after.end)
    fits = len(passage.words_in(whole.start, whole.end)) <= LONGEST
    acts = has_verb(passage, before)
    if not acts and has_verb(passage, after) and _names_what(passage, figure, before, fits=fits):
        room = len(passage.words_in(before.start, before.end)) <= LONGEST - _FEW
        return whole if fits or room else before
    if fits and _stands_between(passage, figure, after, acts=acts):
        return whole
    if figure.attributive or describes(passage, figure, after, acts=acts):
        return whole if acts and fits else after
    if _is_subject(passage, figure, after) or (acts and _is_told_apart(passage, figure, after)):
        return after
    completed = _completed_by_number(passage, before, after)
    if acts or completed:
        bare = len(passage.words_in(before.start, before.end)) <= _SHORT and has_verb(passage, after)
        bare = bare and not completed and not _OPENING.match(passage.text, after.start)
        return whole if bare and fits else before
    return after if is_setting(passage, before) or has_verb(passage, after) else before


def goes_on(passage: Passage, figure: Figure, clause: Clause) -> bool:
    """Tell whether a clause behind a number goes on with it: "8% of its workforce", "twice as many as last year"."""
    words = passage.words_in(clause.start, clause.end)
    if clause.start < figure.end or not words:
        return False
    first = words[0].text.lower()
    return first in _COMPARED or (figure.kind is NumberKind.PERCENT and first == "of")


def _stands_between(passage: Passage, figure: Figure, after: Clause, *, acts: bool) -> bool:
    """Tell whether neither side tells enough: "women earn 30% less", "скидка 10% на билеты", "children under 16 may".

    ``acts``: a verb stands before the number.
    """
    if figure.kind is NumberKind.AGE and figure.qualifier is not Qualifier.EXACT:
        return not acts
    first = passage.word(passage.index_at(after.start))
    placed = passage.lang == "ru" and figure.kind is NumberKind.PERCENT and first in PREPOSITIONS
    return (placed or first in _MORE) and not figure.attributive


def _is_subject(passage: Passage, figure: Figure, after: Clause) -> bool:
    return bool(_OPENS.search(passage.before(figure.start))) and has_verb(passage, after)


def _is_told_apart(passage: Passage, figure: Figure, after: Clause) -> bool:
    """Tell whether what follows says which ones they are: "They woke the six people already on board"."""
    words = passage.words_in(after.start, after.end)
    known = passage.word(passage.index_at(figure.start) - 1) == "the" and figure.kind is NumberKind.COUNT
    described = words[0].text.lower() not in PREPOSITIONS and len(words) > 1
    return known and described and bool(figure.unit) and not figure.attributive


def _completed_by_number(passage: Passage, before: Clause, after: Clause) -> bool:
    """Tell whether a preposition stands on each side of a number: "sentences blogger *to* four years *for*"."""
    following = passage.word(passage.index_at(after.start))
    if following == "of" or following not in PREPOSITIONS:
        return False
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


def describes(passage: Passage, figure: Figure, after: Clause, *, acts: bool) -> bool:
    """Tell whether a size belongs to what follows: "90% of the market", "$7 billion fishing industry".

    ``acts``: a verb stands before it.
    """
    first = passage.words_in(after.start, after.end)[0].text.lower()
    if figure.kind in _LENGTHS and (first in _WHERE or (first in _THEN and not acts)):
        return True
    if figure.kind not in _SIZES:
        return False
    touches = not passage.text[figure.end : after.start].strip(" *_")
    described = passage.lang == "ru" and touches and first not in PREPOSITIONS
    if figure.kind is NumberKind.PERCENT and (first in ("of", "от") or described):
        return True
    if passage.lang not in ("en", "ru"):
        small = first in cue_words("preposition", passage.lang) and first not in cue_words("joint", passage.lang)
        return figure.kind is NumberKind.PERCENT and touches and not small
    adverb = is_stopword(first, "en") or first.endswith("ly") or first in _NO_NOUNS
    return first.isascii() and passage.text[figure.end : after.start] == " " and not adverb
