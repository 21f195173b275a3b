"""`sitrep outbox`: the messages that could not be sent."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.errors import InputFault
from bot.store.engine import opened_store
from bot.store.queues import unsent
from bot.store.queues.unsent import UnsentMessage
from bot.store.tables import State

_MOST = 100
_SHOWN = {State.PARKED: "refused", State.UNCERTAIN: "may have been sent"}


async def list_unsent(url: str, console: Console) -> None:
    """Print the messages that were given up, the newest first."""
    async with opened_store(url) as store:
        found = await store.look(lambda conn: unsent.unsent(conn, _MOST))
    if not found:
        console.print("No message was given up.")
        return
    table = Table("message", "chat", "queued (UTC)", "call", "state", "error", box=None, pad_edge=False)
    for message in found:
        queued, state = f"{message.created:%Y-%m-%d %H:%M:%S}", _SHOWN[message.state]
        table.add_row(str(message.id), str(message.chat_id), queued, message.method, state, message.error or "")
    console.print(table)
    console.print("sitrep outbox show ID shows one, sitrep outbox retry ID sends it again.", style="dim")


async def show(url: str, item_id: int) -> str:
    """Return all that is known of a message, as text.

    Raises:
        InputFault: there is no such message.

    """
    async with opened_store(url) as store:
        found = await store.look(lambda conn: unsent.find(conn, item_id))
    if found is None:
        raise InputFault(f"there is no message {item_id}: it was never queued, or was deleted since")
    return _written(found)


async def retry(url: str, item_ids: Sequence[int]) -> int:
    """Have messages that were given up sent again, all that Telegram refused if none is named; tell how many."""
    async with opened_store(url) as store:
        return await store.change(lambda conn: unsent.retry(conn, item_ids or None))


def _written(message: UnsentMessage) -> str:
    facts = {
        "message": message.id,
        "chat": message.chat_id,
        "queued": f"{message.created:%Y-%m-%d %H:%M:%S} UTC",
        "call": message.method,
        "state": message.state,
        "attempts": message.attempts,
        "error": message.error or "none",
    }
    if message.run_id is not None:
        facts["recap"] = f"run {message.run_id}; whoever manages the recap can have it posted again by /recap"
    head = "\n".join(f"{name + ':':10}{value}" for name, value in facts.items())
    return f"{head}\n\n{json.dumps(message.payload, ensure_ascii=False, indent=2)}\n"
