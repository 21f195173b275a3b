"""Stories as they stand in posted recaps that follow edits, until a day after they were posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.recap import Quotation, RunState
from bot.store.connection import Connection
from bot.store.queues.outbox import Outgoing
from bot.store.tables import State, editions, outbox, quotations, quoted, runs


@dataclass(frozen=True, slots=True)
class StoredQuotation:
    """A quotation, and the number under which it is stored."""

    id: int
    quotation: Quotation


async def put(conn: Connection, run_id: int, found: Sequence[Quotation]) -> None:
    """Store how stories stand in a run, should it be posted."""
    for quotation in found:
        row = sa.insert(quotations).values(run_id=run_id, content=quotation).returning(quotations.c.id)
        await _rest_on(conn, (await conn.execute(row)).scalar_one(), quotation)


async def change(conn: Connection, quotation_id: int, quotation: Quotation) -> None:
    """Note how a story stands there now."""
    row = sa.update(quotations).where(quotations.c.id == quotation_id)
    await conn.execute(row.values(content=quotation))
    await conn.execute(sa.delete(quoted).where(quoted.c.quotation_id == quotation_id))
    await _rest_on(conn, quotation_id, quotation)


async def drop(conn: Connection, quotation_ids: Sequence[int]) -> None:
    """Follow the edits of stories no more."""
    await conn.execute(sa.delete(quotations).where(quotations.c.id.in_(quotation_ids)))


async def edited_runs(conn: Connection, posted_since: datetime) -> list[int]:
    """Find the runs posted since a time that quote a post which was edited then, the first ones first."""
    posted = runs.c.state == RunState.POSTED, runs.c.ended >= posted_since
    statement = sa.select(runs.c.id).distinct().join(quotations, quotations.c.run_id == runs.c.id)
    return list((await conn.execute(_edited(statement).where(*posted).order_by(runs.c.id))).scalars())


async def edited_of_run(conn: Connection, run_id: int) -> list[StoredQuotation]:
    """Get the quotations of a run that rest on posts which were edited since."""
    ids = _edited(sa.select(quotations.c.id)).where(quotations.c.run_id == run_id)
    statement = sa.select(quotations.c.id, quotations.c.content).where(quotations.c.id.in_(ids))
    return [StoredQuotation(*row) for row in (await conn.execute(statement.order_by(quotations.c.id))).all()]


async def edited_last(conn: Connection, run_id: int) -> tuple[bool, datetime | None]:
    """Tell whether an edit of a run's messages is still to be made, and when the last one was, or was refused."""
    edits = outbox.c.run_id == run_id, outbox.c.method.startswith("editMessage")
    waiting = sa.func.sum(sa.case((outbox.c.state == State.WAITING, 1), else_=0))
    last = sa.func.max(sa.func.coalesce(outbox.c.sent_at, outbox.c.created), type_=outbox.c.sent_at.type)
    row = (await conn.execute(sa.select(waiting, last).where(*edits))).one()
    return bool(row[0]), row[1]


async def note_shown(conn: Connection, message: Outgoing) -> None:
    """Note what a posted message shows once it is edited, in the call that posted it."""
    await conn.execute(sa.update(outbox).where(outbox.c.key == message.key).values(payload=message.payload))


def _edited(statement: sa.Select[int]) -> sa.Select[int]:
    """Narrow a selection of quotations to those of which a post has an edition after the one that is quoted."""
    older = sa.and_(editions.c.seq == quoted.c.seq, editions.c.post_id == quoted.c.post_id)
    return statement.join(quoted, quoted.c.quotation_id == quotations.c.id).join(editions, older)


async def _rest_on(conn: Connection, quotation_id: int, quotation: Quotation) -> None:
    rows = [{"quotation_id": quotation_id, "seq": seq, "post_id": post_id} for seq, post_id in quotation.posts]
    await conn.execute(sa.insert(quoted), rows)
