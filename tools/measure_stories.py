"""Measure stories at several thresholds, to see that the chosen one stands on a plateau.

    python tools/measure_stories.py

Prints for each annotated stream of tests/data/gold, noise left out as annotated, B-cubed F1 (Bagga & Baldwin 1998) and
the F1 of pairs of posts at each threshold; the same for pieces of it; and how many of the editor's top ten are found.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.posts import Analysis, Origin, OriginKind, Post
from bot.text.analysis import analyse
from bot.text.stories.group import group_posts

GOLD = Path(__file__).parents[1] / "tests" / "data" / "gold"
STREAMS = ("stream_ru", "stream_ru_1127", "stream_ru_1202")
THRESHOLDS = (0.15, 0.17, 0.19, 0.21, 0.23, 0.25)
PIECE = 40
TOP = 10


@dataclass(frozen=True, slots=True)
class Stream:
    """Posts in the order of time, their analyses, and the story that each is of."""

    posts: Sequence[Post]
    analyses: Sequence[Analysis]
    stories: Sequence[str]

    def pieces(self, size: int) -> "Iterator[Stream]":
        """Yield stretches of so many posts."""
        for start in range(0, len(self.posts) - size + 1, size):
            piece = slice(start, start + size)
            yield Stream(self.posts[piece], self.analyses[piece], self.stories[piece])


def read(name: str) -> tuple[Stream, frozenset[str]]:
    """Read a stream and the stories of the editor's top ten."""
    rows = [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = sorted((row for row in rows if row["story"] != "noise"), key=lambda row: row["date"])
    posts = [
        Post(row["id"], row["text"], datetime.fromisoformat(row["date"]), Origin(OriginKind.CHANNEL, row["channel"]))
        for row in rows
    ]
    titles = [json.loads(line) for line in (GOLD / f"{name}.titles.jsonl").read_text(encoding="utf-8").splitlines()]
    top = frozenset(row["story"] for row in titles if row["rank"])
    analyses = [replace(analyse(post, "ru"), noise=False) for post in posts]
    return Stream(posts, analyses, [row["story"] for row in rows]), top


def figures(stream: Stream, alike: float) -> tuple[float, float]:
    """Return B-cubed F1 and pair F1."""
    mine = {post: number for number, story in enumerate(_stories(stream, alike)) for post in story}
    places = [(true, mine[post]) for post, true in enumerate(stream.stories)]
    both = Counter(places)
    theirs, ours = Counter(true for true, _ in places), Counter(number for _, number in places)
    precision = sum(both[place] / ours[place[1]] for place in places) / len(places)
    recall = sum(both[place] / theirs[place[0]] for place in places) / len(places)
    shared, given, wanted = _pairs(both.values()), _pairs(ours.values()), _pairs(theirs.values())
    return 2 * precision * recall / (precision + recall), 2 * shared / max(1, given + wanted)


def found(stream: Stream, top: frozenset[str], alike: float) -> int:
    """Return how many stories of the editor's top ten are in ours."""
    stories = _stories(stream, alike)[:TOP]
    return len({Counter(stream.stories[post] for post in story).most_common(1)[0][0] for story in stories} & top)


def _stories(stream: Stream, alike: float) -> list[tuple[int, ...]]:
    return [group.posts for group in group_posts(stream.posts, stream.analyses, alike)]


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def main() -> None:
    """Print the figures."""
    streams = {name: read(name) for name in STREAMS}
    for alike in THRESHOLDS:
        sums: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        for name, (stream, top) in streams.items():
            b_cubed, pairs = figures(stream, alike)
            print(f"{alike:.2f}  {name:15}  {b_cubed:.3f}  {pairs:.2f}  top ten {found(stream, top, alike)}")
            sums[name] += [figures(piece, alike) for piece in stream.pieces(PIECE)]
        for name, pieces in sums.items():
            means = [sum(column) / len(pieces) for column in zip(*pieces, strict=True)]
            print(f"{alike:.2f}  {name:15}  {means[0]:.3f}  {means[1]:.2f}  in pieces of {PIECE}")


if __name__ == "__main__":
    main()
