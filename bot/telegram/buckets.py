"""Leaky buckets, one for each chat or person."""

import math
from collections import OrderedDict
from collections.abc import Hashable, Iterable

from aiolimiter import AsyncLimiter

_REMEMBERED = 10_000


class Buckets:
    """Buckets of one size; those that were used longest ago are forgotten, they have long been empty.

    Args:
        size: how much a bucket takes at once.
        seconds: in which time a full one drains.

    """

    def __init__(self, size: float, seconds: float) -> None:
        self._size = size, seconds
        self._buckets: OrderedDict[Hashable, AsyncLimiter] = OrderedDict()

    def of(self, key: Hashable) -> AsyncLimiter:
        """Get somebody's bucket."""
        bucket = self._buckets.pop(key, None) or AsyncLimiter(*self._size)
        self._buckets[key] = bucket
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket

    async def fill(self, key: Hashable, ages: Iterable[float]) -> None:
        """Put into a bucket that is empty what it would hold, had it been used so many seconds ago."""
        size, seconds = self._size
        await self.of(key).acquire(min(left_in_bucket(ages, size / seconds), size))


def left_in_bucket(ages: Iterable[float], rate: float) -> float:
    """Tell how full a bucket is that drains at a rate, and into which one was put at each of these ages, in seconds."""
    level, before = 0.0, math.inf
    for age in sorted(ages, reverse=True):
        level = max(0.0, level - (before - age) * rate) + 1
        before = age
    return max(0.0, level - before * rate)
