"""How much one person may ask of the bot, by the settings ``[limits]``.

Each process counts for itself, and anew after a restart: this keeps one person from taking the others' time, and is no
account of anything.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from bot.posts import Desk
from bot.settings import LimitSettings
from bot.telegram.buckets import Buckets

_MINUTE = 60.0


# So many files are read at once: others have their turn beside them, and memory its bounds.
_FILES = 2
# After so many posts a desk is counted anew: others put posts there as well, and they go when they grow old.
_UNCOUNTED = 100
_REMEMBERED = 20_000


class Quotas:
    """What people have used of what they may in a minute; of one event loop.

    Attributes:
        files: whoever reads a file holds one of these meanwhile.
        room: what desks have room for.

    """

    def __init__(self, limits: LimitSettings) -> None:
        self.files = asyncio.Semaphore(_FILES)
        self.room = Room(limits.stored_posts)
        self._posts = Buckets(limits.posts_per_minute, _MINUTE)
        self._summaries = Buckets(limits.summaries_per_minute, _MINUTE)
        self._told = Buckets(1, _MINUTE)

    async def take_post(self, person: int) -> bool:
        """Let somebody send a post, and count it; False if he has sent as many as he may."""
        return await _take(self._posts, person)

    async def take_summary(self, person: int) -> bool:
        """Let somebody ask what posts say, and count it; False if he has asked as often as he may."""
        return await _take(self._summaries, person)

    async def may_tell(self, person: int, refusal: str) -> bool:
        """Tell whether somebody is to hear of a refusal: once a minute of each kind."""
        return await _take(self._told, (person, refusal))


class Room:
    """How many more posts desks may hold, known without counting them at every post.

    Where posts also come by files the limit may be passed by as many as are not counted at once.

    Args:
        most: so many posts a desk holds.

    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._left: OrderedDict[Desk, int] = OrderedDict()

    async def take(self, desk: Desk, count: Callable[[], Awaitable[int]]) -> bool:
        """Let a desk have one more post; False if it is full. ``count`` counts those that it has."""
        left = self._left.pop(desk, 0) or min(_UNCOUNTED, self._most - await count())
        if left <= 0:
            return False
        self._left[desk] = left - 1
        if len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        return True


async def _take(buckets: Buckets, key: object) -> bool:
    bucket = buckets.of(key)
    if not bucket.has_capacity():
        return False
    await bucket.acquire()
    return True
