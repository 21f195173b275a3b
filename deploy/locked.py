# noqa: INP001 - a command, not a package
"""Print the part of requirements.lock that somebody needs, with its hashes: the lock has what develops Sitrep, too.

    python deploy/locked.py run      what Sitrep needs to run
    python deploy/locked.py build    what makes its wheel

It goes by the notes in the lock, which tell who needs a package; nothing is resolved anew, and nothing asked for.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
ROOTS = {"run": "sitrep-bot (pyproject.toml)", "build": "hatchling"}


def needed(lock: str, root: str) -> str:
    """Return the entries of a lock that a root needs, the root's own included if it has one, as they stand there."""
    entries = list(_entries(lock))
    found = {root}
    while more := {name for name, needed_by, _ in entries if needed_by & found} - found:
        found |= more
    return "".join(text for name, _, text in entries if name in found)


def _entries(lock: str) -> Iterator[tuple[str, set[str], str]]:
    """Yield of each entry its name, who needs it, and its text."""
    for text in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]:
        name = text.partition("==")[0]
        needed_by = re.findall(r"^    #(?: via|  ) +(\S.*)$", text, flags=re.MULTILINE)
        yield name, set(needed_by), text


if __name__ == "__main__":
    sys.stdout.write(needed(LOCK.read_text(encoding="utf-8"), ROOTS[sys.argv[1]]))
