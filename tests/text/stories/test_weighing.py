"""What posts talk about, and how much of it."""

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Analysis, Candidate, Number, NumberKind, Post, Qualifier, Span
from bot.text.analysis import analyse
from bot.text.stories.weighing import weigh
from tests.text.stories.vectors import written

_NOWHERE = Span("", "", 0, 0)
_candidates = st.lists(
    st.lists(st.sampled_from(["росс", "жираф", "banana", "state", "#1"]), max_size=6).map(
        lambda terms: Candidate(_NOWHERE, tuple(terms), headline=False, weight=1.0)
    ),
    max_size=4,
).map(tuple)
_numbers = st.lists(
    st.sampled_from([None, 3.0, 10.0, 11.0, 120_000.0, (5.0, 70.0)]).map(
        lambda value: Number(_NOWHERE, value, None, Qualifier.EXACT, NumberKind.COUNT, None, 0.0)
    ),
    max_size=4,
).map(tuple)
_analyses = st.lists(
    st.builds(
        Analysis,
        post=st.just(""),
        version=st.just(1),
        lang=st.sampled_from(["en", "ru", "fi"]),
        noise=st.just(value=False),
        candidates=_candidates,
        actors=st.just(()),
        numbers=_numbers,
    ),
    max_size=7,
)


def _weigh(*texts: str) -> list[dict[str, float]]:
    return written(weigh([analyse(Post(str(number), text)) for number, text in enumerate(texts)]))


def test_a_vector_has_length_one_and_a_post_without_words_none() -> None:
    words, nothing = _weigh("Bitcoin rises above $98,000.", "!!!")
    assert math.hypot(*words.values()) == pytest.approx(1.0)
    assert nothing == {}


def test_rare_words_weigh_more_than_common_ones_even_in_a_single_post() -> None:
    (vector,) = _weigh("The president of the United States spoke about bananas.")
    assert vector["banana"] > vector["state"]
    (vector,) = _weigh("Сегодня в России рассказали про жирафа.")
    assert vector["жираф"] > vector["росс"]


def test_words_of_the_headline_weigh_more_than_those_of_the_text() -> None:
    (vector,) = _weigh("Walrus found on a beach\n\nThe zebra that lives there was not amused at all by it.")
    assert vector["walrus"] > vector["zebra"]


@given(_analyses)
def test_terms_are_those_that_are_said_and_numbers_above_ten(analyses: list[Analysis]) -> None:
    vectors = written(weigh(analyses))
    assert len(vectors) == len(analyses)
    for analysis, vector in zip(analyses, vectors, strict=True):
        said = {term for candidate in analysis.candidates for term in candidate.terms}
        values = {number.value for number in analysis.numbers if isinstance(number.value, float) and number.value > 10}
        assert vector.keys() == said | {f"# {value:g}" for value in values}
        assert math.hypot(*vector.values()) == pytest.approx(1.0 if vector else 0.0)
        assert all(weight > 0 for weight in vector.values())


@given(_analyses, st.randoms())
def test_the_order_of_posts_does_not_matter(analyses: list[Analysis], rng: random.Random) -> None:
    order = list(range(len(analyses)))
    rng.shuffle(order)
    vectors, shuffled = written(weigh(analyses)), written(weigh([analyses[place] for place in order]))
    for place, vector in zip(order, shuffled, strict=True):
        assert vector == pytest.approx(vectors[place])


@given(_analyses)
def test_what_is_said_twice_counts_more_but_not_twice(analyses: list[Analysis]) -> None:
    once = Candidate(_NOWHERE, ("zebra", "walrus"), headline=False, weight=1.0)
    again = Candidate(_NOWHERE, ("walrus",), headline=False, weight=1.0)
    for analysis in analyses:
        [vector] = written(weigh([replace(analysis, candidates=(*analysis.candidates, once, again), lang="fi")]))
        assert vector["zebra"] < vector["walrus"] < 2 * vector["zebra"]


def test_words_joined_by_a_hyphen_are_those_without_it_and_designations_stay_whole() -> None:
    joined, apart, jet = _weigh("Fire in Nagorno-Karabakh.", "Fire in Nagorno Karabakh.", "An F-16 crashed.")
    assert joined.keys() == apart.keys()
    assert "f-16" in jet
