"""`sitrep inbox`: the updates that could not be handled."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.errors import InputFault
from bot.store.engine import opened_store
from bot.store.queues import parked
from bot.store.queues.parked import ReceivedUpdate

_MOST = 100


async def list_parked(url: str, console: Console) -> None:
    """Print the updates that were given up, the newest first."""
    async with opened_store(url) as store, store.read() as conn:
        found = await parked.parked(conn, _MOST)
    if not found:
        console.print("No update was given up.")
        return
    table = Table("update", "chat", "received (UTC)", "attempts", "error", box=None, pad_edge=False)
    for update in found:
        received = f"{update.received:%Y-%m-%d %H:%M:%S}"
        table.add_row(str(update.update_id), str(update.chat_id), received, str(update.attempts), update.error or "")
    console.print(table)
    console.print("sitrep inbox show ID shows one, sitrep inbox retry ID has it handled again.", style="dim")


async def show(url: str, update_id: int) -> str:
    """Return all that is known of an update, as text.

    Raises:
        InputFault: there is no such update.

    """
    async with opened_store(url) as store, store.read() as conn:
        found = await parked.find(conn, update_id)
    if found is None:
        raise InputFault(f"there is no update {update_id}: it never came, or was deleted since")
    return _written(found)


async def retry(url: str, update_ids: Sequence[int]) -> int:
    """Have updates that were given up handled again, all if none is named; tell how many they are."""
    async with opened_store(url) as store:
        return await store.change(lambda conn: parked.retry(conn, update_ids or None))


def _written(update: ReceivedUpdate) -> str:
    facts = {
        "update": update.update_id,
        "chat": update.chat_id,
        "received": f"{update.received:%Y-%m-%d %H:%M:%S} UTC",
        "state": update.state,
        "attempts": update.attempts,
        "error": update.error or "none",
    }
    head = "\n".join(f"{name + ':':10}{value}" for name, value in facts.items())
    return f"{head}\n\n{json.dumps(update.raw, ensure_ascii=False, indent=2)}\n"
