"""What happened: the calls of bots in order, with what each changed, and the stream of events."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.playground.world.facts import Json

KEPT_CALLS = 20_000
_KEPT_EVENTS = 1_000
_KEPT_PROBLEMS = 1_000


class Log:
    """The calls and the problems that were seen, and who listens to what happens."""

    def __init__(self) -> None:
        self.calls: deque[Json] = deque(maxlen=KEPT_CALLS)
        self.wrong_requests: deque[str] = deque(maxlen=_KEPT_PROBLEMS)
        self.wrong_answers: deque[str] = deque(maxlen=_KEPT_PROBLEMS)
        self._count = 0
        self._listeners: set[asyncio.Queue[Json | None]] = set()

    def add(self, call: Json) -> None:
        """Note a call."""
        self._count += 1
        call["number"] = self._count
        self.calls.append(call)
        self.tell({"type": "call", "call": call})

    def close(self) -> None:
        """Let the listeners go."""
        self._tell(None)

    def tell(self, event: Json) -> None:
        """Tell the listeners; one that does not keep up loses the oldest."""
        self._tell(event)

    def _tell(self, event: Json | None) -> None:
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(event)

    async def events(self) -> AsyncIterator[Json]:
        """Yield what happens from now on, until the log is closed."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue(_KEPT_EVENTS)
        self._listeners.add(queue)
        try:
            while (event := await queue.get()) is not None:
                yield event
        finally:
            self._listeners.discard(queue)
