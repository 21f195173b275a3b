"""How alike posts are."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Post
from bot.text.analysis import analyse
from bot.text.stories.likeness import alike_pairs
from bot.text.stories.weighing import Vectors, weigh
from tests.text.stories.vectors import vectors_of

_vectors = st.lists(
    st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.1, 5.0), max_size=5).map(
        lambda vector: {term: weight / math.hypot(*vector.values()) for term, weight in vector.items()}
    ),
    max_size=9,
)


def _weigh(*texts: str) -> Vectors:
    return weigh([analyse(Post(str(number), text)) for number, text in enumerate(texts)])


def _alike(*texts: str) -> float:
    return alike_pairs(_weigh(*texts), [None] * len(texts)).get((0, 1), 0.0)


def test_a_number_in_common_makes_posts_more_alike() -> None:
    same = _alike("Banana sold for $6.2 million in New York.", "Taped banana: $6.2 million at auction.")
    other = _alike("Banana sold for $6.2 million in New York.", "Taped banana: $1.7 million at auction.")
    assert same > other


def test_one_word_in_common_makes_posts_not_alike() -> None:
    assert _alike("Gazprom shares fell in Moscow.", "A train hit a truck near Moscow.") == 0.0


def test_a_post_of_one_word_is_alike_with_its_repeat_only() -> None:
    assert _alike("Kommunarka", "Kommunarka") == pytest.approx(1.0)
    assert _alike("Kommunarka", "A tree fell in Kommunarka.") == 0.0


def test_after_a_day_posts_are_half_as_alike() -> None:
    vectors = _weigh("Spartak beat Zenit 2-1 in the cup.", "Spartak beat Zenit 2-1 in the cup.")
    at_once, next_day, undated = (alike_pairs(vectors, hours)[0, 1] for hours in ([1.0, 1.0], [1.0, 25.0], [None, 9.0]))
    assert next_day == pytest.approx(at_once / 2)
    assert undated == at_once


@given(_vectors)
def test_the_index_finds_what_comparing_all_with_all_finds(vectors: list[dict[str, float]]) -> None:
    pairs = alike_pairs(vectors_of(vectors), [None] * len(vectors))
    for other, right in enumerate(vectors):
        for one, left in enumerate(vectors[:other]):
            shared = left.keys() & right.keys()
            product = sum(left[term] * right[term] for term in shared)
            if len(shared) >= 2 or left.keys() == right.keys():
                assert pairs.get((one, other), 0.0) == pytest.approx(product, abs=0.08)
            else:
                assert (one, other) not in pairs
    assert all(0.08 <= likeness <= 1.0 + 1e-9 for likeness in pairs.values())


def test_many_posts_are_compared_like_two() -> None:
    words = [[f"word{number * step % 97}" for step in (1, 2, 3, 5)] for number in range(400)]
    vectors: list[dict[str, float]] = [dict.fromkeys(terms, 0.5) for terms in words]
    pairs = alike_pairs(vectors_of(vectors), [None] * len(vectors))
    for one, other in [(0, 97), (3, 399), (198, 200), (398, 399), *list(pairs)[::50]]:
        two = alike_pairs(vectors_of([vectors[one], vectors[other]]), [None, None])
        assert two.get((0, 1)) == pairs.get((one, other))
    assert (0, 97) in pairs
