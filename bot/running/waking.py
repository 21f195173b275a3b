"""Waking: who works through a table hears of what changes there, and looks once a minute should he not have heard."""

import asyncio
from collections.abc import Sequence
from functools import partial

from bot import clock
from bot.running.bell import Bell
from bot.running.common import Common
from bot.running.parts import Part
from bot.store.listening import listen

_SWEEP_SECONDS = 60.0


def waking(common: Common) -> Sequence[Part]:
    """Make the parts that wake the others, which know of the bell by now."""
    bell = common.bell
    if not bell.is_heard:
        return []
    sweep = Part("sweep", partial(_sweep, bell))
    if not common.store.is_shared:
        return [sweep]
    return [sweep, Part("listener", partial(listen, common.settings.database.url, bell.ring, bell.ring_all))]


async def _sweep(bell: Bell) -> None:
    """Wake everybody once a minute, and whenever the clock was moved."""
    watching = asyncio.create_task(clock.watch(bell.ring_all))
    try:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            bell.ring_all()
    finally:
        watching.cancel()
