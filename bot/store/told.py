"""Stories that recaps told, so that none is told twice."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.recap import RunState, ToldStory
from bot.store.connection import Connection
from bot.store.tables import runs, told


async def put(conn: Connection, run_id: int, stories: Sequence[ToldStory]) -> None:
    """Note what a run tells, should it be posted."""
    if stories:
        await conn.execute(sa.insert(told), [{"run_id": run_id, "content": story} for story in stories])


async def select(conn: Connection, recap_id: int, since: datetime) -> list[ToldStory]:
    """Get the stories that a recap has posted since a time, the oldest first."""
    posted = runs.c.recap_id == recap_id, runs.c.state == RunState.POSTED, runs.c.ended >= since
    statement = sa.select(told.c.content).join(runs, runs.c.id == told.c.run_id).where(*posted).order_by(told.c.id)
    return list((await conn.execute(statement)).scalars())
