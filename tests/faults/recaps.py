"""Recaps on their way through faults: many at once, each with a fault of its own, and deaths in the middle of calls.

A death is one that a single message meets: whoever sends it ends without a word, as a killed process does, and what it
had in hand is found by its lease. Everything else is as in the real process.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
import structlog
from telegram import Bot
from telegram.request import HTTPXRequest, RequestData

from bot import clock
from bot.playground.client.cast import Bot as Account
from bot.playground.client.cast import Channel, Group, User
from bot.playground.client.local_telegram import LocalTelegram
from bot.posts import Desk
from bot.recap import RecapOptions, RunState
from bot.store import tables
from bot.store.desks import chats
from bot.store.desks.chats import Chat
from bot.store.engine import Store
from bot.store.queues import channel_messages, outbox
from bot.store.queues.outbox import Outgoing
from bot.store.recapping import recaps, runs
from bot.store.tables import State
from bot.telegram.delivery.deliver import Deliverer, WhenUncertain
from bot.telegram.delivery.pictures import picture_to
from bot.telegram.delivery.recaps import key_of
from bot.telegram.handling import message_to
from tests.faults.places import FOREIGN, Where, make_place, seen_in
from tests.waiting import until

PARTS = 3
PICTURE = b"\x89PNG\r\n\x1a\n the local Telegram looks no further"
_LEASE_IS_OVER = timedelta(seconds=121)
_MESSAGES = ("/sendMessage", "/sendPhoto")


class Death(StrEnum):
    """When the sender of a part dies."""

    NEVER = "never"
    BEFORE = "before the call"
    DURING = "during the call"
    AFTER = "after the call"


class _Killed(BaseException):
    """The sender has died."""


@dataclass(frozen=True)
class Case:
    """What happens to a part of a recap, which counts from 0."""

    fault: str | None
    part: int
    death: Death = Death.NEVER


@dataclass(frozen=True)
class Delivery:
    """A recap that is being delivered."""

    case: Case
    place: Where
    thread_id: int
    run_id: int
    owner_id: int
    texts: tuple[str, ...]
    new_place: Group | None = None


class DeadlyRequest(HTTPXRequest):
    """Carries calls to the local Telegram; in the n-th message to a chat its sender may die.

    Args:
        deaths: by (chat, n), n from 0.
        before: called in a thread before each message with the same.

    Attributes:
        dead: chats in which a sender has died.

    """

    def __init__(self, deaths: dict[tuple[int, int], Death], before: Callable[[int, int], None]) -> None:
        super().__init__(connection_pool_size=64, read_timeout=1, connect_timeout=30, pool_timeout=30)
        self._deaths = deaths
        self._before = before
        self._count: Counter[int] = Counter()
        self.dead: set[int] = set()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        death = Death.NEVER
        if url.endswith(_MESSAGES) and request_data:
            chat = int(request_data.json_parameters["chat_id"])
            number = self._count[chat]
            self._count[chat] += 1
            death = self._deaths.get((chat, number), Death.NEVER)
            await asyncio.to_thread(self._before, chat, number)
            if death is not Death.NEVER:
                self.dead.add(chat)
        if death is Death.BEFORE:
            raise _Killed
        call = asyncio.ensure_future(super().do_request(url, method, request_data, *args, **kwargs))
        if death is Death.DURING:
            await asyncio.sleep(0.002)
            call.cancel()
            raise _Killed
        answer = await call
        if death is Death.AFTER:
            raise _Killed
        return answer


class Stage:
    """Places on a local Telegram to which recaps are delivered.

    Args:
        telegram: its clock is the one that the bot follows.
        store: open.

    """

    def __init__(self, telegram: LocalTelegram, store: Store) -> None:
        self._telegram = telegram
        self._store = store
        self._account: Account = telegram.bot("sitrep_bot")
        self._owner: User = telegram.user("Olga")
        self._owner.starts(self._account)
        self._deaths: dict[tuple[int, int], Death] = {}
        self._channels: dict[int, Channel] = {}
        self._deliveries: list[Delivery] = []

    async def add(self, kind: str, case: Case, *, may_edit: bool = False, pictured: bool = False) -> None:
        """Queue a recap for a new place, and let its fault wait there; with a picture, that is the first part."""
        place, thread_id = await asyncio.to_thread(self._place, kind, may_edit)
        texts = tuple(f"{kind} {len(self._deliveries)} part {part}" for part in range(PARTS))
        new_place = None
        if case.fault:
            options: dict[str, Any] = {"seconds": 1 if case.fault == "flood" else 0.2}
            if case.fault == "refuse":
                options["description"] = "can't parse entities"
            if case.fault == "migrated":
                new_place = await asyncio.to_thread(self._telegram.supergroup, "New", self._account)
                options["migrate_to"] = new_place.id
            method = "sendPhoto" if pictured and not case.part else "sendMessage"
            skip = case.part - pictured if case.part else 0
            await asyncio.to_thread(self._telegram.fault, case.fault, method, chat=place.id, skip=skip, **options)
        if case.death is not Death.NEVER:
            self._deaths[place.id, case.part] = case.death
        run_id = await self._queue(kind, Desk(place.id, thread_id), texts, pictured=pictured)
        self._deliveries.append(Delivery(case, place, thread_id, run_id, self._owner.id, texts, new_place))

    def _place(self, kind: str, may_edit: bool) -> tuple[Where, int]:
        where, thread_id = make_place(self._telegram, self._account, kind, may_edit=may_edit)
        if isinstance(where, Channel):
            self._channels[where.id] = where
        return where, thread_id

    async def _queue(self, kind: str, desk: Desk, texts: tuple[str, ...], *, pictured: bool) -> int:
        now = clock.now()
        async with self._store.write() as conn:
            if kind == "channel":
                await chats.touch(conn, Chat(desk.chat_id, "channel", "Channel"))
                await channel_messages.note(conn, desk.chat_id, 1, now - timedelta(seconds=1))
            recap = await recaps.create(
                conn,
                owner_id=self._owner.id,
                source=Desk(self._owner.id),
                destination=desk,
                title="News",
                schedule="daily 09:00 UTC",
                options=RecapOptions(),
                next_slot=now + timedelta(days=1),
                now=now,
            )
            await runs.open_run(conn, recap.id, now, now)
            [run] = await runs.claim(conn, now, timedelta(minutes=1), 1)
            await runs.send(conn, run, parts=len(texts), posts=1, told_seq=1)
            calls = [("sendMessage", message_to(desk, text)) for text in texts]
            if pictured:
                calls[0] = ("sendPhoto", picture_to(desk, PICTURE, texts[0]))
            messages = [
                Outgoing(desk.chat_id, desk.thread_id, f"{key_of(run)}:{part}", method, payload, run.id)
                for part, (method, payload) in enumerate(calls)
            ]
            await outbox.enqueue(conn, messages, now)
        return run.id

    async def deliver(self, when_uncertain: WhenUncertain = "resend") -> list["Outcome"]:
        """Deliver everything, and tell what became of each recap."""
        request = DeadlyRequest(self._deaths, self._somebody_posts)
        bot = Bot(self._account.token, base_url=f"{self._telegram.url}/bot", request=request)
        async with bot, _delivering(Deliverer(self._store, bot, when_uncertain)) as deliverer:

            async def only_the_dead_are_left() -> bool:
                return await self._waiting() <= request.dead

            async def nothing_is_left() -> bool:
                return not await self._waiting()

            await until(only_the_dead_are_left, 120)
            await asyncio.to_thread(self._telegram.advance, _LEASE_IS_OVER.total_seconds())
            deliverer.crew.wake()
            await until(nothing_is_left, 120)
        return [await self._outcome(delivery) for delivery in self._deliveries]

    def _somebody_posts(self, chat: int, number: int) -> None:
        if number == 1 and chat in self._channels:
            self._channels[chat].post(FOREIGN)

    async def _waiting(self) -> set[int]:
        """Return the chats for which something waits in the outbox."""
        statement = sa.select(tables.outbox.c.chat_id).where(tables.outbox.c.state == State.WAITING).distinct()
        async with self._store.read() as conn:
            found = set((await conn.execute(statement)).scalars())
        await asyncio.sleep(0.05)
        return found

    async def _outcome(self, delivery: Delivery) -> "Outcome":
        async with self._store.read() as conn:
            run = await runs.get(conn, delivery.run_id)
            assert run
            recap = await recaps.get(conn, run.recap_id)
        shown = await asyncio.to_thread(self._shown, delivery)
        ours = [message for message in shown if message in delivery.texts]
        foreign = [message for message in shown if message.startswith(FOREIGN)]
        notices = await asyncio.to_thread(self._notices)
        return Outcome(delivery, run.state, ours, foreign, bool(recap and recap.paused_why), notices)

    def _shown(self, delivery: Delivery) -> list[str]:
        after = seen_in(delivery.new_place, self._account) if delivery.new_place else []
        return [*seen_in(delivery.place, self._account), *after]

    def _notices(self) -> int:
        return sum("News" in message.text for message in self._owner.sees(self._account))


@dataclass(frozen=True)
class Outcome:
    """What became of a recap.

    Attributes:
        ours: its parts, as they stand in the chat.
        foreign: what others posted there.
        notices: how often the owner was told of any recap.

    """

    delivery: Delivery
    state: RunState
    ours: list[str]
    foreign: list[str]
    is_paused: bool
    notices: int


@asynccontextmanager
async def _delivering(deliverer: Deliverer) -> AsyncIterator[Deliverer]:
    with structlog.testing.capture_logs():  # a death is written out at length
        watching = asyncio.create_task(clock.watch(deliverer.crew.wake))
        task = asyncio.create_task(deliverer.crew.run())
        yield deliverer
        watching.cancel()
        deliverer.crew.stop()
        await asyncio.wait_for(task, 10)
