"""Where somebody is, as stored updates tell it: used once, then forgotten."""

import json

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.tables import inbox

_FIELDS = ("location", "venue")


async def forget(conn: Connection, update_id: int) -> None:
    """Take out of a stored update where somebody is."""
    of_update = inbox.c.update_id == update_id
    raw = (await conn.execute(sa.select(inbox.c.raw).where(of_update))).scalar()
    if raw is not None:
        kept = json.loads(raw, object_hook=_without_place)
        await conn.execute(sa.update(inbox).where(of_update).values(raw=json.dumps(kept)))


def _without_place(found: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in found.items() if name not in _FIELDS}
