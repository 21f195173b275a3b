"""Live through a timeline: our clock, recapper and deliverer, a local Telegram, and time that stands still at a step.

A life of the process ends by a stop, or by a death in the middle of a call; the next one finds what the tables hold.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram import Bot

from bot.playground.client.cast import Channel
from bot.playground.client.local_telegram import LocalTelegram
from bot.posts import Desk
from bot.recap import Length, PausedWhy, RecapOptions, RecapState
from bot.recaps.clock import RecapClock
from bot.recaps.schedule import parse_schedule, write_schedule
from bot.recaps.slots import Schedule, next_slot
from bot.settings import Settings
from bot.store.columns import Moment
from bot.store.connection import Connection
from bot.store.desks import chats, posts
from bot.store.desks.chats import Chat
from bot.store.engine import Store
from bot.store.queues import channel_messages, outbox
from bot.store.recapping import recaps, runs
from bot.telegram.delivery.deliver import Deliverer
from bot.telegram.recapping.recapper import Recapper
from tests.faults.dying import DyingRequest
from tests.faults.places import FOREIGN, Where, make_place, seen_in
from tests.faults.telling import Lived, recaps_among, report
from tests.faults.timelines import Change, Made, Step, Timeline
from tests.waiting import until

CATCH_UP = timedelta(hours=12)
_FIRST_DESK = 9_000_000


# Whether messages can be sent now or are in hand, whether runs are, and whether runs can be composed.
_WORK = sa.text("""
    SELECT EXISTS (
        SELECT 1 FROM (SELECT min(id), due, lease_until FROM outbox WHERE state = 'waiting' GROUP BY chat_id)
        WHERE due IS NULL OR due <= :now OR lease_until IS NOT NULL
    ),
    EXISTS (SELECT 1 FROM runs WHERE state = 'waiting' AND lease_until IS NOT NULL),
    EXISTS (
        SELECT 1 FROM runs AS run WHERE state = 'waiting' AND lease_until IS NULL AND (due IS NULL OR due <= :now)
        AND NOT EXISTS (SELECT 1 FROM runs WHERE recap_id = run.recap_id AND state = 'sending')
    )
