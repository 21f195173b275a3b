"""The whole bot in one process: what starts, in which order, and how it stops.

    receiver ─> inbox ─> worker ─> outbox ─> deliverer          each wakes the next; the tables are the truth
                           ├─> bursts ─> announcer ─> outbox    says once what came in quick succession
                           ├─> recaps ─> recap clock ─> runs ─> recapper ─> outbox
                           └─> edited posts ─> follower ─> outbox    brings posted recaps up to date
             scheduler: wakes the recap clock at the next slot of all;
                        once a minute wakes them all, should a wake-up ever have been lost;
                        once an hour deletes what was kept long enough

Whatever is broken off, by SIGTERM or by SIGKILL, is found again in the tables at the next start.
"""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot import clock
from bot.errors import SettingFault, StoreFault, TokenFault
from bot.recaps.clock import RecapClock
from bot.settings import Settings
from bot.store import inbox, outbox, runs
from bot.store.engine import Store, open_store
from bot.store.migrate import migrate
from bot.store.retention import purge
from bot.telegram.bursts import Announcer
from bot.telegram.deliver import Deliverer
from bot.telegram.dispatch import build_application
from bot.telegram.following import Follower
from bot.telegram.handling import BotApplication
from bot.telegram.introduction import introduce
from bot.telegram.reading import load_reading, reading_beside
from bot.telegram.recapper import Recapper
from bot.telegram.receive import WANTED, Receiver
from bot.telegram.worker import Worker
from bot.web.flood import Flood
from bot.web.group_commit import GroupCommit
from bot.web.server import build_web, listen, serve
from bot.web.webhook import Webhook, secret_of

_log = structlog.get_logger(__name__)

# Both fit into the 10 s that process managers wait before they kill.
_WORKER_SECONDS = 4
_DELIVERER_SECONDS = 4
_LONGEST_PAUSE = 60.0
# So long a thread that computes keeps the lock of Python while others want it, else 5 ms. The event loop wants it
# at every request that it answers: with a tenth of that it takes twice as many updates while posts are read.
_SWITCH_SECONDS = 0.0005


async def run(settings: Settings) -> int:
    """Run the bot until SIGTERM or SIGINT; return the exit code.

    Raises:
        SitrepError: it can't start, or can't go on; one line that says why.

    """
    if not settings.telegram.token.get_secret_value():
        raise SettingFault("setting telegram.token: it is empty; set TELEGRAM_TOKEN to what @BotFather gave you")
    stop = _stop_on_signals()
    sys.setswitchinterval(_SWITCH_SECONDS)
    await migrate(settings.database.url)
    async with AsyncExitStack() as closing:
        store = await open_store(settings.database.url)
        closing.push_async_callback(store.close)
        await _free_what_a_dead_process_left(store)
        await closing.enter_async_context(reading_beside())
        application = build_application(settings.telegram)
        closing.push_async_callback(application.bot.shutdown)
        if not await _unless(stop, _connect(application, settings)):
            return 0
        await _work(settings, store, application, stop)
    _log.info("stopped")
    return 0


async def _work(settings: Settings, store: Store, application: BotApplication, stop: asyncio.Event) -> None:
    deliverer = Deliverer(store, application.bot, settings.delivery.when_uncertain)
    announcer = Announcer(store, settings, on_messages=deliverer.crew.wake)
    recapper = Recapper(store, settings, on_messages=deliverer.crew.wake)
    follower = Follower(store, settings, on_messages=deliverer.crew.wake)
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
    recap_clock = RecapClock(store, scheduler, timedelta(hours=settings.recaps.catch_up), on_runs=recapper.crew.wake)
    asking = _all_of(announcer.crew.wake, recap_clock.wake, recapper.crew.wake)
    flood = Flood()
    worker = Worker(
        store,
        settings,
        application,
        on_messages=deliverer.crew.wake,
        on_handled=asking,
        calm=flood.ebb,
        limits=deliverer.limits,
    )
    wake_all = _all_of(worker.crew.wake, asking, follower.crew.wake, deliverer.crew.wake)
    scheduler.add_job(_call, "interval", minutes=1, args=(wake_all,))
    scheduler.add_job(
        _purge, "interval", hours=1, args=(store, settings.database.keep_days), next_run_time=datetime.now(UTC)
    )

    scheduler.start()
    watching = asyncio.create_task(clock.watch(wake_all), name="watch")
    ticking = asyncio.create_task(recap_clock.run(), name="recap clock")
    recapping = asyncio.create_task(recapper.crew.run(), name="recapper")
    following = asyncio.create_task(follower.crew.run(), name="follower")
    delivering = asyncio.create_task(deliverer.crew.run(), name="deliverer")
    working = asyncio.create_task(_handle(worker), name="worker")
    announcing = asyncio.create_task(announcer.crew.run(), name="announcer")
    receiving = asyncio.create_task(_receive(settings, store, worker.crew.wake, flood), name="receiver")
    _log.info("running", bot=application.bot.username, by="webhook" if settings.webhook.url else "polling")
    try:
        await _first_of(stop.wait(), receiving, working, announcing, ticking, recapping, following, delivering)
    finally:
        scheduler.shutdown(wait=False)
        await _end(watching)
        await _end(ticking)
        await _end(receiving)
        worker.crew.stop()
        await _end(working, _WORKER_SECONDS)
        await _end(announcing)
        await _end(recapping)
        await _end(following)
        deliverer.crew.stop()
        await _end(delivering, _DELIVERER_SECONDS)


