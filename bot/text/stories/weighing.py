"""Weigh what posts talk about: words, by how rare they are and whether they stand in the headline, and numbers.

Words are weighed by TF-IDF (Spärck Jones 1972). A few posts know too little of how common a word is, so the counts of a
background stand behind them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.posts import Analysis
from bot.text.words.tokens import stem

Indexes = NDArray[np.intp]
Floats = NDArray[np.float64]

# Measured on three annotated streams of Telegram posts (305, 240 and 189 posts of three days, tools/measure_stories.py)
# and on ten topics among 333 other articles. Headline 1.5 to 3 and numbers 1 to 2 do the same within 0.01 of B-cubed.
# Of no use: names as terms of their own (their words are in already), links in common.
_HEADLINE = 2.0
_NUMBER = 1.5
_LEAST_NUMBER = 10.0
# Letters of a word that can stand alone.
_LEAST_PART = 3
# As how many posts the background counts; 1,000 to 10,000 do the same. Without it: -0.01 for a stream of 240
# posts, -0.03 for one of 40.
_BACKGROUND = 3000


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """A vector of each post over terms, of length 1, or of nothing for a post without terms.

    Attributes:
        names: of the terms: words, and numbers with a sign before them that no word has.
        bounds: the entries of a post stand from its bound up to the next one's; one more than there are posts.
        terms: the term of each entry, by its place in ``names``; those of a post in that order.
        weights: of each entry.

    """

    names: tuple[str, ...]
    bounds: Indexes
    terms: Indexes
    weights: Floats

    @property
    def sizes(self) -> Indexes:
        """How many terms each post has."""
        return np.diff(self.bounds)

    @property
    def posts(self) -> Indexes:
        """The post of each entry."""
        return np.repeat(np.arange(len(self.bounds) - 1), self.sizes)


def weigh(analyses: Sequence[Analysis]) -> Vectors:
    """Weigh what each post talks about."""
    names: dict[str, int] = {}
    said, numbers = _terms(analyses, names), _numbers(analyses, names)
    cells, counts = _count(said, len(names))
    cells = np.concatenate((cells, numbers[0] * len(names) + numbers[1]))
    weights = np.concatenate((1 + np.log(counts), np.full(len(numbers[0]), _NUMBER)))
    order = np.argsort(cells)
    posts, terms = np.divmod(cells[order], max(1, len(names)))
    weights = weights[order] * _rarity([analysis.lang for analysis in analyses], tuple(names), posts, terms)
    lengths = np.sqrt(np.bincount(posts, weights * weights, minlength=len(analyses)))
    bounds = np.searchsorted(posts, np.arange(len(analyses) + 1))
    return Vectors(tuple(names), bounds, terms, weights / lengths[posts])


def _terms(analyses: Sequence[Analysis], names: dict[str, int]) -> tuple[Indexes, Indexes, Floats]:
    """Return of each word that is said the post, the term and how much it counts; name the terms."""
    candidates = [
        (post, 1.0 if place else _HEADLINE, _parts(candidate.terms, analysis.lang))
        for post, analysis in enumerate(analyses)
        for place, candidate in enumerate(analysis.candidates)
    ]
    lengths = [len(terms) for _, _, terms in candidates]
    posts = np.repeat(np.array([post for post, _, _ in candidates], dtype=np.intp), lengths)
    counts = np.repeat(np.array([count for _, count, _ in candidates], dtype=np.float64), lengths)
    terms = [names.setdefault(term, len(names)) for _, _, terms in candidates for term in terms]
    return posts, np.array(terms, dtype=np.intp), counts


def _parts(terms: Sequence[str], lang: str) -> Sequence[str]:
    """Take words that a hyphen joins apart: some write "Nagorno-Karabakh", some do not; "F-16" stays as it is."""
    if "-" not in " ".join(terms):
        return terms
    found = []
    for term in terms:
        parts = term.split("-") if "-" in term else ()
        if parts and min(map(len, parts)) >= _LEAST_PART:
            found += [*(stem(part, lang) for part in parts[:-1]), parts[-1]]
        else:
            found.append(term)
    return found


def _numbers(analyses: Sequence[Analysis], names: dict[str, int]) -> tuple[Indexes, Indexes]:
    """Return of each number the post and the term, once; name the terms."""
    found = {
        (post, names.setdefault(f"# {number.value:g}", len(names))): None
        for post, analysis in enumerate(analyses)
        for number in analysis.numbers
        if isinstance(number.value, float) and number.value > _LEAST_NUMBER
    }
    posts, terms = np.array(list(found), dtype=np.intp).reshape(-1, 2).T
    return posts, terms


def _count(said: tuple[Indexes, Indexes, Floats], terms: int) -> tuple[Indexes, Floats]:
    """Sum up how much each term counts in each post; return cells, which are posts times terms plus term, and sums."""
    posts, term, counts = said
    cells, cell = np.unique(posts * terms + term, return_inverse=True)
    return cells, np.bincount(cell, counts, minlength=len(cells)).astype(np.float64, copy=False)


def _rarity(langs: Sequence[str], names: Sequence[str], posts: Indexes, terms: Indexes) -> Floats:
    """Say how rare the term of each entry is, in the language of its post."""
    frequency = np.bincount(terms, minlength=len(names))
    total = len(langs) + _BACKGROUND + 1
    rarity = np.log(total / frequency)[terms]
    for lang in set(langs):
        if common := background(lang):
            expected = _BACKGROUND * np.array([common.get(name, 0.0) for name in names])
            of_lang = np.array([one == lang for one in langs])[posts]
            rarity[of_lang] = np.log(total / (frequency + expected))[terms[of_lang]]
    return rarity


@cache
def background(lang: str) -> dict[str, float]:
    """Map the common terms of a language to the share of posts that have them; empty for languages without a list."""
    path = files("bot.text") / "data" / f"background_{lang}.txt"
    if not path.is_file():
        return {}
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {term: int(share) / 10_000 for term, share in rows}
