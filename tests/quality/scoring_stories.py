"""Score the stories of a stream: the grouping, the editor's top ten, and the noise left out.

Grouping is measured on the posts that are not noise. B-cubed (Bagga & Baldwin 1998) asks of every post which share of
its story is right and how much of the true one is there; pair F1 counts pairs of posts in one story and so weighs big
stories.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from bot.posts import Digest
from tests.quality.gold import GoldStream
from tests.quality.matching import f1, ratio

_TOP = 10

Groups = Mapping[str, frozenset[str]]
"""The group of every post, by the post's id."""


def score_stories(gold: GoldStream, digest: Digest) -> dict[str, float]:
    """Return the figures of a stream's digest."""
    true = _groups(gold.stories.values())
    alone = {post: frozenset({post}) for post in true}
    mine = alone | _groups(frozenset(set(story.posts) & true.keys()) for story in digest.stories)
    right_noise = len(gold.noise & set(digest.noise))
    return {
        "stories_b3": b_cubed(true, mine),
        "stories_pairs": pair_f1(true, mine),
        "top_ten_found": float(len(_found(gold, [story.posts for story in digest.stories[:_TOP]]))),
        "noise_f1": f1(ratio(right_noise, len(digest.noise)), ratio(right_noise, len(gold.noise))),
    }


def b_cubed(true: Groups, mine: Groups) -> float:
    """Return the F1 of B-cubed precision and recall; both group the same posts."""
    shared = {post: len(true[post] & mine[post]) for post in true}
    precision = sum(shared[post] / len(mine[post]) for post in true)
    recall = sum(shared[post] / len(true[post]) for post in true)
    return f1(ratio(precision, len(true)), ratio(recall, len(true)))


def pair_f1(true: Groups, mine: Groups) -> float:
    """Return the F1 of the pairs of posts that share a story."""
    right, given = _pairs(true), _pairs(mine)
    return f1(ratio(len(right & given), len(given)), ratio(len(right & given), len(right)))


def _groups(groups: Iterable[frozenset[str]]) -> dict[str, frozenset[str]]:
    return {post: group for group in groups for post in group}


def _pairs(groups: Groups) -> set[tuple[str, str]]:
    return {pair for group in set(groups.values()) for pair in combinations(sorted(group), 2)}


def _found(gold: GoldStream, stories: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the stories of the editor's top ten that most posts of one of ours are of."""
    story_of = {post: name for name, posts in gold.stories.items() for post in posts}
    majorities = (Counter(story_of.get(post, "noise") for post in posts).most_common(1)[0][0] for posts in stories)
    return gold.top & set(majorities)