""").bindparams(sa.bindparam("now", type_=Moment))


class _Alarm(AsyncIOScheduler):  # type: ignore[misc]  # APScheduler has no types
    """Wakes nobody: steps do. The clock sets an alarm at the end of each look."""

    def __init__(self) -> None:
        super().__init__()
        self.is_set = asyncio.Event()

    def add_job(self, *_: Any, **__: Any) -> None:
        self.is_set.set()


@dataclass
class _Place:
    made: Made
    where: Where
    thread_id: int
    recap_id: int = 0


class _Process:
    """A process that posts recaps."""

    def __init__(self, store: Store, settings: Settings, bot: Bot) -> None:
        self.alarm = _Alarm()
        self.deliverer = Deliverer(store, bot, "resend")
        self.recapper = Recapper(store, settings, self.deliverer.crew.wake)
        self.clock = RecapClock(store, self.alarm, CATCH_UP, self.recapper.crew.wake)

    def start(self) -> list[asyncio.Task[None]]:
        works = [self.clock.run(), self.recapper.crew.run(), self.deliverer.crew.run()]
        return [asyncio.create_task(work) for work in works]

    def look(self) -> None:
        """See what is to be done at this moment."""
        self.alarm.is_set.clear()
        self.clock.wake()
        self.deliverer.crew.wake()


class Simulation:
    """A timeline being lived through.

    Args:
        telegram: a local one.
        stores: open, of one empty database; a process runs for each.
        settings: of the bot.
        now: what the clock shows at first.

    Attributes:
        now: what it shows.

    """

    def __init__(self, telegram: LocalTelegram, stores: Sequence[Store], settings: Settings, now: datetime) -> None:
        self._telegram = telegram
        self._store = stores[0]
        self._stores = stores
        self._settings = settings
        self.now = now
        self._account = telegram.bot("sitrep_bot")
        self._owner = telegram.user("Olga")
        self._owner.starts(self._account)
        self._places: list[_Place] = []
        self._reports: defaultdict[int, list[str]] = defaultdict(list)
        self._doubtful: set[int] = set()
        self._processes: list[_Process] = []

    async def live(self, timeline: Timeline) -> list[Lived]:
        """Live through a timeline, and tell what became of each recap."""
        for made in timeline.recaps:
            self._places.append(await self._set_up(made))
        await self._go_through(list(timeline.steps))
        self._telegram.clear_faults()
        await self._go_through(list(timeline.last))
        return [await self._lived(place) for place in self._places]

    async def _go_through(self, steps: list[Step]) -> None:
        while steps:
            async with self._life() as request:
                while steps and not request.died.is_set():
                    step = steps.pop(0)
                    self.now = step.now
                    await self._happen(step)
                    request.death = step.death
                    await self._work(request)
                    if steps and steps[0].restarts:
                        break

    @asynccontextmanager
    async def _life(self) -> AsyncIterator[DyingRequest]:
        """Begin a life of the processes, as the bot does: what a dead one left is free."""
        async with self._store.write() as conn:
            await runs.end_leases(conn, self.now)
            await outbox.end_leases(conn, self.now)
        request = DyingRequest()
        bot = Bot(self._account.token, f"{self._telegram.url}/bot", request=request, get_updates_request=request)
        async with bot:
            self._processes = [_Process(store, self._settings, bot) for store in self._stores]
            tasks = [task for process in self._processes for task in process.start()]
            with structlog.testing.capture_logs():  # a death is written out at length
                # Their first look is at the time before the next step, not in the middle of what happens in it.
                await until(self._have_looked, 120)
                yield request
                for task in tasks:
                    task.cancel()
                await asyncio.wait(tasks)
                # What was under way arrives, if nobody hears of it; hours pass until the next life looks for it.
                await asyncio.gather(*request.under_way, return_exceptions=True)
                await asyncio.sleep(0.05)  # what was in hand is broken off
            self._doubtful |= request.doubtful

    async def _work(self, request: DyingRequest) -> None:
        """Let the processes do all that is to be done at this moment, unless they die."""
        for process in self._processes:
            process.look()

        async def all_is_done() -> bool:
            await asyncio.sleep(0.01)
            if request.died.is_set():
                return True
            async with self._store.read() as conn:
                found = await conn.execute(_WORK, {"now": self.now})
            messages, is_composing, is_ready = found.one()
            for process in self._processes if is_ready else ():
                process.recapper.crew.wake()
            return await self._have_looked() and not (messages or is_composing or is_ready)

        await until(all_is_done, 120)
        request.sent_to.clear()  # what became of these messages is noted

    async def _have_looked(self) -> bool:
        return all(process.alarm.is_set.is_set() for process in self._processes)

    async def _happen(self, step: Step) -> None:
        async with self._store.write() as conn:
            for desk in step.posts:
                one = report(desk, len(self._reports[desk]))
                self._reports[desk].append(one.text.partition(" ")[0])
                await posts.add(conn, Desk(_FIRST_DESK + desk), one, self.now)
            for number, change, schedule in step.changes:
                await self._change(conn, self._places[number].recap_id, change, schedule)
        for number in step.strangers:
            where = self._places[number].where
            if isinstance(where, Channel):
                await asyncio.to_thread(where.post, FOREIGN)

    async def _change(self, conn: Connection, recap_id: int, change: Change, schedule: Schedule | None) -> None:
        recap = await recaps.get(conn, recap_id)
        assert recap
        if change is Change.PAUSE:
            await recaps.pause(conn, recap_id, PausedWhy.ASKED)
        elif schedule:
            slot = next_slot(schedule, self.now)
            await recaps.change(conn, recap_id, schedule=write_schedule(schedule), next_slot=slot)
        elif recap.state is RecapState.PAUSED:
            await recaps.resume(conn, recap_id, next_slot(parse_schedule(recap.schedule, ZoneInfo("UTC")), self.now))

    async def _set_up(self, made: Made) -> _Place:
        place = await asyncio.to_thread(self._place, made)
        desk = Desk(place.where.id, place.thread_id)
        async with self._store.write() as conn:
            if made.kind == "channel":
                await chats.touch(conn, Chat(desk.chat_id, "channel", "Channel"))
                await channel_messages.note(conn, desk.chat_id, 1, self.now - timedelta(days=2))
            recap = await recaps.create(
                conn,
                owner_id=self._owner.id,
                source=Desk(_FIRST_DESK + made.desk),
                destination=desk,
                title="News",
                schedule=write_schedule(made.schedule),
                options=RecapOptions(length=Length.LONG),
                next_slot=next_slot(made.schedule, self.now),
                now=self.now,
            )
        place.recap_id = recap.id
        return place

    def _place(self, made: Made) -> _Place:
        where, thread_id = make_place(self._telegram, self._account, made.kind)
        for fault, skip in made.faults:
            options: dict[str, Any] = {"seconds": 1 if fault == "flood" else 0.02}
            if fault == "refuse":
                options["description"] = "can't parse entities"
            self._telegram.fault(fault, "sendMessage", chat=where.id, skip=skip, **options)
        return _Place(made, where, thread_id)

    async def _lived(self, place: _Place) -> Lived:
        async with self._store.read() as conn:
            history = await runs.history(conn, place.recap_id, 1000)
        shown = await asyncio.to_thread(seen_in, place.where, self._account)
        doubts = {fault for fault, _ in place.made.faults} - {"flood", "refuse"}
        return Lived(
            place.made,
            history[::-1],
            recaps_among(shown),
            not doubts and place.where.id not in self._doubtful,
            self._reports[place.made.desk],
        )
