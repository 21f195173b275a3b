import pytest

from bot.telegram import buckets
from bot.telegram.buckets import Buckets


def test_the_bucket_that_was_used_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "_REMEMBERED", 2)
    few = Buckets(1, 60)
    first, second = few.of(1), few.of(2)
    assert few.of(1) is first
    few.of(3)
    assert few.of(1) is first
    assert few.of(2) is not second
