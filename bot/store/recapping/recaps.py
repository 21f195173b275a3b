"""Scheduled digests: what is to be posted where and when."""

from datetime import datetime

import sqlalchemy as sa

from bot.posts import Desk
from bot.recap import PausedWhy, Recap, RecapOptions, RecapState
from bot.store.connection import Connection
from bot.store.tables import recaps


async def create(  # noqa: PLR0913 - a recap has as many sides
    conn: Connection,
    *,
    owner_id: int,
    source: Desk,
    destination: Desk,
    title: str,
    schedule: str,
    options: RecapOptions,
    next_slot: datetime,
    now: datetime,
) -> Recap:
    """Store a new recap, which is active at once; ``next_slot`` is the first of its schedule after now."""
    statement = sa.insert(recaps).values(
        owner_id=owner_id,
        source_chat_id=source.chat_id,
        source_thread_id=source.thread_id,
        chat_id=destination.chat_id,
        thread_id=destination.thread_id,
        title=title,
        schedule=schedule,
        options=options,
        is_public=options.public,
        created=now,
        next_slot=next_slot,
    )
    return _recap((await conn.execute(statement.returning(recaps))).mappings().one())


async def get(conn: Connection, recap_id: int) -> Recap | None:
    """Look a recap up; None if there is none (any more)."""
    found = await _select(conn, recaps.c.id == recap_id)
    return found[0] if found else None


async def of_chat(conn: Connection, chat_id: int) -> list[Recap]:
    """Get the recaps that read a chat or are posted there, the oldest first."""
    return await _select(conn, sa.or_(recaps.c.source_chat_id == chat_id, recaps.c.chat_id == chat_id))


async def public(conn: Connection) -> list[Recap]:
    """Get the active recaps to which anybody may subscribe, the oldest first."""
    return await _select(conn, recaps.c.is_public, recaps.c.state == RecapState.ACTIVE)


async def active(conn: Connection) -> list[Recap]:
    """Get all active recaps, the oldest first."""
    return await _select(conn, recaps.c.state == RecapState.ACTIVE)


async def change(  # noqa: PLR0913 - each side can change alone
    conn: Connection,
    recap_id: int,
    *,
    title: str | None = None,
    options: RecapOptions | None = None,
    destination: Desk | None = None,
    schedule: str | None = None,
    next_slot: datetime | None = None,
) -> Recap | None:
    """Change what is given, and return the recap as it is now; None if there is none (any more).

    With another schedule comes its first slot after now.
    """
    values: dict[str, object] = {}
    if title is not None:
        values["title"] = title
    if options is not None:
        values |= {"options": options, "is_public": options.public}
    if destination is not None:
        values |= {"chat_id": destination.chat_id, "thread_id": destination.thread_id}
    if schedule is not None:
        values["schedule"] = schedule
    if next_slot is not None:
        values["next_slot"] = next_slot
    if values:
        await conn.execute(sa.update(recaps).where(recaps.c.id == recap_id).values(values))
    return await get(conn, recap_id)


async def pause(conn: Connection, recap_id: int, why: PausedWhy) -> bool:
    """Let a recap rest; False if it does already."""
    active = sa.update(recaps).where(recaps.c.id == recap_id, recaps.c.state == RecapState.ACTIVE)
    return (await conn.execute(active.values(state=RecapState.PAUSED, paused_why=why))).rowcount == 1


async def resume(conn: Connection, recap_id: int, next_slot: datetime) -> None:
    """Let a recap go on, from its first slot after now; what came meanwhile is in its window."""
    statement = sa.update(recaps).where(recaps.c.id == recap_id)
    await conn.execute(statement.values(state=RecapState.ACTIVE, paused_why=None, next_slot=next_slot))


async def delete(conn: Connection, recap_id: int) -> bool:
    """Delete a recap, its history and its subscribers; False if there is none (any more).

    Messages that are on their way still come.
    """
    return (await conn.execute(sa.delete(recaps).where(recaps.c.id == recap_id))).rowcount == 1


async def due(conn: Connection, now: datetime, limit: int) -> list[Recap]:
    """Get active recaps whose slot has come, the one that waits longest first."""
    statement = sa.select(recaps).where(recaps.c.state == RecapState.ACTIVE, recaps.c.next_slot <= now)
    rows = await conn.execute(statement.order_by(recaps.c.next_slot, recaps.c.id).limit(limit))
    return [_recap(row) for row in rows.mappings()]


async def next_due(conn: Connection) -> datetime | None:
    """Tell the next slot of all; None if no recap is active."""
    statement = sa.select(sa.func.min(recaps.c.next_slot)).where(recaps.c.state == RecapState.ACTIVE)
    found: datetime | None = (await conn.execute(statement)).scalar()
    return found


async def set_next_slot(conn: Connection, recap_id: int, next_slot: datetime) -> None:
    """Note when a recap is due next."""
    await conn.execute(sa.update(recaps).where(recaps.c.id == recap_id).values(next_slot=next_slot))


async def set_told(conn: Connection, recap_id: int, seq: int, now: datetime) -> None:
    """Note that posts up to a seq were told; an earlier mark never replaces a later one."""
    further = sa.or_(recaps.c.told_seq.is_(None), recaps.c.told_seq <= seq)
    await conn.execute(sa.update(recaps).where(recaps.c.id == recap_id, further).values(told_seq=seq, told_at=now))


async def move(conn: Connection, old: int, new: int) -> None:
    """Let recaps follow a group to the id that it has as a supergroup; done twice, it changes nothing."""
    for column in (recaps.c.chat_id, recaps.c.source_chat_id):
        await conn.execute(sa.update(recaps).where(column == old).values({column: new}))


async def _select(conn: Connection, *conditions: sa.ColumnElement[bool]) -> list[Recap]:
    rows = await conn.execute(sa.select(recaps).where(*conditions).order_by(recaps.c.id))
    return [_recap(row) for row in rows.mappings()]


def _recap(row: sa.RowMapping) -> Recap:
    return Recap(
        id=row[recaps.c.id],
        owner_id=row[recaps.c.owner_id],
        source=Desk(row[recaps.c.source_chat_id], row[recaps.c.source_thread_id]),
        destination=Desk(row[recaps.c.chat_id], row[recaps.c.thread_id]),
        title=row[recaps.c.title],
        schedule=row[recaps.c.schedule],
        options=row[recaps.c.options],
        state=RecapState(row[recaps.c.state]),
        paused_why=PausedWhy(row[recaps.c.paused_why]) if row[recaps.c.paused_why] else None,
        created=row[recaps.c.created],
        next_slot=row[recaps.c.next_slot],
        told_seq=row[recaps.c.told_seq],
        told_at=row[recaps.c.told_at],
    )
