"""How much one person may ask of the bot, by the settings ``[limits]``.

A process that has the database for itself counts in memory, exactly, and anew after a restart.

Where processes share the database, each lets somebody do a fiftieth of what he may without asking: enough for whoever
sends a few posts now and then. What goes beyond is counted for all of them (`bot.store.desks.quotas`), and that is not
forgotten when one is started anew. So nobody is refused who keeps to a limit; limits below fifty are exact; and to
others each process but the first adds a fiftieth at most: with ten, somebody may send 708 posts where he may send 600.

What was sent while nobody received it comes all at once when somebody does, and was not sent too fast for that. So a
post that is older than a minute counts for when it was sent, with the others of its chat, which come in their order.

An update that is handled again is counted again. This keeps one person from taking the others' time, and is no account
of anything.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta

from bot import clock
from bot.posts import Desk
from bot.settings import LimitSettings
from bot.store.desks import quotas
from bot.store.engine import Store

_MINUTE = timedelta(minutes=1)
# Such a part of what somebody may do a process lets him do without asking: to ask takes a tenth of the work of a post.
_UNASKED = 50

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

    def __init__(self, store: Store, limits: LimitSettings) -> None:
        self.files = asyncio.Semaphore(_FILES)
        self.room = Room(limits.stored_posts)
        self._posts = _Quota(store, limits.posts_per_minute)
        self._late_posts = Moments(limits.posts_per_minute)
        self._summaries = _Quota(store, limits.summaries_per_minute)
        self._told = _Quota(store, 1)

    async def take_post(self, person: int, chat_id: int, sent: datetime) -> bool:
        """Let somebody have sent a post to a chat then, and count it; False if he had sent as many as he may."""
        if clock.now() - sent >= _MINUTE:
            return self._late_posts.take((person, chat_id), sent)
        return await self._posts.take(person, "posts")

    async def take_summary(self, person: int) -> bool:
        """Let somebody ask what posts say, and count it; False if he has asked as often as he may."""
        return await self._summaries.take(person, "summaries")

    async def may_tell(self, person: int, refusal: str) -> bool:
        """Tell whether somebody is to hear of a refusal: once a minute of each kind."""
        return await self._told.take(person, refusal)


class _Quota:
    """What everybody may do so often in a minute; the first of it unasked, and the rest as others leave it.

    Args:
        store: asked for the rest, if others share it.
        most: so often.

    """

    def __init__(self, store: Store, most: int) -> None:
        unasked = most // _UNASKED if store.is_shared else most
        self._store = store
        self._unasked = Moments(unasked) if unasked else None
        self._rest = most - unasked

    async def take(self, person: int, kind: str) -> bool:
        now = clock.now()
        if self._unasked and self._unasked.take((person, kind), now):
            return True
        if not self._rest:
            return False
        return await self._store.claim(lambda conn: quotas.take(conn, person, kind, self._rest, now))


class Moments:
    """Quotas that this process counts by itself, in the way of `bot.store.desks.quotas`: when each will have drained.

    Args:
        most: what one lets through in a minute.

    """

    def __init__(self, most: int) -> None:
        self._step = _MINUTE // most
        self._drained_at: OrderedDict[Hashable, datetime] = OrderedDict()

    def take(self, key: Hashable, at: datetime) -> bool:
        """Let through what comes then, and count it; False if it is too much."""
        drained_at = self._drained_at.pop(key, at)
        # Further ahead than a minute is nobody, unless the clock was put back.
        begin = drained_at if at < drained_at < at + 2 * _MINUTE else at
        is_let_through = begin + self._step <= at + _MINUTE
        self._drained_at[key] = begin + self._step if is_let_through else begin
        if len(self._drained_at) > _REMEMBERED:
            self._drained_at.popitem(last=False)
        return is_let_through


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
