"""Work through a table of the store: claim what is due, do each piece in its own task, rest until there is more."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Generic, TypeVar

import structlog

from bot import clock
from bot.errors import StoreFault
from bot.metrics import STORE_FAULTS

_log = structlog.get_logger(__name__)
# A store that fails is one of this machine: to ask it often costs nobody anything.
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 5.0
_RENEWAL_SECONDS = 15.0
_MOMENT_SECONDS = 0.02

Piece = TypeVar("Piece")


class Crew(Generic[Piece]):
    """Hands that work through a table.

    Args:
        name: for the log.
        claim: lease at most so many pieces.
        work: do one piece, and settle it in the store.
        next_due: tell when there is a next piece; None if nothing waits for its time.
        hands: how many pieces are worked on at once.
        renew: lease pieces for longer; those in hand are renewed every `_RENEWAL_SECONDS`.
        release: give pieces back that a fault of the store kept from being done. Without it they are left to their
            leases.

    """

    def __init__(  # noqa: PLR0913 - all that is asked of one table
        self,
        name: str,
        *,
        claim: Callable[[int], Awaitable[Sequence[Piece]]],
        work: Callable[[Piece], Awaitable[None]],
        next_due: Callable[[], Awaitable[datetime | None]],
        hands: int,
        renew: Callable[[Sequence[Piece]], Awaitable[object]] | None = None,
        release: Callable[[Sequence[Piece]], Awaitable[object]] | None = None,
    ) -> None:
        self._name = name
        self._claim = claim
        self._work = work
        self._next_due = next_due
        self._hands = hands
        self._renew = renew
        self._release = release
        self._tasks: dict[asyncio.Task[None], Piece] = {}
        self._undone: list[Piece] = []
        self._woken = asyncio.Event()
        self._stopping = False
        self._fault = StoreFault()
        self._pause = 0.0

    @property
    def in_hand(self) -> list[Piece]:
        """The pieces that are being worked on."""
        return list(self._tasks.values())

    def wake(self) -> None:
        """Look for work now."""
        self._woken.set()

    def stop(self) -> None:
        """Take on nothing more; `run` returns when what is in hand is done."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Work until stopped; if cancelled, what is in hand is broken off and left to its leases."""
        renewing = asyncio.create_task(self._keep())
        try:
            while not self._stopping:
                self._woken.clear()
                try:
                    await self._round()
                except StoreFault as fault:
                    await self._wait_for_the_store(fault)
            await asyncio.gather(*self._tasks, return_exceptions=True)
        finally:
            for task in (renewing, *self._tasks):
                task.cancel()

    async def _round(self) -> None:
        await self._give_back()
        if len(self._tasks) > self._hands // 2:
            # To claim one piece takes as long as to claim many: wait for more hands.
            await asyncio.sleep(_MOMENT_SECONDS)
        free = self._hands - len(self._tasks)
        pieces = await self._claim(free) if free else []
        for piece in pieces:
            task = asyncio.create_task(self._do(piece))
            self._tasks[task] = piece
            task.add_done_callback(self._done)
        if not pieces:
            await self._rest(await self._next_due() if free else None)

    async def _do(self, piece: Piece) -> None:
        try:
            await self._work(piece)
        except StoreFault as fault:
            self._undone.append(piece)
            self._fault = fault
        else:
            self._pause = 0.0

    async def _give_back(self) -> None:
        """Give back what the store failed at, after a while: what can be claimed need not be what can be done."""
        if self._undone:
            await self._wait_for_the_store(self._fault)
        undone = tuple(self._undone)
        if undone and self._release:
            await self._release(undone)
        del self._undone[: len(undone)]

    async def _keep(self) -> None:
        """Keep what is in hand ours for as long as it takes."""
        while True:
            await asyncio.sleep(_RENEWAL_SECONDS)
            if self._tasks and self._renew:
                with suppress(StoreFault):  # there is time for another try
                    await self._renew(self.in_hand)

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._tasks[task]
        self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            _log.error("work broke off", crew=self._name, exc_info=error)

    async def _rest(self, until: datetime | None) -> None:
        seconds = clock.seconds_until(until) if until else None
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _wait_for_the_store(self, fault: StoreFault) -> None:
        STORE_FAULTS.labels(self._name).inc()
        self._pause = min(max(_FIRST_PAUSE, self._pause * 2), _LONGEST_PAUSE)
        _log.error("the store failed", crew=self._name, fault=str(fault), again_in=self._pause)
        await asyncio.sleep(self._pause)
