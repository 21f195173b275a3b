"""A process that delivers no longer notes what it has sent, and begins nothing more."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot import clock
from bot.errors import StoreFault
from bot.store.connection import Connection
from bot.store.engine import Store
from bot.store.queues import outbox
from bot.store.queues.lanes import Claim
from bot.store.queues.outbox import OutboxItem, Outgoing
from bot.store.tables import State
from bot.telegram import limits
from bot.telegram.delivery.deliver import Deliverer
from bot.telegram.handling import BotApplication
from tests.telegram.api import MESSAGE, Answer, Api
from tests.waiting import until

LEASE = timedelta(minutes=1)


@pytest.fixture
async def deliverer(store: Store, application: BotApplication, api: Api) -> AsyncIterator[Deliverer]:
    deliverer = Deliverer(store, application.bot, "resend")
    task = asyncio.create_task(deliverer.crew.run())
    yield deliverer
    deliverer.crew.stop()
    await task


async def _queue(store: Store, *chats: int) -> None:
    calls = [Outgoing(chat, 0, f"to {chat}", "sendMessage", {"chat_id": chat, "text": "Hello"}) for chat in chats]
    await store.change(lambda conn: outbox.enqueue(conn, calls))


async def _is_sent(store: Store, count: int) -> bool:
    return (await store.look(outbox.counts))[State.DONE] == count


async def test_what_is_under_way_is_noted_even_if_the_store_fails_meanwhile(
    deliverer: Deliverer, store: Store, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Answer({"ok": True, "result": MESSAGE}, delay=0.3)
    api.will_say("sendMessage", late)
    await _queue(store, 7)
    deliverer.crew.wake()

    async def is_asked() -> bool:
        return bool(api.asked("sendMessage"))

    await until(is_asked)
    deliverer.hand_over()
    change, faults = store.change, iter([StoreFault("the server is gone")])

    async def failing_once(work: object) -> object:
        for fault in faults:
            raise fault
        return await change(work)  # type: ignore[arg-type] # whatever it is

    monkeypatch.setattr(store, "change", failing_once)
    await until(lambda: _is_sent(store, 1))
    assert len(api.asked("sendMessage")) == 1


async def test_what_is_not_begun_is_given_back(
    deliverer: Deliverer, store: Store, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The call waits for its turn in its chat when somebody else takes over."""
    monkeypatch.setattr(limits, "_CHAT", (1, 0.3))
    waiting = Deliverer(store, deliverer._bot, "resend")
    await _queue(store, 7)
    async with waiting._limits.message(7):
        deliverer.hand_over()
        running = asyncio.create_task(waiting.crew.run())

        async def is_leased() -> bool:
            return bool(waiting.crew.in_hand)

        await until(is_leased)
        waiting.hand_over()
    waiting.crew.stop()
    await running
    assert api.asked("sendMessage") == []
    (free,) = await store.change(lambda conn: outbox.claim(conn, clock.now(), LEASE, 5))
    assert free.doubts == 0


async def test_who_takes_over_sends_what_waits(deliverer: Deliverer, store: Store, api: Api) -> None:
    deliverer.hand_over()
    await _queue(store, 7, 8)
    deliverer.crew.wake()
    await deliverer.take_over()
    await until(lambda: _is_sent(store, 2))


async def test_who_stood_still_after_he_had_begun_leaves_the_call_to_who_took_it_over(
    deliverer: Deliverer, store: Store, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, others = outbox.begin, list[OutboxItem]()

    async def begin_and_stand_still(conn: Connection, claim: Claim, until: datetime) -> bool:
        begun = await begin(conn, claim, until)
        monkeypatch.setattr(clock, "now", lambda: until)
        others.extend(await outbox.claim(conn, until, LEASE, 5))
        return begun

    monkeypatch.setattr(outbox, "begin", begin_and_stand_still)
    await _queue(store, 7)
    deliverer.crew.wake()

    async def is_left() -> bool:
        return bool(others) and not deliverer.crew.in_hand

    await until(is_left)
    assert api.asked("sendMessage") == []
    assert await store.change(lambda conn: outbox.sent(conn, others[0].claim, 1, clock.now()))
