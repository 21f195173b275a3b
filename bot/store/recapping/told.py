"""Stories that recaps told, so that none is told twice."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.recap import Recap, RunState, ToldStory
from bot.store.connection import Connection
from bot.store.tables import runs, told


async def put(conn: Connection, run_id: int, stories: Sequence[tuple[int, ToldStory]]) -> None:
    """Note what a run tells, should it be posted: each story with the part, counted from 1, in which it ends."""
    if stories:
        rows = [{"run_id": run_id, "part": part, "content": story} for part, story in stories]
        await conn.execute(sa.insert(told), rows)


async def keep(conn: Connection, run_id: int, parts: Collection[int]) -> None:
    """Note that of a run only some parts were posted: the stories that end in others were not told."""
    await conn.execute(sa.delete(told).where(told.c.run_id == run_id, told.c.part.not_in(parts)))


async def select(conn: Connection, recap: Recap, since: datetime) -> list[ToldStory]:
    """Get the stories that a recap has told since a time, and all that it told of its window; the oldest first.

    It has told of its window if a run was broken off, some of whose parts were posted.
    """
    over = runs.c.recap_id == recap.id, runs.c.state.in_((RunState.POSTED, RunState.FAILED))
    of_window = runs.c.told_seq > (recap.told_seq or 0)
    statement = sa.select(told.c.content).join(runs, runs.c.id == told.c.run_id)
    found = await conn.execute(statement.where(*over, sa.or_(runs.c.ended >= since, of_window)).order_by(told.c.id))
    return list(found.scalars())
