"""How long a user waits before the first word is read, and for a whole command."""

from collections.abc import Iterator

from tests.benchmarks.material import SEED, STREAM
from tests.benchmarks.rows import Row, best_of, run_python

_RUNS = 3


def measure() -> Iterator[Row]:
    """Yield the rows: imports and commands, each in a process of its own, the bare start of Python taken off."""
    bare = best_of([run_python("-c", "pass") for _ in range(_RUNS)]).seconds

    def spent(*arguments: str) -> float:
        return best_of([run_python(*arguments) for _ in range(_RUNS)]).seconds - bare

    ours = spent("-c", "import bot.text.analysis, bot.text.digest")
    theirs = spent("-c", "import sumy.parsers.plaintext, sumy.nlp.tokenizers, sumy.summarizers.lex_rank")
    yield Row(
        "importing the reading", f"{ours:.2f} s", "0.5 s", "importing sumy LexRank", f"{theirs:.2f} s", theirs / ours
    )
    first = spent("-m", "bot", "digest", "--format", "json", str(SEED))
    yield Row("sitrep digest of one post, cold", f"{first:.2f} s")
    command = run_python("-m", "bot", "digest", "--format", "json", str(STREAM))
    yield Row("sitrep digest of 305 posts", f"{command.seconds:.1f} s ({command.wall:.1f} s on the wall)")
    each = run_python("-m", "bot", "digest", "--each", "--format", "json", str(STREAM))
    yield Row("sitrep digest --each of 305 posts", f"{each.seconds:.1f} s ({each.wall:.1f} s on the wall)")