async def _handle(worker: Worker) -> None:
    """Handle updates once reading is ready: a death of the process while it loads is then charged to no update."""
    await load_reading()
    await worker.crew.run()


async def _receive(settings: Settings, store: Store, on_updates: Callable[[], None], flood: Flood) -> None:
    """Receive updates until cancelled: by webhook if there is an address for it, else by polling."""
    if not settings.webhook.url:
        await Receiver(settings.telegram, store, on_updates).run()
        return
    webhook = Webhook(_webhook_secret(settings), GroupCommit(store, on_updates, flood))
    await serve(build_web(settings.webhook.url, webhook), listen(settings.webhook.host, settings.webhook.port))


def _webhook_secret(settings: Settings) -> str:
    return settings.webhook.secret.get_secret_value() or secret_of(settings.telegram.token.get_secret_value())


def _all_of(*calls: Callable[[], None]) -> Callable[[], None]:
    def all_of_them() -> None:
        for call in calls:
            call()

    return all_of_them


async def _call(wake: Callable[[], None]) -> None:
    # A coroutine, since the scheduler runs plain functions in threads.
    wake()


async def _purge(store: Store, keep_days: int) -> None:
    """Delete what was kept long enough, in parts between which others may write."""
    before = clock.now() - timedelta(days=keep_days)
    try:
        while True:
            async with store.write() as conn:
                purged = await purge(conn, before)
            if not purged.total:
                return
            _log.info("old rows were deleted", posts=purged.posts, updates=purged.updates, messages=purged.messages)
    except StoreFault as fault:
        _log.error("old rows can't be deleted; the next try is in an hour", fault=str(fault))


async def _connect(application: BotApplication, settings: Settings) -> None:
    """Greet Telegram and set the menu; try for as long as it takes.

    Raises:
        TokenFault: Telegram does not know the token.

    """
    pause = 1.0
    while not await _greet(application, settings):
        _log.info("trying Telegram again", after=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
    try:
        await introduce(application.bot)
    except TelegramError as error:
        # What an earlier start has set is still there; and Telegram wants it changed but rarely.
        _log.warning("descriptions and menus can't be set", fault=str(error))


async def _greet(application: BotApplication, settings: Settings) -> bool:
    try:
        await application.initialize()
        if settings.webhook.url:
            await application.bot.set_webhook(
                settings.webhook.url, allowed_updates=WANTED, secret_token=_webhook_secret(settings)
            )
        else:
            # An old webhook would keep updates from us; those that wait are kept.
            await application.bot.delete_webhook()
    except InvalidToken:
        raise TokenFault from None
    except BadRequest as error:
        raise SettingFault(f"setting webhook.url: Telegram refuses it: {error}") from None
    except TelegramError as error:
        _log.warning("Telegram can't be reached", fault=str(error))
        return False
    return True


async def _free_what_a_dead_process_left(store: Store) -> None:
    """End all leases: this mode has the database for itself, so whoever held them is gone."""
    now = clock.now()
    async with store.write() as conn:
        await inbox.end_leases(conn, now)
        await runs.end_leases(conn, now)
        await outbox.end_leases(conn, now)


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do some work, unless the stop comes first; tell whether it was done."""
    task = asyncio.create_task(work)
    await _first_of(stop.wait(), task)
    finished = task.done()
    await _end(task)
    return finished


async def _first_of(*works: Awaitable[Any]) -> None:
    """Wait until one of them ends, and raise what it raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


async def _end(task: asyncio.Task[None], seconds: float = 0) -> None:
    """Give a task some time to end by itself, then cancel it; its fault, if any, was raised elsewhere."""
    await asyncio.wait([task], timeout=seconds)
    task.cancel()
    await asyncio.wait([task])
