"""One of several processes delivers, and another one when it stops."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import clock
from bot.running.bell import Bell
from bot.running.common import Common
from bot.running.delivering import Delivery
from bot.settings import load_settings
from bot.store import leadership
from bot.store.engine import Store, open_store
from bot.store.leadership import DELIVERY, Candidate
from bot.store.processes import Presence
from bot.store.queues import outbox
from bot.store.queues.outbox import Outgoing
from bot.store.tables import State
from bot.store.tables import outbox as outbox_rows
from bot.telegram.dispatch import build_application
from tests.waiting import until

TOKEN = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture
async def store(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Store]:
    monkeypatch.setattr(leadership, "BEAT_SECONDS", 0.02)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    store = await open_store(postgres_url)
    yield store
    await store.close()


def _candidate(store: Store, url: str) -> tuple[Candidate, Delivery, Bell]:
    settings = load_settings()
    common = Common(settings, store, build_application(settings.telegram), Presence(store))
    candidate = Candidate(url, DELIVERY)
    return candidate, Delivery(common, candidate), common.bell


async def _leads(candidate: Candidate) -> None:
    async def looked() -> bool:
        return candidate.is_ours

    await until(looked)


async def test_who_stands_by_stops_at_once_and_takes_over_when_the_leader_stops(
    store: Store, postgres_url: str
) -> None:
    (first, leader, _), (second, next_one, _), (_, third, _) = (_candidate(store, postgres_url) for _ in range(3))
    leading = asyncio.create_task(leader.run())
    await _leads(first)
    waiting, standing_by = asyncio.create_task(next_one.run()), asyncio.create_task(third.run())
    third.stop()
    await standing_by
    leader.stop()
    await leading
    await _leads(second)
    next_one.stop()
    await waiting
    assert [first.is_ours, second.is_ours] == [False, False]


async def test_who_delivers_hears_of_messages_and_keeps_at_those_that_can_t_be_sent(
    store: Store, postgres_url: str
) -> None:
    candidate, delivery, bell = _candidate(store, postgres_url)
    running = asyncio.create_task(delivery.run())
    await _leads(candidate)
    message = Outgoing(7, 0, "a", "sendMessage", {"chat_id": 7, "text": "Hello"})
    await store.change(lambda conn: outbox.enqueue(conn, [message]))
    bell.ring_all()

    async def tried() -> bool:
        return bool(await store.look(outbox.next_due))

    await until(tried)
    running.cancel()
    await asyncio.wait([running])
    assert (await store.look(outbox.counts))[State.WAITING] == 1


async def test_what_a_dead_leader_had_in_hand_and_not_begun_is_tried_at_once(store: Store, postgres_url: str) -> None:
    message = Outgoing(7, 0, "a", "sendMessage", {"chat_id": 7, "text": "Hello"})
    await store.change(lambda conn: outbox.enqueue(conn, [message]))
    await store.claim(lambda conn: outbox.claim(conn, clock.now(), timedelta(hours=1), 1))
    candidate, delivery, _ = _candidate(store, postgres_url)
    running = asyncio.create_task(delivery.run())
    await _leads(candidate)

    async def tried() -> bool:
        found = await store.look(lambda conn: conn.execute(sa.select(outbox_rows.c.attempts)))
        return bool(found.scalar_one() > 1)

    await until(tried)
    running.cancel()
    await asyncio.wait([running])
