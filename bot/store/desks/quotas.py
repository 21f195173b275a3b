"""What people have used of what they may in a minute, counted for all processes that share the database.

A quota is a bucket which each use fills by one and which drains within a minute if it was full. All that is kept of it
is the moment when it will be empty. Every use puts that off by its share of a minute, and is refused if it were more
than a minute away then. So one statement takes of it, whoever else does at the same time; what has drained need not be
there; and a limit that was changed holds at once.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.columns import Moment
from bot.store.connection import Connection
from bot.store.engine import insert
from bot.store.tables import quotas

_MINUTE = timedelta(minutes=1)
_MICROSECOND = timedelta(microseconds=1)

_NOW, _FAR, _LATEST = (sa.bindparam(name, type_=Moment) for name in ("now", "far", "latest"))
# Nobody is further ahead than a minute, unless his clock is wrong, or was: what is as far as two has drained as well.
_HAS_DRAINED = sa.or_(quotas.c.drained_at <= _NOW, quotas.c.drained_at >= _FAR)
_FROM = sa.case((_HAS_DRAINED, _NOW), else_=quotas.c.drained_at)

# Made once: posts take of them.
_TAKE = (
    insert(quotas)
    .values(
        person_id=sa.bindparam("person"),
        kind=sa.bindparam("of_kind"),
        drained_at=sa.bindparam("at_first", type_=Moment),
    )
    .on_conflict_do_update(
        index_elements=[quotas.c.person_id, quotas.c.kind],
        set_={"drained_at": sa.type_coerce(_FROM, sa.BigInteger) + sa.bindparam("step", type_=sa.BigInteger)},
        where=_FROM <= _LATEST,
    )
    .returning(quotas.c.person_id)
)


async def take(conn: Connection, person_id: int, kind: str, most: int, now: datetime) -> bool:
    """Let somebody do once more what he may do ``most`` times a minute, and count it; False if he has done it as often.

    Carried out by `Store.claim`, nobody has to wait for it but who takes of the same quota, and he for one statement.
    """
    step = _MINUTE // most
    moments = {"now": now, "far": now + 2 * _MINUTE, "latest": now + _MINUTE - step, "at_first": now + step}
    taking = {"person": person_id, "of_kind": kind, "step": step // _MICROSECOND, **moments}
    return (await conn.execute(_TAKE, taking)).scalar() is not None


async def drop_drained(conn: Connection, now: datetime) -> None:
    """Delete what has drained, which is as if it had never been there; by `Store.claim`, as `take`."""
    far = {"now": now, "far": now + 2 * _MINUTE}
    await conn.execute(sa.delete(quotas).where(_HAS_DRAINED), far)
