"""Pictures of calls that are queued (parameter ``photo``): one call holds the picture, others name that call.

As soon as Telegram has the picture its id stands in the place of the picture, and is all that further calls need.
"""

from typing import Any

import sqlalchemy as sa

from bot.store.connection import Connection
from bot.store.queues import lanes
from bot.store.queues.lanes import Claim
from bot.store.queues.outbox import Outgoing
from bot.store.tables import outbox

PICTURE_OF = "picture_of"
"""Names the key of the call that holds the picture, in place of a picture."""


async def get(conn: Connection, key: str) -> Any:
    """Get the picture of the call with a key, or its id; None if the call is gone, or has none any more."""
    payload = await _payload(conn, key)
    return payload.get("photo") if payload else None


async def note(conn: Connection, key: str, picture_id: str) -> None:
    """Put the id of a picture in its place, which is in the call with a key or in the one that this names."""
    payload = await _payload(conn, key)
    if payload and isinstance(held := payload.get("photo"), dict) and PICTURE_OF in held:
        key = held[PICTURE_OF]
        payload = await _payload(conn, key)
    if payload and "photo" in payload:
        there = sa.update(outbox).where(outbox.c.key == key)
        await conn.execute(there.values(payload=payload | {"photo": picture_id}))


async def leave_out(conn: Connection, claim: Claim, message: Outgoing, why: str) -> bool:
    """Let another message be sent, at once, in place of one with a picture; False if that is not ours any more."""
    values = {"method": message.method, "payload": message.payload, "error": why}
    return await lanes.settle(conn, outbox, claim, **values, due=None, doubts=0, probes=0)


async def _payload(conn: Connection, key: str) -> dict[str, Any] | None:
    return (await conn.execute(sa.select(outbox.c.payload).where(outbox.c.key == key))).scalar()
