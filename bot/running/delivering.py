"""Delivering: messages are sent, and those of recaps edited, by one process at a time.

Telegram allows a bot 30 messages a second in all, which one process sends with ease. So the limits are kept in memory,
exact; who comes to lead learns from the outbox what was sent before.
"""

import asyncio
from collections.abc import Sequence

from bot.running.common import Common
from bot.running.parts import Part, end, first_of, run_parts
from bot.store.leadership import DELIVERY, Leadership
from bot.telegram.deliver import Deliverer
from bot.telegram.following import Follower

# What is in hand when the process is to stop may take so long.
_SECONDS = 3


def delivering(common: Common) -> Sequence[Part]:
    """Make the part that works through the outbox, when it is this process that does."""
    delivery = Delivery(common, common.candidate(DELIVERY))
    common.bell.wakes("outbox", delivery.look)
    common.bell.wakes("quotations", delivery.look_for_edits)
    return [Part("delivery", delivery.run, delivery.stop, _SECONDS)]


class Delivery:
    """Sends what is in the outbox while this process leads the delivery.

    The recaps that follow edits are followed here too: two who told a story again at the same time would each find
    that it no longer stands in the message as they knew it.
    """

    def __init__(self, common: Common, leading: Leadership) -> None:
        self._common = common
        self._leading = leading
        self._deliverer: Deliverer | None = None
        self._follower: Follower | None = None
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Deliver whenever this process leads, until stopped."""
        leading = asyncio.create_task(self._leading.lead(self._deliver))
        try:
            await first_of(self._stopping.wait(), leading)
            if self._leading.is_ours:
                await leading
        finally:
            await end(leading)

    def stop(self) -> None:
        """Take on nothing more; `run` returns when what is in hand is done."""
        self._stopping.set()

    def look(self) -> None:
        """Look for messages now."""
        if self._deliverer:
            self._deliverer.crew.wake()

    def look_for_edits(self) -> None:
        """Look now for recaps that quote what was edited."""
        if self._follower:
            self._follower.crew.wake()

    async def _deliver(self) -> None:
        """Deliver as the one who leads; all that is known of earlier times stands in the outbox."""
        settings, store = self._common.settings, self._common.store
        bot, limits = self._common.application.bot, self._common.limits
        deliverer = Deliverer(store, bot, settings.delivery.when_uncertain, limits)
        follower = Follower(store, settings, on_messages=deliverer.crew.wake)
        self._deliverer, self._follower = deliverer, follower
        sending = asyncio.create_task(deliverer.run(), name="deliverer")
        try:
            await run_parts(
                [
                    Part("follower", follower.crew.run),
                    Part("delivery", lambda: _wait_for(sending), deliverer.crew.stop, _SECONDS),
                ],
                self._stopping,
            )
        finally:
            self._deliverer = self._follower = None
            if deliverer.crew.in_hand:
                await self._finish(sending)
            await end(sending)

    async def _finish(self, sending: asyncio.Task[None]) -> None:
        """Let the messages in hand be sent, and what became of them be written down, when this process leads no longer.

        Until then their leases keep them from others. To break them off would leave doubts where there need be none.
        """
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait([stopping, sending], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()


async def _wait_for(sending: asyncio.Task[None]) -> None:
    await asyncio.shield(sending)
