"""The bot as a process, in one of its roles: what starts, in which order, and how it stops.

    receiver ─> inbox ─> worker ─> outbox ─> deliverer          each wakes the next; the tables are the truth
                           ├─> bursts ─> announcer ─> outbox    says once what came in quick succession
                           ├─> recaps ─> recap clock ─> runs ─> recapper ─> outbox
                           └─> edited posts ─> follower ─> outbox    brings posted recaps up to date
             sweep: once a minute wakes them all, should a wake-up ever have been lost
             recap clock: is woken at the next slot of all; once an hour what was kept long enough is deleted

`sitrep run` is all of it in one process. On several machines the roles share a Postgres, whose notifications wake the
other processes; of those that could, one delivers and one is the clock (`bot.store.leadership`).

Whatever is broken off, by SIGTERM or by SIGKILL, is found again in the tables: at the next start where one process has
the database for itself, else when others find that the process is gone, or its lease is over.
"""

import asyncio
import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial

import structlog

from bot import clock
from bot.errors import SettingFault
from bot.running.common import Common
from bot.running.delivering import delivering
from bot.running.ending import stop_on_signals
from bot.running.greeting import greet
from bot.running.living import living
from bot.running.opening import opened
from bot.running.parts import Part, run_parts, unless
from bot.running.receiving import receiving
from bot.running.seeing import listening_for_health, seeing
from bot.running.supervision import tell, tell_of_life
from bot.running.timekeeping import timekeeping
from bot.running.waking import waking
from bot.running.working import working
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.processes import Presence
from bot.store.queues import inbox, outbox
from bot.store.recapping import runs
from bot.telegram.dispatch import build_application
from bot.telegram.reading import reading_beside

_log = structlog.get_logger(__name__)

ROLES: dict[str, tuple[Callable[[Common], Sequence[Part]], ...]] = {
    "run": (receiving, timekeeping, working, delivering, living),
    "web": (receiving,),
    "worker": (working, delivering, living),
    "clock": (timekeeping,),
}
"""What each role does, in the order in which it is ended: what comes of one part is still taken up by the next."""

# What the parts may take together to end; process managers wait 10 s before they kill.
_SECONDS = 9
# So long a thread that computes keeps the lock of Python while others want it, else 5 ms. The event loop wants it
# at every request that it answers: with a tenth of that it takes twice as many updates while posts are read.
_SWITCH_SECONDS = 0.0005


async def run(settings: Settings, role: str = "run") -> int:
    """Run the bot in one of `ROLES` until SIGTERM or SIGINT; return the exit code.

    Raises:
        SitrepError: it can't start, or can't go on; one line that says why.

    """
    _check(settings, role)
    stop = stop_on_signals()
    sys.setswitchinterval(_SWITCH_SECONDS)
    async with AsyncExitStack() as closing:
        if health := listening_for_health(settings.health):
            closing.callback(health.close)
        migrates, receives = role == "run", receiving in ROLES[role]
        if not (store := await opened(settings, stop, health, migrates=migrates, receives=receives)):
            return 0
        closing.push_async_callback(store.close)
        if not store.is_shared:
            await _free_what_a_dead_process_left(store)
        if working in ROLES[role]:
            await closing.enter_async_context(reading_beside())
        application = build_application(settings.telegram)
        closing.push_async_callback(application.bot.shutdown)
        common = Common(settings, store, application, Presence(store), health)
        around = [*seeing(common), Part("supervision", tell_of_life)]
        await run_parts([Part("bot", partial(_work, common, role, stop), stop.set, _SECONDS), *around], stop)
        tell("STOPPING=1")
    _log.info("stopped")
    return 0


async def _work(common: Common, role: str, stop: asyncio.Event) -> None:
    """Greet Telegram, but for the clock, which has nothing to say to it; then do what the role does."""
    does = ROLES[role]
    if does != (timekeeping,) and not await unless(
        stop, greet(common.application, common.settings, receives=receiving in does)
    ):
        return
    parts = [part for make in does for part in make(common)]
    # What was loaded stays. To look through it for what could be freed took a tenth of a second, in which nobody was
    # answered, again and again.
    gc.freeze()
    _log.info("running", role=role, by="webhook" if common.settings.webhook.url else "polling")
    await run_parts([*parts, *waking(common)], stop)


def _check(settings: Settings, role: str) -> None:
    """See that the settings are such that the role can be played.

    Raises:
        SettingFault: they are not.

    """
    if role != "clock" and not settings.telegram.token.get_secret_value():
        raise SettingFault("setting telegram.token: it is empty; set TELEGRAM_TOKEN to what @BotFather gave you")
    if role != "run" and settings.database.url.startswith("sqlite:"):
        raise SettingFault(
            f"setting database.url: `sitrep {role}` works beside other processes, which SQLite is not made for; "
            "set DATABASE_URL=postgresql://..., or start `sitrep run` alone"
        )
    if role == "web" and not settings.webhook.url:
        raise SettingFault("setting webhook.url: it is empty; set WEBHOOK_URL to the address that Telegram is to call")


async def _free_what_a_dead_process_left(store: Store) -> None:
    """End all leases: the database is this process's alone, so whoever held them is gone."""
    now = clock.now()
    async with store.write() as conn:
        await inbox.end_leases(conn, now)
        await runs.end_leases(conn, now)
        await outbox.end_leases(conn, now)
