"""What was sent of late, as the outbox tells it: whoever begins to send keeps to the limits together with it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.tables import State, outbox


@dataclass(frozen=True, slots=True)
class Sent:
    """A call that was made, or may have been.

    Attributes:
        method: of the Bot API.
        run_id: the run of a recap that it belongs to, if any.
        at: when; of a call of which no word came nobody knows, so it may have been just now.

    """

    chat_id: int
    method: str
    run_id: int | None
    at: datetime


async def sent_since(conn: Connection, since: datetime, now: datetime) -> list[Sent]:
    """Get the calls that were made since, those that were begun and of which no word came included."""
    what = outbox.c.chat_id, outbox.c.method, outbox.c.run_id
    made = sa.select(*what, outbox.c.sent_at).where(outbox.c.sent_at >= since)
    begun = sa.and_(outbox.c.state == State.WAITING, outbox.c.begun > 0, outbox.c.begun == outbox.c.attempts)
    rows = [*await conn.execute(made), *((*row, now) for row in await conn.execute(sa.select(*what).where(begun)))]
    return [Sent(*row) for row in rows]
