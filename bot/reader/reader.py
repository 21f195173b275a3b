"""The reader as an event loop sees it: asked by many at once, it does one thing after another."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from bot.posts import Post
from bot.reader.process import ReaderProcess
from bot.reader.work import ReadPost, read_new

_MOST_AT_ONCE = 4
"""So many posts are read with one trip to the process; whoever asks for something else waits for no more of them."""
_GROUP_SECONDS = 20.0
"""What takes longer is read post by post, each for as long as the process lets it."""

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
_Waiting = tuple[Post, asyncio.Future[ReadPost]]


class Reader:
    """Reads posts and makes digests, in a thread of its own, which waits for a process if there is one.

    Args:
        process: what reads; without one the thread does.

    """

    def __init__(self, process: ReaderProcess | None = None) -> None:
        self._process = process
        self._thread = ThreadPoolExecutor(1, "reading")
        self._waiting: list[_Waiting] = []
        self._reading: asyncio.Task[None] | None = None

    async def carry_out(self, work: Callable[[*Ts], T], *args: *Ts) -> T:
        """Carry a function out there, behind what was asked before; return what it returns, or raise what it raises.

        Raises:
            ReaderFault: it ends the process, or takes too long.

        """
        return await self._in_thread(self._call, work, *args)

    async def read(self, post: Post) -> ReadPost:
        """Read a post that came, together with others that come at the same time; `carry_out` goes before."""
        read: asyncio.Future[ReadPost] = asyncio.get_running_loop().create_future()
        self._waiting.append((post, read))
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read_waiting())
        return await read

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._process:
            self._process.close()

    async def _read_waiting(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting[:_MOST_AT_ONCE], self._waiting[_MOST_AT_ONCE:]
            try:
                found = await self._in_thread(self._read_group, [post for post, _ in group])
            except Exception:  # noqa: BLE001 - whatever one of them does, the others must not suffer for it
                found = [await self._read_alone(post) for post, _ in group]
            for (_, waiting), read in zip(group, found, strict=True):
                if not waiting.done():  # whoever asked may have been broken off
                    waiting.set_result(read)

    async def _read_alone(self, post: Post) -> ReadPost:
        try:
            [read] = await self.carry_out(read_new, [post])
        except Exception as fault:  # noqa: BLE001 - who asked is to know
            return ReadPost(faults=(fault,))
        return read

    def _read_group(self, posts: list[Post]) -> list[ReadPost]:
        return self._process.call(read_new, posts, within=_GROUP_SECONDS) if self._process else read_new(posts)

    async def _in_thread(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *args)

    def _call(self, work: Callable[[*Ts], T], *args: *Ts) -> T:
        return self._process.call(work, *args) if self._process else work(*args)
