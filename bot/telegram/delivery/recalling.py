"""What whoever delivered before has sent of late: it counts in the flood limits of who begins to deliver."""

from datetime import timedelta

from bot import clock
from bot.store.engine import Store
from bot.store.queues.outbox import Outgoing
from bot.store.queues.sent import Sent, sent_since
from bot.telegram.delivery.calls import MESSAGES
from bot.telegram.limits import MEMORY_SECONDS, Limits


async def recall(store: Store, limits: Limits) -> None:
    """Let limits count in what the outbox tells; return when calls can be made together with it.

    Raises:
        StoreFault: the outbox can't be read.

    """
    now = clock.now()
    sent = await store.look(lambda conn: sent_since(conn, now - timedelta(seconds=MEMORY_SECONDS), now))
    messages: dict[int, list[float]] = {}
    last = MEMORY_SECONDS
    for one in sent:
        age = max(0.0, (now - one.at).total_seconds())
        last = min(last, age)
        if counts_as_message(one):
            messages.setdefault(one.chat_id, []).append(age)
    await limits.recall(messages, last)


def counts_as_message(call: Outgoing | Sent) -> bool:
    """Tell whether a call takes of the room in the flood limits: edits of a recap do, for they come many at once."""
    return call.method in MESSAGES or (call.run_id is not None and call.method.startswith("editMessage"))
