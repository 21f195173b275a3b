"""Russian word forms: dictionary form and grammar, from pymorphy3, remembered per word."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

# pymorphy fails on letters that Unicode has no name for, and knows nothing of Latin ones.
_READABLE = re.compile(r"(?=.*[Ѐ-ӿ])[Ѐ-ӿ0-9A-Za-z'’.‑-]+")
CASES = frozenset(("nomn", "gent", "datv", "accs", "ablt", "loct"))
# A reading that pymorphy deems so many times less probable than the best is noise.
_NOISE = 10


@dataclass(frozen=True, slots=True)
class Form:
    """The most probable reading of a word.

    Attributes:
        lemma: dictionary form, lower case.
        part: part of speech as OpenCorpora names it (NOUN, ADJF, VERB, NUMR ...); None for foreign words and marks.
        case: nomn, gent, datv, accs, ablt, loct; None where there is none.
        best: the grammemes of this reading: Name, Surn, Patr, Geox, Orgn, anim ...
        tags: every grammeme of every probable reading.
        known: the word stands in the dictionary; else the reading is guessed from its ending.

    """

    lemma: str
    part: str | None
    case: str | None
    best: frozenset[str]
    tags: frozenset[str]
    known: bool


@lru_cache(maxsize=1)
def _analyser() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru", result_type=None)  # plain tuples, which are made sooner


@cache
def _grammar(tags: tuple[Any, ...]) -> tuple[str | None, str | None, frozenset[str], frozenset[str]]:
    """Return what Form holds of the grammar, the best reading first; there are some thousands of such sets of tags."""
    best = tags[0]
    return best.POS, best.case, best.grammemes, frozenset(tag for one in tags for tag in one.grammemes)


@lru_cache(maxsize=32768)
def parse(word: str) -> Form:
    """Read a Russian word out of its context; one in other letters is its own dictionary form."""
    if not _READABLE.fullmatch(word):
        return Form(word, None, None, frozenset(), frozenset(), known=False)
    # A letter alone may be an initial, which is not looked up.
    if len(word) > 1 and (form := _look_up(word.lower())):
        return form
    readings = _analyser().parse(word)
    best = readings[0]
    least = best.score / _NOISE
    grammar = _grammar(tuple(one.tag for one in readings if one.score >= least))
    return Form(best.normal_form.replace("ё", "е"), *grammar, _analyser().word_is_known(best.word))


def _look_up(word: str) -> Form | None:
    """Read a word of the dictionary as pymorphy would; sooner, since only the best reading needs a normal form."""
    analyser = _analyser()
    dictionary = analyser.dictionary
    places = [
        (spelled, *place)
        for spelled, found in dictionary.words.similar_items(word, analyser.char_substitutes)
        for place in found
    ]
    if not places:
        return None
    tags = [dictionary.build_tag_info(paradigm, index) for _, paradigm, index in places]
    scores = [analyser.prob_estimator.p_t_given_w.prob(word, tag) for tag in tags] if len(tags) > 1 else [1.0]
    best = scores.index(max(scores))  # all are 0 for a word that the corpus lacks, and the first is taken for the best
    spelled, paradigm, index = places[best]
    least = scores[best] / _NOISE
    likely = (tag for tag, score in zip(tags, scores, strict=True) if score >= least)
    normal_form = dictionary.build_normal_form(paradigm, index, spelled)
    return Form(normal_form.replace("ё", "е"), *_grammar((tags[best], *likely)), known=True)


@lru_cache(maxsize=8192)
def lemma(word: str) -> str:
    """Return the dictionary form of a Russian word, lower case, with е for ё; first names are read as of one person."""
    form = parse(word.lower())
    if {"Name", "plur"} <= form.best:
        single = (one for one in _analyser().parse(word.lower()) if {"Name", "sing"} <= one.tag.grammemes)
        return next((str(one.normal_form).replace("ё", "е") for one in single), form.lemma)
    return form.lemma
