"""Vectors of posts as one writes them down, and back."""

from collections.abc import Sequence

import numpy as np

from bot.text.stories.weighing import Vectors


def vectors_of(written: Sequence[dict[str, float]]) -> Vectors:
    """Return vectors whose terms have these weights."""
    names = tuple(dict.fromkeys(term for vector in written for term in vector))
    return Vectors(
        names,
        bounds=np.cumsum([0, *map(len, written)], dtype=np.intp),
        terms=np.array([names.index(term) for vector in written for term in vector], dtype=np.intp),
        weights=np.array([weight for vector in written for weight in vector.values()], dtype=np.float64),
    )


def written(vectors: Vectors) -> list[dict[str, float]]:
    """Return the weights of each vector by its terms."""
    found: list[dict[str, float]] = [{} for _ in vectors.sizes]
    for post, term, weight in zip(vectors.posts, vectors.terms, vectors.weights, strict=True):
        found[post][vectors.names[term]] = float(weight)
    return found
