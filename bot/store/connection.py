"""Transactions for an event loop: each connection to the database has a thread that alone uses it.

A transaction is gone through in steps, with a trip to the thread for each statement; or it is one function that waits
for nothing but the database, with one trip for all. SQLAlchemy's own way (``ext.asyncio`` over aiosqlite) made four
trips for each statement: of a post that is taken in, they were half the work.
"""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from contextvars import copy_context
from typing import Any, Protocol, TypeVar, TypeVarTuple, overload

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import TypedReturnsRows

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]
_ROWS = 200
_STREAMED = {"stream_results": True, "max_row_buffer": _ROWS}
# So long a transaction is tried again that others were in the way of. Twelve tries, a second in all, were once too few
# for one of 200 that changed the same row on a very busy machine.
_LONGEST_SECONDS = 5.0
_FIRST_PAUSE = 0.002
_LONGEST_PAUSE = 0.25
Work = Callable[["Connection"], Coroutine[Any, Any, T]]


class _Trip(Protocol):
    """Carries a call out where the connection may be used."""

    async def __call__(self, function: Callable[[*Ts], T], *args: *Ts) -> T: ...


async def _stay(function: Callable[[*Ts], T], *args: *Ts) -> T:
    return function(*args)


class Connection:
    """A connection within a transaction, which whoever opened it commits.

    Args:
        connection: of one thread.
        trip: carries calls out in that thread; none is needed by who is there already.

    """

    def __init__(self, connection: sa.Connection, trip: _Trip = _stay) -> None:
        self._connection = connection
        self._trip = trip

    @overload
    async def execute(
        self, statement: TypedReturnsRows[*Ts], parameters: Parameters | None = None
    ) -> sa.Result[*Ts]: ...
    @overload
    async def execute(
        self, statement: UpdateBase, parameters: Parameters | None = None
    ) -> sa.CursorResult[*tuple[Any, ...]]: ...
    @overload
    async def execute(
        self, statement: sa.Executable, parameters: Parameters | None = None
    ) -> sa.Result[*tuple[Any, ...]]: ...
    async def execute(
        self, statement: sa.Executable, parameters: Parameters | None = None
    ) -> sa.Result[*tuple[Any, ...]]:
        """Execute a statement and fetch all its rows."""
        return await self._trip(_execute, self._connection, statement, parameters)

    async def stream(self, statement: TypedReturnsRows[*Ts]) -> AsyncGenerator[sa.Row[*Ts], None]:
        """Execute a query and yield its rows as they are fetched: memory holds few of them at once."""
        result = await self._trip(_open, self._connection, statement)
        try:
            while rows := await self._trip(result.fetchmany, _ROWS):
                for row in rows:
                    yield row
        finally:
            await self._trip(result.close)


def _execute(
    connection: sa.Connection, statement: sa.Executable, parameters: Parameters | None
) -> sa.Result[*tuple[Any, ...]]:
    result = connection.execute(statement, parameters)
    return result.freeze()() if result.returns_rows else result


def _open(connection: sa.Connection, statement: TypedReturnsRows[*Ts]) -> sa.Result[*Ts]:
    return connection.execute(statement, execution_options=_STREAMED)


class ConnectionThread:
    """A connection, and its thread; of one event loop.

    What was begun in the thread is finished there, even if nobody waits for it any more: the next transaction begins
    behind it.

    Args:
        engine: has a connection to spare.
        name: of the thread.
        will_pass: tells whether a transaction that failed may succeed if it is carried out again.

    """

    def __init__(self, engine: sa.Engine, name: str, will_pass: Callable[[DatabaseError], bool]) -> None:
        self._engine = engine
        self._will_pass = will_pass
        self._thread = ThreadPoolExecutor(1, name)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Open a transaction, commit it at the end, undo it if an exception leaves the block."""
        async with self._turn:
            held = ExitStack()
            try:
                connection = await self._trip(held.enter_context, self._engine.begin())
                yield Connection(connection, self._trip)
            except BaseException as error:
                await self._trip(held.__exit__, type(error), error, error.__traceback__)
                raise
            await self._trip(held.close)

    async def carry_out(self, work: Work[T], engine: sa.Engine | None = None) -> T:
        """Carry a whole transaction out, and return what ``work`` does; undo it if an exception leaves it.

        Where others were in the way, ``work`` is carried out again, for some seconds at most: what it does beside the
        transaction must bear that.

        Args:
            work: what to do.
            engine: another one on the same pool of connections.

        Raises:
            RuntimeError: ``work`` waits for something else than the database.

        """
        async with self._turn:
            return await self._trip(copy_context().run, self._transact, work, engine or self._engine)

    async def close(self) -> None:
        """Wait for the thread to end."""
        await asyncio.to_thread(self._thread.shutdown)

    def _transact(self, work: Work[T], engine: sa.Engine) -> T:
        pause, until = _FIRST_PAUSE, time.monotonic() + _LONGEST_SECONDS
        while True:
            try:
                return _once(work, engine)
            except DatabaseError as error:
                if not self._will_pass(error) or time.monotonic() > until:
                    raise
            time.sleep(pause * random.random())  # noqa: S311 - so that two do not try in step
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _trip(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        return await asyncio.shield(asyncio.wrap_future(self._thread.submit(function, *args)))


def _once(work: Work[T], engine: sa.Engine) -> T:
    with engine.begin() as connection:
        return _finish(work(Connection(connection)))


def _finish(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits."""
    try:
        work.send(None)
    except StopIteration as stop:
        result: T = stop.value
        return result
    work.close()
    raise RuntimeError("a transaction in one function may wait for nothing but the database")
