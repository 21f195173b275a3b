"""Many machines: several processes that share a Postgres, all on one machine, as is what loads them.

Seconds are those of the clock here: leave the machine alone meanwhile.
"""

import asyncio
import json
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import psycopg

from tests.benchmarks.growth import growth, put
from tests.benchmarks.machines import FIRST_CHAT, Machines, database, machines, posted, server_on_disk
from tests.benchmarks.million import plans
from tests.benchmarks.rows import Row
from tests.postgres import Server


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is done.

    Attributes:
        waiting: updates that wait for workers.
        seconds: for how long workers are watched.
        burst: updates that come at once.
        chats: over how many chats they are.
        most_seconds: a burst that would take longer to drain is made smaller.
        stored: posts that a full desk has.
        handled: posts that are handled to see what one asks of the database.
        kept: posts after which it is seen how much twice as many more take.
        many: posts of the database at which it is seen how each query goes.

    """

    waiting: int = 15_000
    seconds: float = 15
    burst: int = 50_000
    chats: int = 1_000
    most_seconds: float = 1_800
    stored: int = 10_000
    handled: int = 300
    kept: int = 400
    many: int = 1_000_000


_FULL = Sizes()


def measure(sizes: Sizes = _FULL) -> Iterator[Row]:
    """Yield the rows."""
    with server_on_disk() as server:
        speed = yield from _working(server, sizes)
        yield from _bursting(server, sizes, speed)
        yield from _asking(server, sizes)
        with database(server) as url:
            yield from plans(url, sizes.many)
        yield from growth(server, sizes.kept, 2 * sizes.kept)


def _working(server: Server, sizes: Sizes) -> Generator[Row, None, float]:
    """See how fast updates are taken, and how fast one worker handles them, and two; return the latter."""
    with database(server) as url, machines(url) as bot:
        bot.start("web")
        confirmed, took = posted(bot.post(1, sizes.waiting, sizes.chats))
        yield Row("`sitrep web`: updates over 100 connections, each on the disk", f"{confirmed / took:,.0f}/s", "1,500")
        bot.stop()
        one, again_of_one = _speed(bot, 1, sizes)
        yield Row("posts stored and read, 1 worker", f"{one:,.0f} posts/s")
        two, again_of_two = _speed(bot, 2, sizes)
        yield Row("posts stored and read, 2 workers", f"{two:,.0f} posts/s", "", "1 worker", f"{one:,.0f}/s", two / one)
        yield Row(
            "transactions carried out anew, for 100 posts", f"{again_of_two:.0f}", "", "1 worker", f"{again_of_one:.0f}"
        )
    return two


def _speed(bot: Machines, workers: int, sizes: Sizes) -> tuple[float, float]:
    """Let workers handle what waits; tell how many posts in a second, and how much was done anew for 100 of them."""
    before = bot.handled()
    bot.start("worker", workers)
    bot.wait_until_handled(before + 100 * workers)  # until then they load what reading needs
    begin, before, undone = time.perf_counter(), bot.handled(), bot.undone()
    time.sleep(sizes.seconds)
    handled, took = bot.handled() - before, time.perf_counter() - begin
    again = bot.undone() - undone
    bot.stop()
    return handled / took, 100 * again / handled


def _bursting(server: Server, sizes: Sizes, speed: float) -> Iterator[Row]:
    """Post very many updates at once, and see how long they wait."""
    burst = min(sizes.burst, int(speed * sizes.most_seconds) // 1_000 * 1_000 or 1_000)
    with database(server) as url, machines(url) as bot:
        bot.start("web")
        bot.start("worker", 2)
        posted(bot.post(1, 200, 200))
        bot.wait_until_handled(200)
        begin = time.perf_counter()
        confirmed, took = posted(bot.post(1_001, burst, sizes.chats))
        bot.wait_until_handled(200 + confirmed)
        drained = time.perf_counter() - begin
        bot.stop()
        what = f"a burst of {burst:,} posts over {sizes.chats:,} chats, 2 workers"
        yield Row(f"{what}: taken", f"{confirmed / took:,.0f}/s", "", "updates lost", f"{burst - confirmed}")
        half, most = bot.waits(1_000)
        yield Row(f"{what}: an update waits", f"{half:,.0f} s; the longest {most:,.0f} s")
        whole = f"{drained:,.0f} s"
        if burst < sizes.burst:
            whole += f" (at that rate {sizes.burst:,} would take {drained * sizes.burst / burst:,.0f} s)"
        yield Row(f"{what}: drained after", whole)


def _asking(server: Server, sizes: Sizes) -> Iterator[Row]:
    """See what one post asks of the database, in a desk that has few posts and in one that has many."""
    few, many = (_asked_by_one(server, stored, sizes.handled) for stored in (10, sizes.stored))
    what = f"of one post, {sizes.stored:,} in its desk"
    yield Row(f"statements {what}", f"{many[0]:.1f}", "as many", "10 in its desk", f"{few[0]:.1f}", few[0] / many[0])
    yield Row(
        f"pages of the database {what}", f"{many[1]:.0f}", "", "10 in its desk", f"{few[1]:.0f}", few[1] / many[1]
    )


def _asked_by_one(server: Server, stored: int, handled: int) -> tuple[float, float]:
    with database(server) as url, machines(url) as bot:
        _store(url, stored)
        asyncio.run(put(url, range(handled), 1))
        bot.start("worker")
        bot.wait_until_handled(handled // 3)
        before, begun = bot.asked(), bot.handled()
        bot.wait_until_handled(handled)
        after, done = bot.asked(), handled - begun
        bot.stop()
    return (after.statements - before.statements) / done, (after.pages - before.pages) / done


def _store(url: str, count: int) -> None:
    """Store posts of that chat; what they say does not matter here."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO posts (chat_id, thread_id, identity, fingerprint, source, post_id, content, received)"
            " SELECT %s, 0, 'origin:-1:' || n, md5(n::text), 'River News', 'm' || n, %s, n"
            " FROM generate_series(1, %s) n",
            (FIRST_CHAT, json.dumps({"id": "1", "text": "word " * 200}), count),
        )
        connection.execute(
            "INSERT INTO forwards (chat_id, message_id, seq, sender_id, received, version)"
            " SELECT chat_id, seq, seq, chat_id, received, 0 FROM posts"
        )
        connection.execute("INSERT INTO analyses (seq, version, content) SELECT seq, 0, content FROM posts")
        # Postgres does so itself within a minute. Until then it takes the table for empty, and walks over the desk.
        connection.execute("ANALYZE")
