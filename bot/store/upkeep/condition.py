"""How it stands with the work: what waits, and for how long, what was given up, and who leads."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.errors import SchemaFault
from bot.store import schema
from bot.store.connection import Connection
from bot.store.engine import Store
from bot.store.leadership import CLOCK, DELIVERY, led
from bot.store.queues import inbox, lanes
from bot.store.recapping import recaps
from bot.store.tables import State
from bot.store.tables import inbox as inbox_table
from bot.store.tables import outbox as outbox_table

_REVISION = sa.text("SELECT version_num FROM alembic_version")
# A slot is begun within a second, unless nobody keeps the time.
_OVERDUE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Condition:
    """How it stood at one moment.

    Attributes:
        updates: how many of them wait, or were given up.
        oldest_update: when the oldest one was received that waits; None if none does.
        last_update: when the last one was received; None if none is known.
        messages: how many of them wait, were refused, or may have been sent.
        oldest_message: when the oldest one was queued that waits; None if none does.
        next_slot: the earliest slot that is not begun; None if there is no recap.
        led: what some process leads (`leadership.LOCKS`); None if the database can't tell.

    """

    updates: dict[State, int]
    oldest_update: datetime | None
    last_update: datetime | None
    messages: dict[State, int]
    oldest_message: datetime | None
    next_slot: datetime | None
    led: frozenset[str] | None

    def wrong(self, now: datetime, longest_wait: timedelta) -> list[str]:
        """Say in one line each what is not as it should be.

        Args:
            now: the time.
            longest_wait: an update may wait for so long.

        """
        found = []
        if self.led is not None and CLOCK not in self.led:
            found.append("nobody keeps the time of recaps: start `sitrep clock`")
        if self.led is not None and DELIVERY not in self.led:
            found.append("nobody sends messages: start `sitrep worker`")
        if self.oldest_update and now - self.oldest_update > longest_wait:
            waited = (now - self.oldest_update).total_seconds()
            found.append(f"an update has waited for {waited:.0f} s: look at the log, or start another `sitrep worker`")
        if self.next_slot and now - self.next_slot > _OVERDUE:
            slot = f"{self.next_slot:%Y-%m-%d %H:%M} UTC"
            found.append(f"a recap has been due since {slot} and is not begun: look at the log")
        return found


async def condition(store: Store) -> Condition:
    """Look how it stands.

    Raises:
        SchemaFault: the schema is not the one that this version needs.
        StoreFault: the database can't be read.

    """

    async def look(conn: Connection) -> Condition:
        if (await conn.execute(_REVISION)).scalar() != schema.NEWEST:  # somebody migrated meanwhile
            raise SchemaFault
        return Condition(
            updates=await _count(conn, inbox_table, State.WAITING, State.PARKED),
            oldest_update=await inbox.oldest_waiting(conn),
            last_update=await _last_received(conn),
            messages=await _count(conn, outbox_table, State.WAITING, State.PARKED, State.UNCERTAIN),
            oldest_message=await lanes.oldest(conn, outbox_table.c.created),
            next_slot=await recaps.next_due(conn),
            led=await led(conn) if store.is_shared else None,
        )

    return await store.look(look)


async def _count(conn: Connection, table: sa.Table, *states: State) -> dict[State, int]:
    """Count rows in some states, not in all: those that are done with are many."""
    counted = sa.select(table.c.state, sa.func.count()).where(table.c.state.in_(states)).group_by(table.c.state)
    return dict.fromkeys(states, 0) | {State(state): count for state, count in await conn.execute(counted)}


async def _last_received(conn: Connection) -> datetime | None:
    received = inbox_table.c.received
    found: datetime | None = (await conn.execute(sa.select(sa.func.max(received, type_=received.type)))).scalar()
    return found
