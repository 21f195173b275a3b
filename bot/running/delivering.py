"""Delivering: messages are sent, and those of recaps edited, by one process at a time.

Telegram allows a bot 30 messages a second in all, which one process sends with ease. So the limits are kept in memory,
exact; who comes to lead learns from the outbox what was sent before.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from bot import clock
from bot.errors import StoreFault
from bot.running.common import Common
from bot.running.parts import Part, run_parts
from bot.store.leadership import DELIVERY, Leadership
from bot.store.queues import outbox
from bot.telegram.delivery.deliver import Deliverer
from bot.telegram.recapping.following import Follower

# What is in hand when the process is to stop may take so long.
_SECONDS = 3


def delivering(common: Common) -> Sequence[Part]:
    """Make the part that works through the outbox, when it is this process that does."""
    delivery = Delivery(common, common.candidate(DELIVERY))
    return [Part("delivery", delivery.run, delivery.stop, _SECONDS)]


class Delivery:
    """Sends what is in the outbox while this process leads the delivery.

    The recaps that follow edits are followed here too: two who told a story again at the same time would each find
    that it no longer stands in the message as they knew it.
    """

    def __init__(self, common: Common, leading: Leadership) -> None:
        settings, store = common.settings, common.store
        when_uncertain = settings.delivery.when_uncertain
        self._store = store
        self._leading = leading
        self._deliverer = Deliverer(
            store, common.application.bot, when_uncertain, common.limits, common.presence.holder
        )
        self._deliverer.hand_over()
        self._follower = Follower(store, settings, on_messages=self._deliverer.crew.wake)
        common.bell.wakes("outbox", self._deliverer.crew.wake)
        common.bell.wakes("quotations", self._follower.crew.wake)

    async def run(self) -> None:
        """Deliver whenever this process leads, until stopped; what is in hand then is finished first."""
        parts = [Part("leading", partial(self._leading.lead, self._lead)), Part("deliverer", self._deliverer.crew.run)]
        await run_parts(parts, asyncio.Event())

    def stop(self) -> None:
        """Take on nothing more; `run` returns when what is in hand is done."""
        self._deliverer.crew.stop()

    async def _lead(self) -> None:
        try:
            with suppress(StoreFault):  # then they are left to their leases
                await self._store.change(lambda conn: outbox.end_leases_of_unbegun(conn, clock.now()))
            await self._deliverer.take_over()
            await self._follower.crew.run()
        finally:
            self._deliverer.hand_over()
