"""Tolls of a story: which sentences give a figure that a later post outgrew."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Post
from bot.text.analysis import analyse
from bot.text.numbers import find_conflicts
from bot.text.stories.tolls import grows, outgrown

_NOON = datetime(2024, 11, 21, 12, tzinfo=UTC)


def posts_of(texts: Sequence[str], *, dated: bool = True) -> list[Post]:
    return [
        Post(str(number), text, _NOON + timedelta(minutes=number) if dated else None)
        for number, text in enumerate(texts)
    ]


def old(*texts: str, dated: bool = True) -> set[str]:
    posts = posts_of(texts, dated=dated)
    return {span.text for span in outgrown(posts, [analyse(post) for post in posts])}


@pytest.mark.parametrize(
    "texts",
    [
        (
            "At least 30 people were killed in the blast.",
            "The death toll of the blast has risen to 78.",
        ),
        ("Погибли восемь человек.", "Число погибших выросло до 14 человек."),
        (
            "About 25 people were injured.",
            "Nobody knows why.",
            "The mayor says that 40 people were injured.",
        ),
    ],
)
def test_a_toll_is_outgrown_by_a_greater_one_of_a_later_post(texts: tuple[str, ...]) -> None:
    assert old(*texts) == {texts[0]}


@pytest.mark.parametrize(
    "texts",
    [
        ("At least 30 people were killed.", "At least 30 people were killed, the mayor said."),
        ("At least 78 people were killed.", "At least 30 people were killed."),
        ("Three people were killed.", "Forty people were injured."),
        ("Three people were killed.", "In the war 10,000 people were killed."),
        ("Three houses burned down.", "Forty houses burned down."),
        ("Three people were killed. Forty people were killed, another ministry said.",),
    ],
    ids=["equal", "less later", "another fate", "far more: another event", "no people", "one post"],
)
def test_other_figures_outgrow_no_toll(texts: tuple[str, ...]) -> None:
    assert old(*texts) == set()


def test_a_sentence_that_gives_the_latest_figure_too_is_not_old() -> None:
    both = "On Monday eight people were killed, and by Thursday 14 people were killed."
    assert old("Eight people were killed.", both) == {"Eight people were killed."}


def test_without_dates_nobody_knows_which_post_is_later() -> None:
    assert old("At least 30 people were killed.", "At least 78 people were killed.", dated=False) == set()


@given(st.lists(st.integers(1, 200), min_size=1, max_size=6))
def test_the_greatest_toll_of_the_last_post_is_never_old(tolls: list[int]) -> None:
    texts = [f"Says source {'ABCDEF'[number]}: {toll} people were killed." for number, toll in enumerate(tolls)]
    found = old(*texts)
    assert texts[-1] not in found
    assert found <= {text for text, toll in zip(texts, tolls, strict=True) if toll < max(tolls)}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Eight people were killed.", "Now 11 people were killed.", "14 people were killed."), True),
        (("Eleven people were killed.", "Now 8 people were killed, the mayor says."), False),
        (("The fire caused damage of $3 million.", "The fire caused damage of $4 million."), False),
    ],
    ids=["grows", "shrinks", "no toll"],
)
def test_a_conflict_is_a_toll_that_grew_or_figures_that_differ(texts: tuple[str, ...], expected: bool) -> None:
    (conflict,) = find_conflicts([analyse(post) for post in posts_of(texts)])
    assert grows(conflict) is expected
