"""The queries that a busy bot makes most, and what a database does for each: which rows it looks at, what it sorts."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from bot.posts import Analysis, Origin, OriginKind, Post
from bot.store.connection import Connection
from bot.store.database import find
from bot.store.desks import analyses, bursts, posts, quotas, search
from bot.store.desks.posts import StoredPost, Which
from bot.store.queues import channel_messages, inbox, outbox, sent
from bot.store.queues.lanes import Claim
from bot.store.queues.outbox import Outgoing
from bot.store.queues.updates import written
from bot.store.recapping import quotations, recaps, runs, windows
from bot.store.tables import metadata
from bot.store.upkeep import retention
from bot.text.analysis import VERSION
from tests.store.many_rows import BIG, FIRST_CHAT, MONTH, NOW, Many

Work = Callable[[Connection], Coroutine[Any, Any, object]]

_LEASE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_FEW = 2_000
SORTS = "USE TEMP B-TREE FOR ORDER BY"
"""How SQLite says so."""
_TEXT = "The river rose by two metres overnight, and 1,200 people left their homes in the towns below the dam."
_NEW = Post("new", _TEXT, origin=Origin(OriginKind.CHANNEL, "River News", chat_id=-1, message_id=1))


def hot_queries(many: Many) -> Mapping[str, Work]:
    """Return what is done for every update, every message or every minute, by what it is called."""
    newest, update = many.posts, many.posts + 5
    stored = Post(f"m{newest}", "", NOW)
    read = Analysis(f"m{newest}", VERSION, "en", noise=False, candidates=(), actors=(), numbers=())
    seqs = range(newest - 20, newest)
    message = Outgoing(BIG.chat_id, 0, "new", "sendMessage", {})
    put = written({"update_id": update + many.waiting, "message": {"chat": {"id": 7}}})
    return {
        "put an update": lambda conn: inbox.put_written(conn, [put], NOW),
        "claim updates": lambda conn: inbox.claim(conn, NOW, _LEASE, 8, [1, 2], asking=4),
        "the next update that is due": inbox.next_due,
        "renew an update": lambda conn: inbox.renew(conn, [Claim(update, 1)], NOW + _LEASE),
        "finish an update": lambda conn: inbox.finish(conn, Claim(update, 0)),
        "whether more updates of a chat wait": lambda conn: inbox.others_wait(conn, BIG.chat_id, update),
        "the oldest update that waits": inbox.oldest_waiting,
        "queue a message": lambda conn: outbox.enqueue(conn, [message], NOW),
        "claim messages": lambda conn: outbox.claim(conn, NOW, _LEASE, 8, [1, 2]),
        "the next message that is due": outbox.next_due,
        "a message is sent": lambda conn: outbox.sent(conn, Claim(newest // 2 + 5, 0), 1, NOW),
        "messages sent of late": lambda conn: sent.sent_since(conn, NOW - _LEASE, NOW),
        "messages of a run": lambda conn: outbox.of_run(conn, 10),
        "keep a new post": lambda conn: posts.add(conn, BIG, _NEW, NOW, message_id=newest + 1, sender_id=1),
        "find a post by its message": lambda conn: posts.find_by_message(conn, BIG, newest),
        "the newest posts of a desk": lambda conn: posts.select(conn, BIG, limit=20),
        "posts of a day": lambda conn: posts.select(conn, BIG, Which(since=NOW - _DAY, told=True)),
        "posts of a day that are not too long": lambda conn: posts.select(
            conn, BIG, Which(since=NOW - _DAY), chars=10_000
        ),
        "posts after one": lambda conn: posts.select(conn, BIG, Which(after=newest - newest // 100)),
        "count the posts of a burst": lambda conn: posts.tally(conn, BIG, NOW - _LEASE),
        "analyses of posts": lambda conn: analyses.get(conn, seqs, VERSION),
        "the window of a recap": lambda conn: windows.select(
            conn, [BIG], after=newest - newest // 100, upto=newest, since=NOW, limit=1_000
        ),
        "up to which post a recap may tell": windows.settled_seq,
        "put an analysis": lambda conn: analyses.put(conn, {newest: read}),
        "put stems": lambda conn: search.put(conn, [(StoredPost(newest, stored, NOW), ("river",))], 1),
        "search a desk": lambda conn: posts.select(
            conn, BIG, Which(holding=(search.hold_all([("w1",), ("h1",)]),)), limit=20
        ),
        "bursts that are over": lambda conn: bursts.take(conn, NOW),
        "recaps that are due": lambda conn: recaps.due(conn, NOW, 10),
        "the next slot": recaps.next_due,
        "whether a run is ready": lambda conn: runs.any_ready(conn, NOW),
        "claim runs": lambda conn: runs.claim(conn, NOW, _LEASE, 4),
        "the next run that is due": runs.next_due,
        "recaps that quote what was edited": lambda conn: quotations.edited_runs(conn, NOW - _DAY),
        "ids of a channel": lambda conn: channel_messages.newest_before(conn, -1, NOW),
        "take of a quota": lambda conn: quotas.take(conn, BIG.chat_id, "posts", 600, NOW),
        "delete quotas that have drained": lambda conn: quotas.drop_drained(conn, NOW),
        "forget a chat": lambda conn: retention.forget(conn, FIRST_CHAT),
        "delete what is old, and nothing is": lambda conn: retention.purge(conn, NOW - 2 * MONTH),
        "delete what is old": lambda conn: retention.purge(conn, NOW - 0.9 * MONTH),
        "delete what chats keep no longer": lambda conn: retention.purge_chosen(conn, NOW),
    }


@dataclass(frozen=True, slots=True)
class Judged:
    """What a database does to answer.

    Attributes:
        steps: what it does.
        faults: what of that makes it look at more than it needs.
        milliseconds: how long it takes; 0 if the database does not tell.

    """

    steps: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    milliseconds: float = 0

    def __add__(self, other: "Judged") -> "Judged":
        """Put two after each other."""
        milliseconds = self.milliseconds + other.milliseconds
        return Judged(self.steps + other.steps, self.faults + other.faults, milliseconds)


def judge(url: str, work: Work, most: int = 10_000) -> Judged:
    """See how a database that `many_rows` has filled does some work, which is undone.

    Of an index so many rows may be looked at; of a table without one, or to be sorted, two thousand.
    """
    engine = find(url).write_engine()
    explain = partial(_in_postgres, most) if engine.dialect.name == "postgresql" else _in_sqlite
    found: list[Judged] = []
    try:
        with engine.connect() as connection:
            sa.event.listen(connection, "before_cursor_execute", lambda *seen: found.append(explain(*seen)))
            asyncio.run(_do(work, Connection(connection)))
            connection.rollback()
    finally:
        engine.dispose()
    return sum(found, start=Judged())


async def _do(work: Work, connection: Connection) -> None:
    await work(connection)


def _in_postgres(
    most: int, connection: sa.Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
) -> Judged:
    cursor = connection.connection.cursor()
    cursor.execute("SAVEPOINT before")
    cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters[0] if many else parameters)
    [[[plan]]] = cursor.fetchall()
    cursor.execute("ROLLBACK TO before")
    nodes = list(_nodes(plan["Plan"]))
    steps = tuple(f"{node['Node Type']} {_subject(node) or ''}".strip() for node in nodes)
    faults = (_fault(node, most) for node in nodes)
    return Judged(steps, tuple(fault for fault in faults if fault), plan["Execution Time"])


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for part in node.get("Plans", ()):
        yield from _nodes(part)


def _subject(node: dict[str, Any]) -> str | None:
    return node.get("Relation Name") or node.get("Index Name")


def _fault(node: dict[str, Any], most: int) -> str | None:
    kind, what = node["Node Type"], _subject(node)
    rows = int((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"])
    if kind == "Seq Scan" and rows > _FEW:
        return f"walks over {what}: {rows:,} rows"
    if kind == "Sort" and rows > _FEW:
        return f"sorts {rows:,} rows"
    if what and rows > most:
        return f"looks at {rows:,} rows of {what}"
    return None


def _in_sqlite(
    connection: sa.Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
) -> Judged:
    cursor = connection.connection.cursor()
    cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters)
    steps = tuple(line for *_, line in cursor.fetchall())
    return Judged(steps, tuple(step for step in steps if _walks(step) or step == SORTS))


def _walks(step: str) -> bool:
    return step.startswith("SCAN ") and step.split()[1] in metadata.tables
