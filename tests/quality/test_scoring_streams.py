"""The scorers of stories and summaries, and the baselines, on cases small enough to count by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Digest, Post, Story
from bot.text.digest import Options
from tests.quality.baselines import read_by_patterns
from tests.quality.gold import GoldStream, load_gold_stream
from tests.quality.linkage import average_linkage
from tests.quality.making import span
from tests.quality.ratchet import fallen
from tests.quality.rouge import rouge
from tests.quality.scoring_stories import b_cubed, pair_f1, score_stories
from tests.quality.sumy_alone import METHODS, summarise_by_sumy


def _groups(*groups: str) -> dict[str, frozenset[str]]:
    return {post: frozenset(group) for group in groups for post in group}


def _digest(*stories: str, noise: str = "") -> Digest:
    made = tuple(
        Story(f"s{place}", span("title"), tuple(posts), 1, 1.0, (), (), (), ()) for place, posts in enumerate(stories)
    )
    return Digest("ru", "sitrep", stories=made, noise=tuple(noise))


GOLD = GoldStream(
    posts=tuple(Post(name, name) for name in "abcdexy"),
    stories={"fire": frozenset("abc"), "vote": frozenset("de")},
    noise=frozenset("xy"),
    top=frozenset({"fire"}),
)


def test_b_cubed_of_a_split_story() -> None:
    true, mine = _groups("abc", "d"), _groups("ab", "c", "d")
    # precision 1; recall (2/3 + 2/3 + 1/3 + 1) / 4 = 2/3
    assert b_cubed(true, mine) == pytest.approx(0.8)
    assert b_cubed(mine, true) == pytest.approx(0.8)


def test_pairs_of_a_split_story() -> None:
    assert pair_f1(_groups("abc", "d"), _groups("ab", "c", "d")) == pytest.approx(2 * 1 * (1 / 3) / (1 + 1 / 3))
    assert pair_f1(_groups("a", "b"), _groups("a", "b")) == 0, "there is no pair to find"


def test_stories_of_the_annotated_groups_are_perfect() -> None:
    figures = score_stories(GOLD, _digest("abc", "de", noise="xy"))
    assert figures == {"stories_b3": 1, "stories_pairs": 1, "top_ten_found": 1, "noise_f1": 1}


def test_noise_inside_a_story_does_not_count_against_the_grouping_and_posts_without_a_story_stand_alone() -> None:
    figures = score_stories(GOLD, _digest("abcx", "d", noise="ye"))
    assert figures["noise_f1"] == 1 / 2
    assert figures["stories_b3"] == pytest.approx(2 * 1 * 0.8 / (1 + 0.8))


def test_a_story_of_the_top_ten_is_found_if_most_of_its_posts_are_of_it() -> None:
    assert score_stories(GOLD, _digest("abd", "ce"))["top_ten_found"] == 1
    assert score_stories(GOLD, _digest("ade", "x"))["top_ten_found"] == 0


def test_stories_after_the_tenth_are_too_late() -> None:
    assert score_stories(GOLD, _digest(*"deedeedeed", "abc"))["top_ten_found"] == 0


def test_the_annotated_day_is_whole() -> None:
    gold = load_gold_stream()
    ids = [post.id for post in gold.posts]
    assert len(ids) == len(set(ids)) == 305
    assert len(gold.top) == 10
    assert gold.top <= gold.stories.keys()
    assert gold.noise.union(*gold.stories.values()) == set(ids)


def test_rouge_by_hand() -> None:
    assert rouge("the cat sat", ["The cat slept here"], 1) == pytest.approx(2 * 2 / 7)
    assert rouge("the cat sat", ["The cat slept here"], 2) == pytest.approx(2 * 1 / 5)
    assert rouge("a b", ["a b", "c d"], 1) == pytest.approx(0.5)
    assert rouge("", ["a"], 1) == 0


@given(st.text(), st.text(), st.integers(1, 2))
def test_rouge_is_a_share_and_the_same_from_both_sides(one: str, other: str, n: int) -> None:
    assert 0 <= rouge(one, [other], n) <= 1
    assert rouge(one, [other], n) == rouge(other, [one], n)


def test_average_linkage_joins_by_the_mean() -> None:
    similarity = np.array([[1, 0.9, 0.1, 0], [0.9, 1, 0.6, 0], [0.1, 0.6, 1, 0], [0, 0, 0, 1]])
    assert average_linkage(similarity, 0.5) == [[0, 1], [2], [3]]
    assert average_linkage(similarity, 0.35) == [[0, 1, 2], [3]]


@given(st.integers(1, 12), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_average_linkage_puts_everything_into_one_group(size: int, least: float, seed: int) -> None:
    half = np.random.default_rng(seed).random((size, size))
    groups = average_linkage((half + half.T) / 2, least)
    assert sorted(index for group in groups for index in group) == list(range(size))


def test_patterns_find_what_they_are_named_for() -> None:
    text = "Fire in Riga, says Ann Lee. Riga lost $4,500 and 12.5% of 1,200,000 trees. Nobody in Riga knows."
    read = read_by_patterns([Post("p", text, lang="en")])
    assert [actor.name for actor in read.actors] == ["Riga", "Ann Lee"]
    assert [(number.value, number.unit) for number in read.numbers] == [
        (4500, "USD"),
        (12.5, "%"),
        (1_200_000, "trees"),
    ]


@pytest.mark.parametrize("method", METHODS)
def test_sumy_stays_in_the_budget_and_in_reading_order(method: str) -> None:
    texts = [
        "Fire destroyed the old market in Riga. It burned all night.",
        "The market of Riga was old. Rain came late.",
    ]
    posts = [Post(str(place), text, lang="en") for place, text in enumerate(texts)]
    chosen = summarise_by_sumy(method, posts, Options(sentences=None, words=13)).split("\n")
    assert 0 < sum(len(sentence.split()) for sentence in chosen) <= 13
    assert chosen == sorted(chosen, key="\n".join(texts).index)
    assert "\n" not in summarise_by_sumy(method, posts, Options(sentences=1))


def test_lead_is_the_first_sentences() -> None:
    posts = [Post("p", "Fire destroyed a market. It burned all night.", lang="en")]
    assert summarise_by_sumy("lead", posts, Options(sentences=1)) == "Fire destroyed a market."


def test_the_ratchet_names_what_fell_by_more_than_its_margin() -> None:
    reached = {"actors_f1": 0.84, "rouge_1": 0.45, "top_ten_found": 8.0}
    assert not fallen(reached, {"actors_f1": 0.83, "rouge_1": 0.448, "top_ten_found": 7.0, "new": 0.1})
    assert fallen(reached, {"actors_f1": 0.8, "rouge_1": 0.44, "top_ten_found": 6.0}).keys() == reached.keys()
