"""Say how alike posts are: by what they talk about, and how close in time they are.

Pairs are found through an inverted index: only posts that have terms in common are ever compared.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from bot.text.stories.weighing import Floats, Indexes, Vectors

# Measured as `weighing` was. Of no use: a penalty for two posts of one channel, half-lives of 12 to 72 hours.
_HALF_LIFE = 24.0
# Less alike than this counts as not at all: it saves nine pairs of ten. 0.05 to 0.1 do the same.
_LEAST = 0.08
_LEAST_SHARED = 2
# Pairs of posts and pairs of their terms that are multiplied at once: more would save little time and take much memory.
_MOST_AT_ONCE = 50_000

Pairs = dict[tuple[int, int], float]


def alike_pairs(vectors: Vectors, hours: Sequence[float | None]) -> Pairs:
    """Map pairs of posts (the lower index first) to how alike they are, 0..1; pairs that are hardly alike are left out.

    ``hours`` is when each was published; a post without a date is as near to every other as can be.
    """
    when = np.array([math.nan if hour is None else hour for hour in hours])
    sizes = vectors.sizes
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


def _products(vectors: Vectors) -> Iterator[tuple[Floats, Indexes, int]]:
    """Yield some vectors' products with all vectors, how many terms they share with them, and the first one's index.

    Products with those that come after a vector, and with itself, are left out: they are 0. The index is flat: entries
    sorted by term, then by post. Those of a vector's terms that belong to earlier posts stand in stretches that end
    where its own entries stand.
    """
    bounds, posts_of, terms, weights = vectors.bounds, vectors.posts, vectors.terms, vectors.weights
    count = len(bounds) - 1
    order = np.argsort(terms, kind="stable")
    posts, sorted_weights = posts_of[order], weights[order]
    starts = np.searchsorted(terms[order], np.arange(len(vectors.names)))[terms]
    ends = np.empty(len(order), dtype=np.intp)
    ends[order] = np.arange(len(order))
    lengths_of = ends - starts
    work = np.concatenate(([0], np.cumsum(lengths_of)))[bounds] + count * np.arange(count + 1)
    first = 0
    while first < count:
        last = max(first + 1, int(np.searchsorted(work, work[first] + _MOST_AT_ONCE)) - 1)
        mine = slice(bounds[first], bounds[last])
        lengths = lengths_of[mine]
        entries = np.repeat(ends[mine] - np.cumsum(lengths), lengths) + np.arange(lengths.sum())
        shares = sorted_weights[entries] * np.repeat(weights[mine], lengths)
        cells = np.repeat((posts_of[mine] - first) * count, lengths) + posts[entries]
        size = (last - first) * count
        products = np.bincount(cells, shares, minlength=size).astype(np.float64, copy=False)
        shared = np.bincount(cells, minlength=size)
        yield products.reshape(-1, count), shared.reshape(-1, count), first
        first = last
