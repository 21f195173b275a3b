"""Bursts: posts that a desk gets in quick succession, until it has been quiet for a while."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.posts import Desk
from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.tables import bursts, of_desk


@dataclass(frozen=True, slots=True)
class Burst:
    """A burst that is over; its first post was received at ``since``."""

    desk: Desk
    since: datetime


# Made once: every post extends a burst.
_BURST = insert(bursts)
_EXTEND = _BURST.on_conflict_do_update(
    index_elements=[bursts.c.chat_id, bursts.c.thread_id], set_={"due": _BURST.excluded.due}
)


async def extend(conn: Connection, desk: Desk, now: datetime, due: datetime) -> None:
    """Note that a desk got something now, and that the burst is over at ``due`` if nothing more comes until then."""
    burst = {"chat_id": desk.chat_id, "thread_id": desk.thread_id, "since": now, "due": due}
    await conn.execute(_EXTEND, burst)


async def since(conn: Connection, desk: Desk) -> datetime | None:
    """Tell when the burst of a desk began; None if there is none."""
    began = sa.select(bursts.c.since).where(of_desk(bursts, desk))
    found: datetime | None = (await conn.execute(began)).scalar()
    return found


async def drop(conn: Connection, desk: Desk) -> None:
    """Forget the burst of a desk, if there is one: somebody has asked what the posts say."""
    await conn.execute(sa.delete(bursts).where(of_desk(bursts, desk)))


async def move(conn: Connection, old: int, new: int) -> None:
    """Let the bursts of a group be told in the chat that it became, unless there are others."""
    there = bursts.alias()
    doubled = sa.exists().where(there.c.chat_id == new, there.c.thread_id == bursts.c.thread_id)
    await conn.execute(sa.delete(bursts).where(bursts.c.chat_id == old, doubled))
    await conn.execute(sa.update(bursts).where(bursts.c.chat_id == old).values(chat_id=new))


async def take(conn: Connection, now: datetime) -> list[Burst]:
    """Take the bursts that are over out of the store, but for those that somebody else is taking or extending."""
    over = sa.select(bursts.c.chat_id, bursts.c.thread_id).where(bursts.c.due <= now).with_for_update(skip_locked=True)
    taking = sa.delete(bursts).where(sa.tuple_(bursts.c.chat_id, bursts.c.thread_id).in_(over))
    taken = await conn.execute(taking.returning(bursts.c.chat_id, bursts.c.thread_id, bursts.c.since))
    return [Burst(Desk(chat_id, thread_id), since) for chat_id, thread_id, since in taken]


async def next_due(conn: Connection) -> datetime | None:
    """Tell when the next burst is over; None if there is none."""
    found: datetime | None = (await conn.execute(sa.select(sa.func.min(bursts.c.due)))).scalar()
    return found
