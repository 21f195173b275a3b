import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import buckets
from bot.telegram.buckets import Buckets, left_in_bucket
from bot.telegram.limits import _GROUP, MEMORY_SECONDS


def test_the_bucket_that_was_used_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "_REMEMBERED", 2)
    few = Buckets(1, 60)
    first, second = few.of(1), few.of(2)
    assert few.of(1) is first
    few.of(3)
    assert few.of(1) is first
    assert few.of(2) is not second


_SIZE, _SECONDS = _GROUP
_RATE = _SIZE / _SECONDS


def _let_through(wanted: list[float]) -> list[float]:
    """Return those moments at which a bucket that is empty at first lets one through."""
    level, before, through = 0.0, 0.0, []
    for moment in sorted(wanted):
        level = max(0.0, level - (moment - before) * _RATE)
        before = moment
        if level + 1 <= _SIZE:
            level += 1
            through.append(moment)
    return through


@given(st.lists(st.floats(0, 300), max_size=200), st.floats(0, 60))
def test_two_who_send_one_after_the_other_keep_together_to_what_a_group_may_get_in_a_minute(
    wanted: list[float], window: float
) -> None:
    ages = [300 - moment for moment in _let_through(wanted)]
    left = left_in_bucket([age for age in ages if age <= MEMORY_SECONDS], _RATE)
    before = sum(age <= window for age in ages)
    after = max(0.0, _SIZE - left) + _RATE * (60 - window)
    assert before + after <= 19 + 1e-6


@given(st.lists(st.floats(0, 300), max_size=200))
def test_what_is_left_in_a_bucket_is_what_one_that_was_used_all_the_time_holds(wanted: list[float]) -> None:
    through = _let_through(wanted)
    level, before = 0.0, 0.0
    for moment in through:
        level, before = max(0.0, level - (moment - before) * _RATE) + 1, moment
    level = max(0.0, level - (300 - before) * _RATE)
    assert left_in_bucket([300 - moment for moment in through], _RATE) == pytest.approx(level, abs=1e-6)


async def test_a_bucket_is_filled_with_what_it_would_hold() -> None:
    few = Buckets(2, 60)
    await few.fill("full", [0.0, 0.1, 0.2])
    await few.fill("old", [200.0])
    assert not few.of("full").has_capacity(0.1)
    assert few.of("old").has_capacity(2)
