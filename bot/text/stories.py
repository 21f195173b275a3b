"""Group posts into stories: TF-IDF over stems, names and numbers in common, close in time.

Posts join the story they are most like, in the order of time; an inverted index of rare terms finds the stories worth comparing,
so the work grows with the posts, not with their square.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.posts import Analysis, Post

# How alike a post and a story must be; plateau of the stream data.
_ALIKE = 0.28
# Names say more about which event it is than other words do.
_NAME_WEIGHT = 1.6
_HEAD_WEIGHT = 1.5
_HALF_LIFE_HOURS = 36.0


@dataclass(frozen=True, slots=True)
class Group:
    """Posts of one story by their indexes, oldest first; ``score`` says how much it matters."""

    posts: tuple[int, ...]
    score: float


def group_posts(posts: Sequence[Post], analyses: Sequence[Analysis]) -> tuple[Group, ...]:
    """Group posts into stories, best first; noise and posts without content words are in none, every other is in one."""
    order = sorted(
        (index for index, analysis in enumerate(analyses) if _tells(analysis)),
        key=lambda index: (posts[index].date.timestamp() if posts[index].date else 0.0, index),
    )
    vectors = _vectors([analyses[index] for index in order])
    clusters = _cluster([_hours(posts[index]) for index in order], vectors)
    groups = [
        Group(tuple(order[member] for member in cluster), _score([posts[order[m]] for m in cluster], [analyses[order[m]] for m in cluster]))
        for cluster in clusters
    ]
    return tuple(sorted(groups, key=lambda group: (-group.score, group.posts)))


def _tells(analysis: Analysis) -> bool:
    return not analysis.noise and any(candidate.terms for candidate in analysis.candidates)


def _hours(post: Post) -> float | None:
    return post.date.timestamp() / 3600 if post.date else None


def _vectors(analyses: Sequence[Analysis]) -> list[dict[str, float]]:
    """Return unit vectors of TF-IDF over stems, actors and numbers."""
    counts = [_features(analysis) for analysis in analyses]
    frequency = Counter(term for count in counts for term in count)
    total = len(counts) + 1
    vectors = []
    for count in counts:
        vector = {term: weight * math.log(total / frequency[term]) for term, weight in count.items()}
        norm = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({term: weight / norm for term, weight in vector.items() if weight})
    return vectors


def _features(analysis: Analysis) -> dict[str, float]:
    weights: defaultdict[str, float] = defaultdict(float)
    for position, candidate in enumerate(analysis.candidates):
        for term in candidate.terms:
            weights[term] += _HEAD_WEIGHT if position == 0 else 1.0
    out = {term: 1 + math.log(weight) if weight > 1 else weight for term, weight in weights.items()}
    for actor in analysis.actors:
        out[f"@{actor.key}"] = _NAME_WEIGHT
    for number in analysis.numbers:
        if isinstance(number.value, float) and number.value > 10:
            out[f"#{number.value:g} {number.kind}"] = 1.0
    return out


def _cluster(hours: Sequence[float | None], vectors: Sequence[dict[str, float]]) -> list[list[int]]:
    """Let every post join the story that it is most like on average, or open one."""
    clusters: list[list[int]] = []
    home: list[int] = []
    index: defaultdict[str, list[int]] = defaultdict(list)
    for post, vector in enumerate(vectors):
        dots: defaultdict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for other in index[term]:
                dots[other] += weight * vectors[other][term]
        sums: defaultdict[int, float] = defaultdict(float)
        for other, dot in dots.items():
            sums[home[other]] += dot * _decay(hours[post], hours[other])
        best = max(sums, key=lambda cluster: (sums[cluster] / len(clusters[cluster]), -cluster), default=None)
        if best is not None and sums[best] / len(clusters[best]) >= _ALIKE * _tightening(len(clusters[best])):
            clusters[best].append(post)
            home.append(best)
        else:
            clusters.append([post])
            home.append(len(clusters) - 1)
        for term in vector:
            index[term].append(post)
    return clusters


def _tightening(size: int) -> float:
    """Ask a little more of those who join a large story."""
    return 1.0 + 0.02 * min(size, 10)


def _decay(one: float | None, other: float | None) -> float:
    if one is None or other is None:
        return 1.0
    return float(0.5 ** (abs(one - other) / _HALF_LIFE_HOURS))


def _score(posts: Sequence[Post], analyses: Sequence[Analysis]) -> float:
    """Value a story: how many sources tell it, how many posts, who acts in it, how large its numbers are."""
    sources = len({post.source for post in posts if post.source}) or 1
    actors = {actor.key: actor.score for analysis in analyses for actor in analysis.actors}
    states = sum(key.startswith("state:") for key in actors)
    return math.log1p(sources) * 2 + math.log1p(len(posts)) + 0.3 * min(4, len(actors)) + 0.3 * min(3, states)
