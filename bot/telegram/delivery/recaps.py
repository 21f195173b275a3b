"""What becomes of a recap when one of its messages is sent, refused or given up; in the transaction that notes it.

When the last part is settled the run is over: what it told is told, and subscribers get their copies. A part that
Telegram refuses stops those after it, and the recap's owner hears of it once: what was posted before is told, and the
rest is left to the next recap.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.errors import ApiFault
from bot.posts import Desk
from bot.recap import PausedWhy, Recap, Run, RunState
from bot.store.connection import Connection
from bot.store.desks import chats
from bot.store.queues import outbox
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import recaps, runs, subscribers, told
from bot.telegram.delivery.calls import MESSAGES, Unwelcome
from bot.telegram.delivery.pictures import picture_again
from bot.telegram.handling import message_to
from bot.telegram.texts import Texts, language_for

_NOTICES = {PausedWhy.REMOVED: "recap-owner-removed", PausedWhy.RIGHTS: "recap-owner-rights"}


def key_of(run: Run) -> str:
    """Name a run in the keys of its messages."""
    return f"recap:{run.recap_id}:{run.slot.timestamp():.6f}"


def key_of_part(run: Run, part: int) -> str:
    """Name the message that is a part of a run, counted from 1."""
    return f"{key_of(run)}:{part}"


async def part_settled(conn: Connection, message: Outgoing, now: datetime) -> None:
    """End the run of a message that was sent, or is not to be sent again, if none of its messages waits any more."""
    run, recap = await _look_up(conn, message)
    if not run or not recap or run.state is not RunState.SENDING or await outbox.count_waiting(conn, run.id):
        return
    await runs.end(conn, run, RunState.POSTED, now, before=[RunState.SENDING])
    if run.told_seq is not None:
        await recaps.set_told(conn, recap.id, run.told_seq, now)
    parts = await outbox.of_run(conn, run.id)
    await outbox.enqueue(conn, await _pin(conn, recap, run, parts[0]) if recap.options.pin else [], now)
    await _copy_to_subscribers(conn, recap, parts, now)


async def part_refused(conn: Connection, message: Outgoing, fault: ApiFault | None, now: datetime) -> None:
    """Stop the run of a message that was refused, and tell the recap's owner; or unsubscribe who does not want it."""
    run, recap = await _look_up(conn, message)
    if not run or not recap or message.method not in MESSAGES:
        return
    why = fault.why if isinstance(fault, Unwelcome) else None
    if run.state is RunState.SENDING:
        await outbox.drop_run(conn, run.id, message.chat_id, "a part before it was refused")
        await runs.end(conn, run, RunState.FAILED, now, before=[RunState.SENDING], error=str(fault))
        await _leave_the_rest(conn, recap, run, now)
        if why:
            await recaps.pause(conn, recap.id, why)
        await tell_owner(conn, run, _NOTICES[why] if why else "recap-owner-refused", now, error=str(fault))
    elif why:
        await outbox.drop_run(conn, run.id, message.chat_id, "the bot is blocked")
        await subscribers.unsubscribe(conn, recap.id, message.chat_id)


async def tell_owner(conn: Connection, run: Run, text: str, now: datetime, **values: str) -> None:
    """Queue a message of the locales to the owner of a recap; once for a run."""
    recap = await recaps.get(conn, run.recap_id)
    if recap is None or (recap.destination.chat_id == recap.owner_id and text in _NOTICES.values()):
        return  # he has blocked the bot himself
    owner, chat = await chats.get(conn, recap.owner_id), await chats.get(conn, recap.destination.chat_id)
    texts = Texts(language_for(owner.lang if owner else None, recap.options.lang))
    where = chat.title if chat and chat.title else str(recap.destination.chat_id)
    payload = message_to(Desk(recap.owner_id), texts.say(text, title=recap.title, chat=where, **values))
    await outbox.enqueue(conn, [Outgoing(recap.owner_id, 0, f"{key_of(run)}:owner", "sendMessage", payload)], now)


async def _leave_the_rest(conn: Connection, recap: Recap, run: Run, now: datetime) -> None:
    """Note that only what was posted of a run is told; subscribers, too, get that now, and the rest by the next one."""
    posted = {part.key: part for part in await outbox.posted_of_run(conn, run.id)}
    parts = [number for number in range(1, (run.parts or 0) + 1) if key_of_part(run, number) in posted]
    await told.keep(conn, run.id, parts)
    await _copy_to_subscribers(conn, recap, [posted[key_of_part(run, number)] for number in parts], now)


async def _copy_to_subscribers(conn: Connection, recap: Recap, parts: Sequence[Outgoing], now: datetime) -> None:
    readers = await subscribers.of_recap(conn, recap.id)
    await outbox.enqueue(conn, [_copy(part, reader) for reader in readers for part in parts], now)


async def _look_up(conn: Connection, message: Outgoing) -> tuple[Run | None, Recap | None]:
    run = await runs.get(conn, message.run_id) if message.run_id is not None else None
    return run, await recaps.get(conn, run.recap_id) if run else None


async def _pin(conn: Connection, recap: Recap, run: Run, first: Outgoing) -> list[Outgoing]:
    message_id = await outbox.message_of(conn, first.key)
    if message_id is None:
        return []
    desk = recap.destination
    payload: dict[str, Any] = {"chat_id": desk.chat_id, "message_id": message_id, "disable_notification": True}
    return [Outgoing(desk.chat_id, desk.thread_id, f"{key_of(run)}:pin", "pinChatMessage", payload)]


def _copy(part: Outgoing, user_id: int) -> Outgoing:
    """Make the private copy of a part for a subscriber."""
    payload = {name: value for name, value in part.payload.items() if name != "message_thread_id"}
    if "photo" in payload:
        payload["photo"] = picture_again(part)
    return Outgoing(user_id, 0, f"{part.key}:{user_id}", part.method, payload | {"chat_id": user_id}, part.run_id)
