"""10,000 posts in one process: how long they take to read and to group, and how much memory it needs.

Run as a program, it does the work and prints what it took: the process is then that of the reading alone.
"""

import json
import pickle
import sys
import tempfile
from collections.abc import Iterator

from bot.text.analysis import analyse
from bot.text.digest import digest
from bot.text.stories.group import group_posts
from tests.benchmarks.material import count_words, made_posts
from tests.benchmarks.rows import Row, most_memory, run_python, seconds
from tests.quality.linkage import read_by_linkage

_MANY, _FEW = 10_000, 500


def measure() -> Iterator[Row]:
    """Yield the rows."""
    took = json.loads(run_python("-m", "tests.benchmarks.crowd", str(_MANY)).output)
    yield Row(f"memory after reading {_MANY:,} posts, at most", f"{took['megabytes']:.0f} MB", "250 MB")
    yield Row(f"reading {_MANY:,} posts ({took['words']:,} words)", f"{took['reading']:.1f} s")
    yield Row(f"{_MANY:,} posts to stories", f"{took['grouping']:.1f} s", "10 s")
    yield Row(f"the digest of {_MANY:,} posts", f"{took['digest']:.1f} s")
    posts = made_posts(_FEW)
    analyses = [analyse(post) for post in posts]
    ours = seconds(lambda: group_posts(posts, analyses))
    theirs = seconds(lambda: read_by_linkage(posts, 0.15, "ru"))
    yield Row(f"{_FEW} posts to stories", f"{ours:.2f} s", "", "average linkage", f"{theirs:.2f} s", theirs / ours)


def _read(count: int) -> dict[str, float]:
    """Read and group posts; analyses go into a file meanwhile, as the bot puts them into its database."""
    posts = made_posts(count)
    with tempfile.TemporaryFile() as kept:

        def read() -> None:
            for post in posts:
                pickle.dump(analyse(post), kept)

        reading = seconds(read)
        megabytes = most_memory()
        kept.seek(0)
        analyses = [pickle.load(kept) for _ in posts]  # noqa: S301 - written above
    return {
        "words": count_words(posts),
        "reading": reading,
        "megabytes": megabytes,
        "grouping": seconds(lambda: group_posts(posts, analyses)),
        "digest": seconds(lambda: digest(posts, analyses)),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_read(int(sys.argv[1]))))
