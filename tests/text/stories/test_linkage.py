"""Centroid linkage over a sparse table of likeness."""

import math
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from bot.text.stories.linkage import link

_COUNT = 7
# Few values, so that ties are common; they must not matter to what is compared.
_pairs = st.dictionaries(
    st.sampled_from(list(combinations(range(_COUNT), 2))), st.floats(0.05, 1.0, allow_subnormal=False), max_size=12
)


def test_what_is_alike_is_joined_and_the_rest_stays_alone() -> None:
    assert link(5, {(0, 2): 0.9, (1, 3): 0.4, (3, 4): 0.1}, 0.3) == [[0, 2], [1, 3], [4]]


def test_a_chain_is_not_one_cluster() -> None:
    assert link(4, {(0, 1): 0.5, (1, 2): 0.4, (2, 3): 0.5}, 0.35) == [[0, 1], [2, 3]]


def test_a_loose_story_takes_in_what_is_a_little_like_many_of_it() -> None:
    story = dict.fromkeys(combinations(range(4), 2), 0.4)
    like_all = {(member, 4): 0.19 for member in range(4)}
    assert link(5, {(0, 1): 0.19}, 0.2) == [[0], [1], [2], [3], [4]]
    assert link(5, story | like_all, 0.2) == [[0, 1, 2, 3, 4]]


@given(_pairs, st.floats(0.1, 0.9))
def test_every_item_is_in_exactly_one_cluster(pairs: dict[tuple[int, int], float], least: float) -> None:
    clusters = link(_COUNT, pairs, least)
    assert sorted(item for cluster in clusters for item in cluster) == list(range(_COUNT))


@given(_pairs, st.floats(0.1, 0.9))
def test_at_the_end_no_two_clusters_are_alike_enough(pairs: dict[tuple[int, int], float], least: float) -> None:
    for one, other in combinations(link(_COUNT, pairs, least), 2):
        assert _cosine(one, other, pairs) < least + 1e-9


@given(_pairs)
def test_a_cluster_holds_together_by_pairs_that_are_alike(pairs: dict[tuple[int, int], float]) -> None:
    for cluster in link(_COUNT, pairs, 0.3):
        for item in cluster:
            assert len(cluster) == 1 or any(_likeness(item, other, pairs) for other in cluster if other != item)


def _cosine(one: list[int], other: list[int], pairs: dict[tuple[int, int], float]) -> float:
    across, *within = (
        sum(_likeness(a, b, pairs) for a, b in product(left, right))
        for left, right in ((one, other), (one, one), (other, other))
    )
    return across / math.sqrt(math.prod(within))


def _likeness(one: int, other: int, pairs: dict[tuple[int, int], float]) -> float:
    return 1.0 if one == other else pairs.get((min(one, other), max(one, other)), 0.0)
