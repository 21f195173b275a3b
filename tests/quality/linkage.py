"""Stories as a textbook would make them: TF-IDF over stems, cosine, average linkage; no noise is told apart."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.posts import Digest, Post, Span, Story
from bot.text.words.tokens import is_stopword, stem

_WORD = re.compile(r"[^\W_]+")
Matrix = NDArray[np.float64]


def read_by_linkage(posts: Sequence[Post], alike: float, lang: str) -> Digest:
    """Join the likest groups of posts while their mean cosine is at least ``alike``; the biggest groups come first."""
    groups = sorted(average_linkage(_cosines(posts, lang), alike), key=len, reverse=True)
    stories = tuple(
        Story(
            id=f"s{place}",
            title=Span(posts[group[0]].text, posts[group[0]].id, 0, len(posts[group[0]].text)),
            posts=tuple(posts[index].id for index in group),
            sources=len({posts[index].source for index in group}),
            score=float(len(group)),
            sentences=(),
            actors=(),
            numbers=(),
            conflicts=(),
        )
        for place, group in enumerate(groups, start=1)
    )
    return Digest(lang, "linkage", stories=stories)


def average_linkage(similarity: Matrix, least: float) -> list[list[int]]:
    """Join the two groups of the highest mean similarity until it is below ``least``; n x n memory, cubic time."""
    groups = [[index] for index in range(len(similarity))]
    alive = similarity.copy()
    np.fill_diagonal(alive, -1.0)
    while len(groups) > 1:
        one, other = sorted(int(index) for index in np.unravel_index(np.argmax(alive), alive.shape))
        if alive[one, other] < least:
            break
        # Lance & Williams 1967: the mean over a joined group is the mean of its parts' means, weighted by size.
        sizes = len(groups[one]), len(groups[other])
        alive[one] = alive[:, one] = np.average(alive[[one, other]], axis=0, weights=sizes)
        alive[one, one] = -1.0
        alive = np.delete(np.delete(alive, other, axis=0), other, axis=1)
        groups[one] += groups.pop(other)
    return groups


def _cosines(posts: Sequence[Post], lang: str) -> Matrix:
    bags = [
        Counter(stem(word, lang) for word in _WORD.findall(post.text) if not is_stopword(word, lang)) for post in posts
    ]
    columns = {term: column for column, term in enumerate(sorted({term for bag in bags for term in bag}))}
    frequencies: Matrix = np.zeros((len(posts), len(columns)))
    for row, bag in enumerate(bags):
        for term, count in bag.items():
            frequencies[row, columns[term]] = 1 + np.log(count)
    weights = frequencies * np.log(len(posts) / np.count_nonzero(frequencies, axis=0))
    weights /= np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-9)
    cosines: Matrix = weights @ weights.T
    return cosines
