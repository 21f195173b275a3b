"""Say how alike posts are: words, weighed by how rare they are, numbers in common, closeness in time.

Words are weighed by TF-IDF (Spärck Jones 1972). A few posts know too little of how common a word is, so the counts of a
background stand behind them. Pairs are found through an inverted index: only posts that share words are ever compared.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.posts import Analysis

# Measured on three annotated streams of Telegram posts (305, 240 and 189 posts of three days, tools/measure_stories.py)
# and on ten topics among 333 other articles. Headline 1.5 to 3 and numbers 1 to 2 do the same within 0.01 of B-cubed.
# Of no use: names as features of their own (their words are in already), links in common, a penalty for two posts of
# one channel, half-lives of 12 to 72 hours.
_HEADLINE = 2.0
_NUMBER = 1.5
_LEAST_NUMBER = 10.0
_HALF_LIFE = 24.0
# As how many posts the background counts; 1,000 to 10,000 do the same. Without it: -0.01 for a stream of 240
# posts, -0.03 for one of 40.
_BACKGROUND = 3000
# Less alike than this counts as not at all: it saves nine pairs of ten. 0.05 to 0.1 do the same.
_LEAST = 0.08
_LEAST_SHARED = 2

Vector = dict[str, float]
Pairs = dict[tuple[int, int], float]


def weigh(analyses: Sequence[Analysis]) -> list[Vector]:
    """Return what each post talks about: terms and their weights, of length 1; empty for a post without terms."""
    vectors = [_features(analysis) for analysis in analyses]
    frequency = Counter(term for vector in vectors for term in vector)
    total = len(vectors) + _BACKGROUND + 1
    for analysis, vector in zip(analyses, vectors, strict=True):
        common = _background(analysis.lang)
        for term in vector:
            vector[term] *= math.log(total / (frequency[term] + _BACKGROUND * common.get(term, 0.0)))
        length = math.hypot(*vector.values())
        for term in vector:
            vector[term] /= length
    return vectors


def _features(analysis: Analysis) -> Vector:
    counts: defaultdict[str, float] = defaultdict(float)
    for position, candidate in enumerate(analysis.candidates):
        for term in candidate.terms:
            counts[term] += 1.0 if position else _HEADLINE
    features = {term: 1 + math.log(count) for term, count in counts.items()}
    for number in analysis.numbers:
        if isinstance(number.value, float) and number.value > _LEAST_NUMBER:
            features[f"#{number.value:g}"] = _NUMBER
    return features


@cache
def _background(lang: str) -> dict[str, float]:
    """Map the common terms of a language to the share of posts that have them; empty for languages without a list."""
    path = files("bot.text") / "data" / f"background_{lang}.txt"
    if not path.is_file():
        return {}
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {term: int(share) / 10_000 for term, share in rows}


def alike_pairs(vectors: Sequence[Vector], hours: Sequence[float | None]) -> Pairs:
    """Map pairs of posts (the lower index first) to how alike they are, 0..1; pairs that are hardly alike are left out.

    ``hours`` is when each was published; a post without a date is as near to every other as can be.
    """
    when = np.array([math.nan if hour is None else hour for hour in hours])
    sizes = np.array([len(vector) for vector in vectors])
    pairs: Pairs = {}
    for post, (products, shared) in enumerate(_products(vectors)):
        # One word in common says nothing, unless it is all that both say.
        products[(shared < _LEAST_SHARED) & (np.maximum(sizes[:post], sizes[post]) > shared)] = 0.0
        alike = products * 0.5 ** (np.nan_to_num(np.abs(when[:post] - when[post])) / _HALF_LIFE)
        for other in np.flatnonzero(alike >= _LEAST):
            pairs[int(other), post] = float(alike[other])
    return pairs


def _products(vectors: Sequence[Vector]) -> Iterator[tuple[NDArray[np.float64], NDArray[np.intp]]]:
    """Yield for each vector its products with all vectors before it, and how many terms it shares with them.

    The index is flat: entries sorted by term, then by post. Those of a vector's terms that belong to earlier posts
    stand in stretches that end where its own entries stand.
    """
    names: dict[str, int] = {}
    terms = np.array([names.setdefault(term, len(names)) for vector in vectors for term in vector], dtype=np.intp)
    weights = np.array([weight for vector in vectors for weight in vector.values()])
    sizes = [len(vector) for vector in vectors]
    order = np.lexsort((np.repeat(np.arange(len(vectors)), sizes), terms))
    posts, sorted_weights = np.repeat(np.arange(len(vectors)), sizes)[order], weights[order]
    starts = np.searchsorted(terms[order], np.arange(len(names)))[terms]
    ends = np.empty(len(order), dtype=np.intp)
    ends[order] = np.arange(len(order))
    done = 0
    for post, size in enumerate(sizes):
        mine = slice(done, done + size)
        done += size
        lengths = ends[mine] - starts[mine]
        entries = np.repeat(ends[mine] - np.cumsum(lengths), lengths) + np.arange(lengths.sum())
        shares = sorted_weights[entries] * np.repeat(weights[mine], lengths)
        products = np.bincount(posts[entries], shares, minlength=post).astype(np.float64, copy=False)
        yield products, np.bincount(posts[entries], minlength=post)
