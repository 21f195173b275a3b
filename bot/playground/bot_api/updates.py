"""getUpdates: offsets, waiting, and who gets the 409.

Follows process_get_updates_query, do_get_updates and fail_query_conflict of Client.cpp, and TQueue::get of td.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING

from bot.playground.refusals import Refusal, conflict

if TYPE_CHECKING:
    from bot.playground.world.clock import Clock
    from bot.playground.world.facts import Bot, Pending

_CONFLICT = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def drop_expired(bot: Bot, now: float) -> None:
    """Forget the updates that nobody fetched in time."""
    if bot.pending and bot.pending[0].expires <= now:
        bot.pending = [update for update in bot.pending if update.expires > now]


def confirm(bot: Bot, offset: int) -> None:
    """Forget what `offset` confirms: all below it, or all but the last -offset ones; one far ahead is ignored."""
    if offset < 0:
        bot.pending = bot.pending[offset:]
    elif 0 < offset <= bot.next_update_id + 10:
        bot.pending = [update for update in bot.pending if update.update_id >= offset or update.again]


def on_the_wire(update: Pending) -> str:
    """Return the JSON of an update."""
    return update.raw or json.dumps({"update_id": update.update_id, **update.content})


class Poll:
    """The getUpdates calls of one bot: at most one waits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: asyncio.Future[None] | None = None
        self._last_offset: int | None = None
        self._last_start = 0.0
        self._next_conflict = 0.0

    @property
    def is_waiting(self) -> bool:
        """Whether a call waits for an update now."""
        return self._unanswered() is not None

    def wake(self) -> None:
        """Let the waiting call look again."""
        if waiting := self._unanswered():
            waiting.set_result(None)

    def stop(self, refusal: Refusal) -> None:
        """Refuse the waiting call."""
        if waiting := self._unanswered():
            waiting.set_exception(refusal)
            self._waiting = None

    def _unanswered(self) -> asyncio.Future[None] | None:
        return self._waiting if self._waiting and not self._waiting.done() else None

    async def fetch(self, bot: Bot, offset: int, limit: int, seconds: int) -> list[str]:
        """Return updates as JSON texts; wait up to `seconds` for the first.

        Raises:
            Refusal: 409 when a webhook is set, or when a later call takes over.
        """
        if bot.webhook.url:
            raise await self._conflict(_WEBHOOK_ACTIVE)
        now = time.monotonic()
        if offset == self._last_offset:
            if seconds < 3 and now < self._last_start + 3:
                seconds = 3
            if now < self._last_start + 0.5:
                limit = 1
        self._last_offset, self._last_start = offset, now
        self.stop(conflict(_CONFLICT))
        confirm(bot, offset)
        found = self._take(bot, limit)
        while not found and (rest := now + seconds - time.monotonic()) > 0:
            if not await self._wait(rest):
                break
            found = self._take(bot, limit)
        return found

    def _take(self, bot: Bot, limit: int) -> list[str]:
        drop_expired(bot, self._clock.now())
        taken = bot.pending[:limit]
        if any(update.again for update in taken):
            bot.pending = [update for update in bot.pending if not update.again or update not in taken]
        return [on_the_wire(update) for update in taken]

    async def _wait(self, seconds: float) -> bool:
        """Wait for `wake`; tell whether it came. The later call's refusal is raised here, in the older one."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        try:
            await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            return False
        except Refusal as refusal:
            if refusal.code != 409:
                raise
            raise await self._conflict(refusal.description) from None
        finally:
            if self._waiting is waiting:
                self._waiting = None
        return True

    async def _conflict(self, message: str) -> Refusal:
        """Return the refusal; a second one within three seconds comes three seconds late."""
        now = time.monotonic()
        if now < self._next_conflict:
            await asyncio.sleep(3)
        else:
            self._next_conflict = now + 3
        return conflict(message)
