"""Stories: which posts belong together, which stand alone, and what matters most."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Analysis, Origin, OriginKind, Post
from bot.text.analysis import analyse
from bot.text.stories.group import Group, group_posts
from tests.text.strategies import posts as texts

_NOON = datetime(2024, 11, 21, 12, tzinfo=UTC)

STRIKE = (
    "Russian missile strikes a factory in Dnipro, Ukraine's air force says.",
    "A missile hit the Dnipro factory on Thursday morning, the Ukrainian air force reports.",
    "Ukraine: factory in Dnipro struck by a Russian missile, two people injured.",
)
COURT = (
    "The International Criminal Court has issued an arrest warrant for Netanyahu.",
    "ICC judges issue arrest warrants for Israel's Netanyahu and Gallant over Gaza.",
)
COURT_RU = (
    "Международный уголовный суд выдал ордер на арест премьера Израиля Нетаньяху.",
    "На премьера Израиля Нетаньяху выдали ордер на арест. Решение принял Международный уголовный суд.",
)
BANANA_RU = (
    "Приклеенный к стене банан продали за 6,2 млн долларов на аукционе Sotheby's.",
    "Банан на скотче ушёл с молотка за $6,2 млн на аукционе Sotheby's.",
)


def _post(number: int, text: str, minutes: float | None = None, source: str | None = None) -> Post:
    date = None if minutes is None else _NOON + timedelta(minutes=minutes)
    return Post(f"p{number}", text, date, Origin(OriginKind.CHANNEL, source) if source else None)


def _group(posts: Sequence[Post]) -> tuple[Group, ...]:
    return group_posts(posts, [analyse(post) for post in posts])


def _together(posts: Sequence[Post]) -> set[frozenset[str]]:
    return {frozenset(posts[index].id for index in group.posts) for group in _group(posts)}


def test_posts_of_one_event_are_one_story_in_english() -> None:
    posts = [_post(number, text, number) for number, text in enumerate((*STRIKE, *COURT))]
    assert _together(posts) == {frozenset({"p0", "p1", "p2"}), frozenset({"p3", "p4"})}


def test_posts_of_one_event_are_one_story_in_russian() -> None:
    posts = [_post(number, text, number) for number, text in enumerate((*COURT_RU, *BANANA_RU))]
    assert _together(posts) == {frozenset({"p0", "p1"}), frozenset({"p2", "p3"})}


def test_posts_without_dates_and_sources_are_grouped() -> None:
    posts = [_post(number, text) for number, text in enumerate((*BANANA_RU, *COURT))]
    assert _together(posts) == {frozenset({"p0", "p1"}), frozenset({"p2", "p3"})}


def test_languages_are_not_mixed_up() -> None:
    posts = [_post(number, text, number) for number, text in enumerate((COURT[0], COURT_RU[0], COURT[1], COURT_RU[1]))]
    assert _together(posts) == {frozenset({"p0", "p2"}), frozenset({"p1", "p3"})}


def test_the_same_words_weeks_later_are_another_event() -> None:
    text = "A magnitude 5.4 earthquake has struck Crete; no injuries are reported."
    month = 30 * 24 * 60
    assert len(_together([_post(0, text, 0), _post(1, text, 5)])) == 1
    assert len(_together([_post(0, text, 0), _post(1, text, month)])) == 2


def test_repeats_of_a_post_are_one_story() -> None:
    assert len(_together([_post(number, STRIKE[0], number, f"channel {number}") for number in range(8)])) == 1


def test_posts_of_a_topic_are_not_one_story() -> None:
    posts = [
        _post(0, "The Bank of Russia raised its key rate to 21% on Friday.", 0),
        _post(1, "Gazprom shares fell to a record low in Moscow.", 3),
        _post(2, "Russia's parliament passed the federal budget for 2025.", 6),
        _post(3, "A train hit a paving machine near Shchyolkovo, outside Moscow.", 9),
    ]
    assert len(_together(posts)) == 4


def test_live_coverage_stays_together_though_it_shares_no_words() -> None:
    calm = [
        _post(number, text, 30 * number, "Moscow")
        for number, text in enumerate(
            (
                "The key rate stays at 21%, the central bank says.",
                "A banana taped to a wall was sold for $6.2 million.",
                "Spartak beat Zenit 2-1 in the cup.",
                "Bitcoin rose above $98,000 for the first time.",
                "Airlines ground 34 Airbus planes.",
                "The museum reopens on Sunday after repairs.",
                "Vodka exports fell by 12% in October.",
                "Teachers will be paid a bonus in December.",
            )
        )
    ]
    storm = [
        _post(100 + number, text, 300 + 2 * number, "Moscow")
        for number, text in enumerate(
            (
                "A storm has hit the city, gusts reach 27 m/s.",
                "A tree fell onto a car in Kommunarka.",
                "Tents fly through a yard in Khimki.",
                "Plasterboard damaged ten vehicles in Domodedovo.",
                "A branch injured a girl, 16, at Izmailovskaya station.",
            )
        )
    ]
    groups = _together(calm + storm)
    assert frozenset(post.id for post in storm) in groups
    assert len(groups) == len(calm) + 1


def test_noise_is_in_no_story() -> None:
    posts = [_post(0, STRIKE[0], 0), _post(1, "Win a prize! Subscribe now and use promo code GIFT50 today!", 1)]
    assert _together(posts) == {frozenset({"p0"})}


def test_a_story_of_many_sources_comes_first() -> None:
    posts = [_post(0, COURT[0], 0, "A"), *(_post(n, text, n, f"S{n}") for n, text in enumerate(STRIKE, start=1))]
    assert [len(group.posts) for group in _group(posts)] == [3, 1]


def test_of_two_stories_the_urgent_one_comes_first() -> None:
    posts = [_post(0, "Airlines ground 34 Airbus planes in Russia.", 0, "A"), _post(1, f"❗️{COURT[0]}", 9, "B")]
    assert [posts[group.posts[0]].id for group in _group(posts)] == ["p1", "p0"]


def test_news_that_spreads_at_once_comes_before_what_trickles() -> None:
    fast = [_post(n, text, n, f"S{n}") for n, text in enumerate(BANANA_RU)]
    slow = [_post(10 + n, text, 300 * n, f"S{n}") for n, text in enumerate(COURT_RU)]
    assert [group.posts for group in _group(slow + fast)] == [(2, 3), (0, 1)]


def test_posts_of_a_story_stand_in_the_order_of_time() -> None:
    posts = [_post(n, text, -n) for n, text in enumerate(STRIKE)]
    assert [group.posts for group in _group(posts)] == [(2, 1, 0)]


def test_no_posts_make_no_stories() -> None:
    assert group_posts([], []) == ()


_streams = st.lists(
    st.tuples(
        st.one_of(st.sampled_from((*STRIKE, *COURT, *COURT_RU, *BANANA_RU)), texts),
        st.one_of(st.none(), st.integers(0, 6000)),
        st.sampled_from((None, "A", "B")),
    ),
    max_size=12,
)


def _read(stream: Sequence[tuple[str, int | None, str | None]]) -> tuple[list[Post], list[Analysis]]:
    posts = [_post(number, *row) for number, row in enumerate(stream)]
    return posts, [analyse(post) for post in posts]


@given(_streams)
def test_every_post_that_is_not_noise_is_in_exactly_one_story(
    stream: list[tuple[str, int | None, str | None]],
) -> None:
    posts, analyses = _read(stream)
    told = [index for index, analysis in enumerate(analyses) if not analysis.noise]
    groups = group_posts(posts, analyses)
    assert sorted(index for group in groups for index in group.posts) == told
    assert [group.score for group in groups] == sorted((group.score for group in groups), reverse=True)


@given(_streams, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    stream: list[tuple[str, int | None, str | None]], chance: Random
) -> None:
    posts, analyses = _read(stream)
    shuffled = list(range(len(posts)))
    chance.shuffle(shuffled)
    there = group_posts([posts[index] for index in shuffled], [analyses[index] for index in shuffled])
    assert [[shuffled[index] for index in group.posts] for group in there] == [
        list(group.posts) for group in group_posts(posts, analyses)
    ]
