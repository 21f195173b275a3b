"""A database with many rows, as a bot has it that has been at work for a month with much to do behind it.

What stands in a post or an analysis is short here: which way the database goes through its tables depends on how many
rows they have, and on how what it is asked for is spread among them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any, cast

import psycopg
import sqlalchemy as sa
from psycopg import sql

from bot.chat_settings import ChatSettings
from bot.posts import Analysis, Desk, Post
from bot.recap import Quotation, RecapOptions, RecapState, RunState
from bot.store.columns import Facts, Stems
from bot.store.database import find
from bot.store.tables import (
    State,
    albums,
    analyses,
    bursts,
    channel_messages,
    chat_settings,
    chats,
    editions,
    forwards,
    inbox,
    outbox,
    posts,
    quotas,
    quotations,
    quoted,
    recaps,
    runs,
    stems,
)
from bot.text.analysis import VERSION

NOW = datetime(2024, 11, 21, 6, 25, tzinfo=UTC)
MONTH = timedelta(days=30)
# As they are stored.
_SECOND = 1_000_000
_MINUTE = 60 * _SECOND
_NOW, _MONTH = int(NOW.timestamp()) * _SECOND, 30 * 24 * 60 * _MINUTE
BIG = Desk(7)
"""A desk with a quarter of all posts, or with as many as a desk may have."""
_BIG_AT_MOST = 20_000
_SMALL = 50
FIRST_CHAT = 1_000
_WORDS = 5_000

Rows = Iterable[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Many:
    """How many rows there are to be: of one post for each, of other things in proportion."""

    posts: int

    @property
    def in_big_desk(self) -> int:
        """The posts of the big desk, which stand among the others."""
        return min(self.posts // 4, _BIG_AT_MOST)

    @property
    def chats(self) -> int:
        """Chats, each with a desk of `_SMALL` posts."""
        return (self.posts - self.in_big_desk) // _SMALL

    @property
    def waiting(self) -> int:
        """Updates that wait, and as many messages: a backlog of a twentieth of all chats."""
        return min(self.posts // 5, 50_000)

    @property
    def lanes(self) -> int:
        """Chats that wait."""
        return self.waiting // 20

    def chat_of(self, number: int) -> int:
        """Tell the chat of a post."""
        every = self.posts // self.in_big_desk
        return BIG.chat_id if number % every == 0 else FIRST_CHAT + number % self.chats

    def received(self, number: int) -> int:
        """Tell when a post came, as it is stored: spread over the month before `NOW`."""
        return _NOW - _MONTH * (self.posts - number) // self.posts


def fill(url: str, many: Many) -> None:
    """Fill a migrated and empty database, and have it look at how its rows are spread."""
    engine = find(url).write_engine()
    with engine.begin() as connection:
        for table, columns, rows in _tables(many):
            write = _writer(table, columns, connection.dialect)
            written = map(write, rows)
            if connection.dialect.name == "postgresql":
                _copy(cast("psycopg.Connection", connection.connection.driver_connection), table, columns, written)
            else:
                marks = ", ".join("?" * len(columns))
                statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - no data
                connection.exec_driver_sql(statement, list(written))
    if engine.dialect.name == "postgresql":
        # As autovacuum does; nobody does so for SQLite.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()


def _copy(connection: psycopg.Connection, table: sa.Table, columns: Sequence[str], rows: Rows) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)) as copying:
            for row in rows:
                copying.write_row(row)
        # Numbers that were given are not drawn again.
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", (table.name, columns[0]))
        [[sequence]] = cursor.fetchall()
        if sequence:
            cursor.execute(
                sql.SQL("SELECT setval(%s, (SELECT max({}) FROM {}))").format(
                    sql.Identifier(columns[0]), sql.Identifier(table.name)
                ),
                (sequence,),
            )


def _writer(
    table: sa.Table, columns: Sequence[str], dialect: sa.Dialect
) -> Callable[[Sequence[object]], tuple[object, ...]]:
    """Make what writes rows as the database takes them: stems; the rest is written already."""
    places = [place for place, name in enumerate(columns) if isinstance(table.c[name].type, Stems)]
    write = cache(partial(Stems().process_bind_param, dialect=dialect))

    def written(row: Sequence[object]) -> tuple[object, ...]:
        return tuple(write(cast("Any", value)) if place in places else value for place, value in enumerate(row))

    return written if places else tuple


def _json(facts: Any) -> str:
    return str(Facts(type(facts)).process_bind_param(facts, cast("sa.Dialect", None)))


_POST = _json(Post("1", "The river rose by two metres overnight. 1,200 people left their homes."))
_ANALYSIS = _json(Analysis("1", VERSION, "en", noise=False, candidates=(), actors=(), numbers=()))


def _tables(many: Many) -> Iterator[tuple[sa.Table, tuple[str, ...], Rows]]:
    """Yield tables with the names of columns and the rows, those first to which others refer."""
    yield from _of_posts(many)
    yield from _of_chats(many)
    yield from _of_recaps(many)
    work = ("chat_id", "state", "attempts", "due", "lease_until")
    yield inbox, ("update_id", *work, "deaths", "raw", "received", "asks"), _updates(many)
    sent = ("thread_id", "key", "method", "payload", "created", "begun", "doubts", "probes", "run_id", "message_id")
    yield outbox, ("id", *work, *sent, "sent_at"), _messages(many)


def _of_posts(many: Many) -> Iterator[tuple[sa.Table, tuple[str, ...], Rows]]:
    numbers = range(1, many.posts + 1)
    columns = ("seq", "chat_id", "thread_id", "identity", "fingerprint", "source", "post_id", "content", "received")
    yield (
        posts,
        columns,
        (
            (
                *(number, many.chat_of(number), 0, f"origin:-1001234:{number}", f"{number:064x}"),
                *(f"channel {number % 50}", f"m{number}", _POST, many.received(number)),
            )
            for number in numbers
        ),
    )
    carried = (
        (many.chat_of(number), number, number, many.chat_of(number), many.received(number), 0) for number in numbers
    )
    yield forwards, ("chat_id", "message_id", "seq", "sender_id", "received", "version"), carried
    yield analyses, ("seq", "version", "content"), ((number, VERSION, _ANALYSIS) for number in numbers)
    yield stems, ("seq", "version", "words"), ((number, 1, _stems(number)) for number in numbers)
    edited = ((number, f"m{number}", _POST, many.received(number)) for number in numbers[::100])
    yield editions, ("seq", "post_id", "content", "until"), edited


def _stems(number: int) -> tuple[str, ...]:
    """Return some words: one that every post has, others that are more and more rare."""
    return ("river", *(f"w{number * step % _WORDS}" for step in (1, 3, 7, 11, 13, 17)), f"h{number % 100}")


def _of_chats(many: Many) -> Iterator[tuple[sa.Table, tuple[str, ...], Rows]]:
    ids = range(FIRST_CHAT, FIRST_CHAT + many.chats)
    yield chats, ("id", "kind", "title", "username", "lang"), ((id_, "private", "Anna", None, "en") for id_ in ids)
    chosen = ((id_, _json(ChatSettings()), 7 if id_ % 100 == 0 else None) for id_ in ids[::10])
    yield chat_settings, ("chat_id", "content", "keep_days"), chosen
    quiet = ((id_, 0, _NOW, _NOW + place % 60 * _SECOND) for place, id_ in enumerate(ids[::10]))
    yield bursts, ("chat_id", "thread_id", "since", "due"), quiet
    parts = ((place + 1, id_, "1", 1, _POST, many.received(place), 0) for place, id_ in enumerate(ids))
    yield albums, ("id", "chat_id", "album", "message_id", "content", "received", "version"), parts
    draining = ((id_, "posts", _NOW + _MINUTE * (id_ % 100 - 2) // 100) for id_ in range(many.posts // 5))
    yield quotas, ("person_id", "kind", "drained_at"), draining
    channels = range(-many.posts // 1000, 0)
    known = ((id_, number, many.received(many.posts * number // 100)) for id_ in channels for number in range(1, 101))
    yield channel_messages, ("chat_id", "message_id", "known"), known


def _of_recaps(many: Many) -> Iterator[tuple[sa.Table, tuple[str, ...], Rows]]:
    """Yield recaps of a tenth of all chats, with ten runs each, of which few are not over."""
    ids = range(1, many.chats // 10 + 1)
    columns = ("id", "owner_id", "source_chat_id", "source_thread_id", "chat_id", "thread_id", "title", "schedule")
    rest = ("options", "is_public", "state", "created", "next_slot")
    options = _json(RecapOptions())
    yield (
        recaps,
        (*columns, *rest),
        (
            (
                *(id_, id_, FIRST_CHAT + id_, 0, -id_, 0, "Recap", "daily 08:00"),
                *(options, False, RecapState.ACTIVE, _NOW, _NOW + 10 * (id_ - 5) * _SECOND),
            )
            for id_ in ids
        ),
    )
    numbers = range(1, 10 * len(ids) + 1)
    states = {0: RunState.WAITING, 1: RunState.SENDING}
    yield (
        runs,
        ("id", "recap_id", "slot", "state", "attempts", "ended"),
        (
            (number, 1 + number % len(ids), _NOW - number * 60 * _MINUTE, state, 1, ended)
            for number in numbers
            for state in [states.get(number % 1000, RunState.POSTED)]
            for ended in [_NOW - _MONTH * number // len(numbers) if state == RunState.POSTED else None]
        ),
    )
    quotes = numbers[::10]
    content = _json(Quotation(1, "", "", ((1, "m1"),), (), NOW))
    yield quotations, ("id", "run_id", "content"), ((place, run, content) for place, run in enumerate(quotes, start=1))
    resting = ((place, seq, f"m{seq}") for place in range(1, len(quotes) + 1) for seq in (place, many.posts - place))
    yield quoted, ("quotation_id", "seq", "post_id"), resting


def _updates(many: Many) -> Iterator[Sequence[object]]:
    raw = '{"update_id": 1}'
    for number in range(1, many.posts + 1):
        yield number, many.chat_of(number), State.DONE, 1, None, None, 0, raw, many.received(number), False
    for place in range(many.waiting):
        number = many.posts + 1 + place
        leased = _NOW + _MINUTE if place < 4 else None
        yield number, FIRST_CHAT + place % many.lanes, State.WAITING, 0, None, leased, 0, raw, _NOW, place % 20 == 0


def _messages(many: Many) -> Iterator[Sequence[object]]:
    for number in range(1, many.posts // 2 + 1):
        when, run = many.received(number * 2), number % (many.chats // 2) if number % 10 == 0 else None
        sent = (1, 0, 0, run, number, when)
        yield number, many.chat_of(number), State.DONE, 1, None, None, 0, f"k{number}", "sendMessage", "{}", when, *sent
    for place in range(many.waiting):
        number = many.posts // 2 + 1 + place
        leased = _NOW + _MINUTE if place < 4 else None
        what = (0, f"k{number}", "sendMessage", "{}", _NOW, 0, 0, 0, None, None, None)
        yield number, FIRST_CHAT + place % many.lanes, State.WAITING, 0, None, leased, *what
