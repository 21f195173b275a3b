"""Live coverage: runs of posts of one channel, far faster than it usually writes."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.posts import Origin, OriginKind, Post
from bot.text.stories.live import live_runs

_NOON = datetime(2024, 11, 21, 12, tzinfo=UTC)
_USUAL = [0, 20, 40, 60, 80, 100, 120]


def _posts(minutes: Iterable[float], source: str | None = "Moscow") -> list[Post]:
    origin = Origin(OriginKind.CHANNEL, source) if source else None
    return [Post(str(minute), "text", _NOON + timedelta(minutes=minute), origin) for minute in minutes]


def test_a_run_far_faster_than_usual_is_live_coverage() -> None:
    assert live_runs(_posts([*_USUAL, 150, 152, 154, 155, 158])) == [[7, 8, 9, 10, 11]]


def test_a_few_quick_posts_are_not() -> None:
    assert live_runs(_posts([*_USUAL, 150, 152, 154, 155])) == []


def test_an_agency_that_always_writes_fast_covers_nothing_live() -> None:
    assert live_runs(_posts(range(0, 120, 4))) == []


def test_of_a_few_posts_nobody_knows_what_is_usual() -> None:
    assert live_runs(_posts([0, 1, 2, 3, 4])) == []


def test_posts_of_several_channels_are_no_run() -> None:
    quick = [post for minute in range(150, 156) for post in _posts([minute], source=f"channel {minute}")]
    assert live_runs(_posts(_USUAL) + quick) == []


def test_posts_without_a_date_or_a_source_are_in_no_run() -> None:
    undated = [Post(str(number), "text", None, Origin(OriginKind.CHANNEL, "Moscow")) for number in range(9)]
    assert live_runs(undated + _posts([*_USUAL, 150, 152, 154, 155, 158], source=None)) == []


@given(st.lists(st.tuples(st.integers(0, 600), st.sampled_from((None, "A", "B"))), max_size=40))
def test_runs_are_apart_and_of_one_source(rows: list[tuple[int, str | None]]) -> None:
    posts = [post for minute, source in rows for post in _posts([minute], source)]
    runs = live_runs(posts)
    members = [index for run in runs for index in run]
    assert len(members) == len(set(members))
    for run in runs:
        assert len({posts[index].source for index in run}) == 1
        assert run == sorted(run, key=lambda index: posts[index].date or _NOON)
