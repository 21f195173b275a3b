"""Leaky buckets, one for each chat or person."""

from collections import OrderedDict
from collections.abc import Hashable

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
