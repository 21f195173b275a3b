"""Say how alike posts are: words, weighed by how rare they are, numbers in common, closeness in time.

Words are weighed by TF-IDF (Spärck Jones 1972). A few posts know too little of how common a word is, so the counts of a
background stand behind them. Pairs are found through an inverted index: only posts that share words are ever compared.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
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
# Pairs of posts and pairs of their terms that are multiplied at once: more would save little time and take much memory.
_MOST_AT_ONCE = 50_000

Vector = dict[str, float]
Pairs = dict[tuple[int, int], float]


def weigh(analyses: Sequence[Analysis]) -> list[Vector]:
    """Return what each post talks about: terms and their weights, of length 1; empty for a post without terms."""
    vectors = [_features(analysis) for analysis in analyses]
    frequency = Counter(term for vector in vectors for term in vector)
    total = len(vectors) + _BACKGROUND + 1
    rarity: defaultdict[str, Vector] = defaultdict(dict)
    for analysis, vector in zip(analyses, vectors, strict=True):
        common, rare = _background(analysis.lang), rarity[analysis.lang]
        for term, weight in vector.items():
            if (rarely := rare.get(term)) is None:
                rarely = rare[term] = math.log(total / (frequency[term] + _BACKGROUND * common.get(term, 0.0)))
            vector[term] = weight * rarely
        length = math.hypot(*vector.values())
        for term, weight in vector.items():
            vector[term] = weight / length
    return vectors


def _features(analysis: Analysis) -> Vector:
    counts: defaultdict[str, float] = defaultdict(float)
    for position, candidate in enumerate(analysis.candidates):
        weight = 1.0 if position else _HEADLINE
        for term in candidate.terms:
            counts[term] += weight
    features = {term: _dampened(count) for term, count in counts.items()}
    for number in analysis.numbers:
        if isinstance(number.value, float) and number.value > _LEAST_NUMBER:
            features[f"#{number.value:g}"] = _NUMBER
    return features


@lru_cache(maxsize=1000)
def _dampened(count: float) -> float:
    return 1 + math.log(count)


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
    sizes = np.array([len(vector) for vector in vectors], dtype=np.intp)
    pairs: Pairs = {}
    for products, shared, first in _products(vectors):
        posts = np.arange(first, first + len(products))[:, np.newaxis]
        # One word in common says nothing, unless it is all that both say.
        products[(shared < _LEAST_SHARED) & (np.maximum(sizes, sizes[posts]) > shared)] = 0.0
        rows, others = np.nonzero(products >= _LEAST)  # time makes nobody more alike
        apart = np.nan_to_num(np.abs(when[others] - when[first + rows]))
        alike = products[rows, others] * 0.5 ** (apart / _HALF_LIFE)
        for row, other, likeness in zip(rows.tolist(), others.tolist(), alike.tolist(), strict=True):
            if likeness >= _LEAST:
                pairs[other, first + row] = likeness
    return pairs


def _products(
    vectors: Sequence[Vector],
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.intp], int]]:
    """Yield some vectors' products with all vectors, how many terms they share with them, and the first one's index.

    Products with those that come after a vector, and with itself, are left out: they are 0. The index is flat: entries
    sorted by term, then by post. Those of a vector's terms that belong to earlier posts stand in stretches that end
    where its own entries stand.
    """
    names: dict[str, int] = {}
    terms = np.array([names.setdefault(term, len(names)) for vector in vectors for term in vector], dtype=np.intp)
    weights = np.array([weight for vector in vectors for weight in vector.values()])
    sizes = [len(vector) for vector in vectors]
    posts_of = np.repeat(np.arange(len(vectors)), sizes)
    order = np.lexsort((posts_of, terms))
    posts, sorted_weights = posts_of[order], weights[order]
    starts = np.searchsorted(terms[order], np.arange(len(names)))[terms]
    ends = np.empty(len(order), dtype=np.intp)
    ends[order] = np.arange(len(order))
    lengths_of = ends - starts
    bounds = np.concatenate(([0], np.cumsum(sizes, dtype=np.intp)))
    work = np.concatenate(([0], np.cumsum(lengths_of)))[bounds] + len(vectors) * np.arange(len(vectors) + 1)
    first = 0
    while first < len(vectors):
        last = max(first + 1, int(np.searchsorted(work, work[first] + _MOST_AT_ONCE)) - 1)
        mine = slice(bounds[first], bounds[last])
        lengths = lengths_of[mine]
        entries = np.repeat(ends[mine] - np.cumsum(lengths), lengths) + np.arange(lengths.sum())
        shares = sorted_weights[entries] * np.repeat(weights[mine], lengths)
        cells = np.repeat((posts_of[mine] - first) * len(vectors), lengths) + posts[entries]
        size = (last - first) * len(vectors)
        products = np.bincount(cells, shares, minlength=size).astype(np.float64, copy=False)
        shared = np.bincount(cells, minlength=size)
        yield products.reshape(-1, len(vectors)), shared.reshape(-1, len(vectors)), first
        first = last
