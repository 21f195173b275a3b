"""Recaps for tests."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.posts import Desk
from bot.recap import Recap, RecapOptions
from bot.recaps.schedule import parse_schedule, write_schedule
from bot.recaps.slots import next_slot
from bot.store.connection import Connection
from bot.store.recapping import recaps

ANNA = 7
DESK = Desk(ANNA)
CHANNEL = Desk(-1009)


def moment(clock: str, day: int = 5) -> datetime:
    """An instant in May 2025: the 5th is a Monday."""
    return datetime.fromisoformat(f"2025-05-{day:02}T{clock}").replace(tzinfo=UTC)


async def add_recap(
    conn: Connection, schedule: str = "daily 09:00", now: datetime | None = None, **fields: Any
) -> Recap:
    """Store a recap that was set up at midnight, unless said otherwise."""
    now = now or moment("00:00")
    read = parse_schedule(schedule, ZoneInfo("UTC"))
    usual = {"owner_id": ANNA, "source": DESK, "destination": CHANNEL, "title": "News", "options": RecapOptions()}
    return await recaps.create(
        conn, schedule=write_schedule(read), next_slot=next_slot(read, now), now=now, **{**usual, **fields}
    )
