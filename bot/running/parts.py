"""The parts of a process: all run until one ends or the process is to stop, and then are ended one after the other."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """What runs as long as the process does.

    Attributes:
        name: of its task.
        run: runs until cancelled, or until it was asked to stop and is done.
        stop: asks it to finish what it has in hand; without it, it is cancelled.
        seconds: how long it may take for that before it is cancelled.

    """

    name: str
    run: Callable[[], Coroutine[Any, Any, None]]
    stop: Callable[[], None] | None = None
    seconds: float = 0


async def run_parts(parts: Sequence[Part], stop: asyncio.Event) -> None:
    """Run parts until the stop comes or one of them ends, then end them in the order in which they stand.

    What one hands to the next should come first: what it still brings about is then carried on. Cancelled, all are
    cancelled at once.

    Raises:
        Exception: what the part raised that ended.

    """
    # The last is started first: it is ready when the first has something for it.
    running = [(part, asyncio.create_task(part.run(), name=part.name)) for part in reversed(parts)]
    try:
        await first_of(stop.wait(), *(task for _, task in running))
    except asyncio.CancelledError:
        for _, task in running:
            task.cancel()
        raise
    finally:
        for part, task in reversed(running):
            if part.stop:
                part.stop()
            await end(task, part.seconds)


async def first_of(*works: Awaitable[Any]) -> None:
    """Wait until one of them ends, and raise what it raised; those that are tasks already go on."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for work, task in zip(works, tasks, strict=True):
            if task is not work:
                task.cancel()
    for task in done:
        task.result()


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do some work, unless the stop comes first; tell whether it was done."""
    task = asyncio.create_task(work)
    await first_of(stop.wait(), task)
    finished = task.done()
    await end(task)
    return finished


async def end(task: asyncio.Task[Any], seconds: float = 0) -> None:
    """Give a task some time to end by itself, then cancel it; its fault, if any, was raised elsewhere."""
    await asyncio.wait([task], timeout=seconds)
    task.cancel()
    await asyncio.wait([task])
