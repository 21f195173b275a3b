"""How the bot fares, for those who watch it.

    /healthz   200 while the process lives: for whoever restarts it, or chooses whom to send requests
    /readyz    200 if all is as it should be, else 503; either way a JSON object says how it stands, and what is wrong
    /metrics   for Prometheus

A process that receives updates can do so whatever /readyz says: they wait in the inbox, and where even that can't be
written, at Telegram. So it is no reason to keep requests from it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import Metric
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import clock
from bot.errors import StoreFault
from bot.metrics import exposition, gauge
from bot.store.leadership import LOCKS
from bot.store.tables import State
from bot.store.upkeep.condition import Condition

_ANSWER_SECONDS = 5


async def alive(_request: Request) -> PlainTextResponse:
    """Tell that the process lives."""
    return PlainTextResponse("alive\n")


@dataclass(frozen=True, slots=True)
class Health:
    """Answers who asks how the bot fares.

    Args:
        look: looks how it stands with the work.
        led_here: tells what this process leads; that is all, if the database can't tell what others lead.
        longest_wait: an update may wait for so long.

    """

    look: Callable[[], Awaitable[Condition]]
    led_here: Callable[[], frozenset[str]]
    longest_wait: timedelta

    def routes(self) -> Sequence[Route]:
        """Return where the answers are."""
        return [Route("/readyz", self.ready), Route("/metrics", self.metrics)]

    async def ready(self, _request: Request) -> Response:
        """Tell whether all is as it should be."""
        try:
            found = await self._look()
        except StoreFault as fault:
            return JSONResponse({"ready": False, "wrong": [f"the database can't be used: {fault}"]}, 503)
        now = clock.now()
        wrong = found.wrong(now, self.longest_wait)
        told = {
            "ready": not wrong,
            "wrong": wrong,
            "updates_waiting": found.updates[State.WAITING],
            "updates_given_up": found.updates[State.PARKED],
            "oldest_update_seconds": _age(found.oldest_update, now),
            "last_update_seconds": _age(found.last_update, now),
            "messages_waiting": found.messages[State.WAITING],
            "oldest_message_seconds": _age(found.oldest_message, now),
            "next_slot": found.next_slot.isoformat() if found.next_slot else None,
            "led": sorted(found.led or ()),
            "led_here": sorted(self.led_here()),
        }
        return JSONResponse(told, 503 if wrong else 200)

    async def metrics(self, _request: Request) -> Response:
        """Tell what was counted; and what waits, if the database can tell."""
        try:
            measured = _measured(await self._look(), clock.now())
        except StoreFault:
            measured = [gauge("database_up", "1 if the database could be used just now.", 0)]
        # Writing the metrics reads files of the system.
        return Response(await asyncio.to_thread(exposition, measured), media_type=CONTENT_TYPE_LATEST)

    async def _look(self) -> Condition:
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                found = await self.look()
        except TimeoutError:
            raise StoreFault(f"it has not answered within {_ANSWER_SECONDS} s") from None
        return replace(found, led=self.led_here()) if found.led is None else found


def _measured(found: Condition, now: datetime) -> list[Metric]:
    messages = found.messages
    return [
        gauge("database_up", "1 if the database could be used just now.", 1),
        gauge("updates_waiting", "Updates that are not handled yet.", found.updates[State.WAITING]),
        gauge("updates_given_up", "Updates that could not be handled.", found.updates[State.PARKED]),
        gauge("oldest_update_seconds", "For how long an update has waited.", _age(found.oldest_update, now) or 0),
        gauge("messages_waiting", "Messages that are not sent yet.", messages[State.WAITING]),
        gauge("messages_refused", "Messages that Telegram refused.", messages[State.PARKED]),
        gauge("messages_uncertain", "Messages of which nobody knows whether they arrived.", messages[State.UNCERTAIN]),
        gauge("oldest_message_seconds", "For how long a message has waited.", _age(found.oldest_message, now) or 0),
        gauge("last_update_timestamp_seconds", "When the last update was received.", _timestamp(found.last_update)),
        gauge("recap_overdue_seconds", "For how long a slot has waited to be begun.", _age(found.next_slot, now) or 0),
        *(
            gauge(f"{what}_led", f"1 if some process leads the {what}.", what in (found.led or ()))
            for what in sorted(LOCKS)
        ),
    ]


def _age(moment: datetime | None, now: datetime) -> float | None:
    """Return how many seconds ago it was; 0 if it is to come."""
    return round(max((now - moment).total_seconds(), 0.0), 3) if moment else None


def _timestamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
