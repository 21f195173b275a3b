"""How each query that is made often goes through a database that has very many rows."""

from collections.abc import Iterator

from tests.benchmarks.rows import Row
from tests.store.many_rows import Many, fill
from tests.store.plans import hot_queries, judge


def plans(url: str, posts: int) -> Iterator[Row]:
    """Fill an empty database of Postgres, and yield the rows; they name every query that goes through too much."""
    many = Many(posts)
    fill(url, many)
    judged = {name: judge(url, work, most=many.waiting + 1_000) for name, work in hot_queries(many).items()}
    faults = [f"{name} {fault}" for name, one in judged.items() for fault in one.faults]
    what = f"at {posts:,} posts, {many.waiting:,} updates of {many.lanes:,} chats waiting"
    direct = len(judged) - len({name for name, one in judged.items() if one.faults})
    yield Row(
        f"{what}: queries that look only at what they need", f"{direct} of {len(judged)}", "all", "; ".join(faults)
    )
    slowest = sorted(judged, key=lambda name: -judged[name].milliseconds)
    shown = ", ".join(f"{name} {judged[name].milliseconds:.0f} ms" for name in slowest[:3])
    yield Row(f"{what}: the slowest queries", shown)
