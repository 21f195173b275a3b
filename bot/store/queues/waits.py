"""Times that are too far to be waited for: the clock was wrong when they were written down, and was put right since."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.tables import State, inbox, outbox, runs

LONGEST = timedelta(hours=1)
"""Nothing waits for longer; if Telegram wants a longer rest, it says so again."""


async def bring_near(conn: Connection, now: datetime) -> None:
    """Let what waits for a time that is further away than `LONGEST`, or is leased until then, be taken up now."""
    for table in (inbox, outbox, runs):
        for until in (table.c.due, table.c.lease_until):
            far = sa.update(table).where(table.c.state == State.WAITING, until > now + LONGEST)
            await conn.execute(far.values({until: now}))
