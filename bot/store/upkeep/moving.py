"""`sitrep migrate --from`: copy an installation of one process into a database that many share.

Rows are copied table by table, in the order of their keys, and each part in a transaction of its own. What is there
must be what the source begins with: so a move that broke off goes on where it was, one that is done changes nothing,
and a database that holds anything else is refused. In the end both sides are read anew and compared.
"""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa

from bot.errors import StoreFault
from bot.store import schema
from bot.store.columns import Facts, Stems
from bot.store.database import Database, faults_named, find
from bot.store.sqlite import existing_file
from bot.store.tables import metadata
from bot.store.upkeep.migrate import migrate

_AT_ONCE = 1_000
_STREAMED = {"stream_results": True, "max_row_buffer": _AT_ONCE}
_SUM_BITS = 256


@dataclass(frozen=True, slots=True)
class Moved:
    """A table that is the same on both sides.

    Attributes:
        rows: how many there are.
        copied: how many of them were copied now.
        checksum: of all rows, whatever their order; hexadecimal.

    """

    table: str
    rows: int
    copied: int
    checksum: str


async def move(source_url: str, target_url: str) -> AsyncGenerator[Moved, None]:
    """Copy all rows of a file of SQLite into a database of Postgres; tell of each table when it is done.

    Nobody can write in the source meanwhile. The target is brought to the schema of this version.

    Raises:
        StoreFault: one line that says what to mend; what was copied stays, and another call goes on from there.

    """
    source, target = existing_file(source_url), find(target_url)
    if not target.is_shared:
        raise StoreFault("DATABASE_URL names where to move to: write postgresql://user:password@host/name")
    await migrate(target_url)
    move = _Move(source, target)
    try:
        await asyncio.to_thread(move.begin)
        for table in metadata.sorted_tables:
            yield await asyncio.to_thread(move.copy, table)
    finally:
        await asyncio.to_thread(move.end)


class _Move:
    """A move; each of its calls may come from another thread."""

    def __init__(self, source: Database, target: Database) -> None:
        self._source = source
        self._target = target
        self._open = ExitStack()

    def begin(self) -> None:
        """Lock the source and make sure that it has the schema of this version."""
        engine = self._source.write_engine()
        self._open.callback(engine.dispose)
        with faults_named(self._source):
            self._from = self._open.enter_context(engine.begin())
            schema.check(self._from)
        self._engine = self._target.migration_engine()
        self._open.callback(self._engine.dispose)

    def end(self) -> None:
        """Let go of everything."""
        self._open.close()

    def copy(self, table: sa.Table) -> Moved:
        """Copy what is not there yet, and compare the sides."""
        rows = self._rows_of_source(table)
        there, sum_there = self._sum_up_target(table)
        begun, sum_begun = _sum_up(table, islice(rows, there))
        if (there, sum_there) != (begun, sum_begun):
            raise StoreFault(
                f"{self._target.name}: the table {table.name} has rows that are not of {self._source.name}: "
                "let DATABASE_URL name an empty database"
            )
        copied = 0
        while part := list(islice(rows, _AT_ONCE)):
            self._put(table, part)
            copied += len(part)
        count, checksum = _sum_up(table, self._rows_of_source(table))
        if self._sum_up_target(table) != (count, checksum):
            raise StoreFault(
                f"{self._target.name}: the table {table.name} is not what it is in {self._source.name}: "
                "somebody else has written there meanwhile; begin anew with an empty database"
            )
        self._number_on(table)
        self._count(table)
        return Moved(table.name, count, copied, f"{checksum:0{_SUM_BITS // 4}x}")

    def _rows_of_source(self, table: sa.Table) -> Iterator[tuple[Any, ...]]:
        with faults_named(self._source):
            yield from self._from.execute(_all(table))

    def _sum_up_target(self, table: sa.Table) -> tuple[int, int]:
        with faults_named(self._target), self._engine.connect() as connection:
            return _sum_up(table, connection.execute(_all(table), execution_options=_STREAMED))

    def _put(self, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
        names = [column.name for column in table.columns]
        with faults_named(self._target), self._engine.begin() as connection:
            connection.execute(_as_written(table).insert(), [dict(zip(names, row, strict=True)) for row in rows])

    def _number_on(self, table: sa.Table) -> None:
        """Let rows that come be numbered from where the source would."""
        key = table.autoincrement_column
        if key is None:
            return
        last = self._from.execute(sa.select(sa.func.max(key))).scalar() or 0
        if table.dialect_options["sqlite"]["autoincrement"]:  # numbers of deleted rows do not come again
            given = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :table")
            last = max(last, self._from.execute(given, {"table": table.name}).scalar() or 0)
        if last:
            with faults_named(self._target), self._engine.begin() as connection:
                number_on = sa.text("SELECT setval(pg_get_serial_sequence(:table, :key), :last)")
                connection.execute(number_on, {"table": table.name, "key": key.name, "last": last})

    def _count(self, table: sa.Table) -> None:
        """Let Postgres know how many rows there are: until it has counted by itself, it walks over all of them."""
        with faults_named(self._target), self._engine.begin() as connection:
            connection.execute(sa.text(f"ANALYZE {table.name}"))


def _all(table: sa.Table) -> sa.Executable:
    """Select all rows by their keys, with JSON and facts as the text that is stored, not as what is read of it."""
    return sa.select(*(_as_text(column) for column in table.columns)).order_by(*table.primary_key.columns)


def _as_text(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    if isinstance(column.type, sa.JSON):
        return sa.cast(column, sa.Text).label(column.name)
    return sa.type_coerce(column, sa.Text).label(column.name) if isinstance(column.type, Facts) else column


def _as_written(table: sa.Table) -> sa.Table:
    """Return a table into which that goes as it is."""
    columns = [
        sa.Column(
            column.name, _WrittenJson if isinstance(column.type, sa.JSON) else _plain(column.type), primary_key=False
        )
        for column in table.columns
    ]
    return sa.Table(table.name, sa.MetaData(), *columns)


def _plain(kind: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    return sa.Text() if isinstance(kind, Facts) else kind


class _WrittenJson(sa.types.TypeDecorator[str]):
    """JSON as the text that it is."""

    impl = sa.Text
    cache_ok = True

    def bind_expression(self, bindparam: sa.BindParameter[str]) -> sa.ColumnElement[Any]:
        """Tell the database that it is JSON."""
        return sa.cast(sa.type_coerce(bindparam, sa.Text), sa.JSON)


def _sum_up(table: sa.Table, rows: Iterable[Any]) -> tuple[int, int]:
    """Count rows, and add up their hashes, so that their order does not matter.

    Stems are left out: each database has them in its own way, and they are made anew where they are missing.
    """
    compared = [number for number, column in enumerate(table.columns) if not isinstance(column.type, Stems)]
    count = total = 0
    for row in rows:
        written = repr(tuple(row[number] for number in compared)).encode("utf-8", "surrogatepass")
        total += int.from_bytes(hashlib.sha256(written).digest())
        count += 1
    return count, total % (1 << _SUM_BITS)
