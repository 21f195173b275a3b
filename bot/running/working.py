"""Working: updates are handled, bursts announced, recaps made."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from bot.errors import StoreFault
from bot.running.common import Common
from bot.running.parts import Part
from bot.store.engine import Store
from bot.store.listening import tell_others
from bot.telegram.intake.bursts import Announcer
from bot.telegram.reading import load_reading
from bot.telegram.recapping.recapper import Recapper
from bot.telegram.worker import Worker

# What is in hand when the process is to stop may take so long.
_SECONDS = 3


def working(common: Common) -> Sequence[Part]:
    """Make the parts that work through inbox, bursts and runs; any number of processes may have them."""
    settings, store, bell = common.settings, common.store, common.bell
    on_messages = partial(bell.ring, "outbox")
    holder = common.presence.holder
    worker = Worker(
        store,
        settings,
        common.application,
        on_messages=on_messages,
        # It may have brought posts, or a recap, or have asked for one now.
        on_handled=partial(bell.ring_soon, "bursts", "recaps", "runs"),
        calm=common.flood.ebb,
        holder=holder,
        limits=common.limits,
    )
    announcer, recapper = Announcer(store, settings, on_messages), Recapper(store, settings, on_messages, holder)
    for table, crew in (("inbox", worker.crew), ("bursts", announcer.crew), ("runs", recapper.crew)):
        bell.wakes(table, crew.wake)
    return [
        Part("worker", partial(_handle, store, worker), worker.crew.stop, _SECONDS),
        Part("announcer", announcer.crew.run),
        Part("recapper", recapper.crew.run),
    ]


async def _handle(store: Store, worker: Worker) -> None:
    """Handle updates once reading is ready: a death of the process while it loads is then charged to no update."""
    await load_reading()
    await worker.run()
    # The next updates of the chats whose last ones were in hand are for others to handle.
    with suppress(StoreFault):
        await tell_others(store, "inbox")
