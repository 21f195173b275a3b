"""How much one person may ask of the bot, by the settings ``[limits]``.

Each process counts for itself, and anew after a restart: this keeps one person from taking the others' time, and is no
account of anything.
"""

import asyncio

from bot.settings import LimitSettings
from bot.telegram.buckets import Buckets

_MINUTE = 60.0


# So many files are read at once: others have their turn beside them, and memory its bounds.
_FILES = 2


class Quotas:
    """What people have used of what they may in a minute; of one event loop.

    Attributes:
        files: whoever reads a file holds one of these meanwhile.

    """

    def __init__(self, limits: LimitSettings) -> None:
        self.files = asyncio.Semaphore(_FILES)
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


async def _take(buckets: Buckets, key: object) -> bool:
    bucket = buckets.of(key)
    if not bucket.has_capacity():
        return False
    await bucket.acquire()
    return True
