"""What is measured: tasks, each for a language, and the systems that do them: ours first, then the baselines."""

from dataclasses import dataclass
from functools import partial

from tests.quality.baselines import read_by_patterns
from tests.quality.linkage import read_by_linkage
from tests.quality.measuring import (
    Figures,
    measure_posts,
    measure_stories,
    measure_summaries,
    read_by_sitrep,
    summarise_by_sitrep,
)
from tests.quality.sumy_alone import LEAD, METHODS, summarise_by_sumy

OURS = "sitrep"
# The plateau of the stream itself, so the baseline is at its best: B3 and pairs fall on both sides of it.
_ALIKE = 0.15


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of gold data ("posts", "stories" or "summaries") in a language."""

    kind: str
    lang: str

    def __str__(self) -> str:
        return f"{self.kind}_{self.lang}"


TASKS = (
    Task("posts", "en"),
    Task("posts", "ru"),
    Task("stories", "ru"),
    Task("summaries", "en"),
    Task("summaries", "ru"),
)
SYSTEMS = {
    "posts": (OURS, "patterns"),
    "stories": (OURS, "linkage"),
    "summaries": (OURS, LEAD, *METHODS),
}


def measure(task: Task, system: str) -> Figures:
    """Return the figures of a system in a task."""
    if task.kind == "posts":
        return measure_posts(task.lang, read_by_sitrep if system == OURS else read_by_patterns)
    if task.kind == "stories":
        by_linkage = partial(read_by_linkage, alike=_ALIKE, lang=task.lang)
        return measure_stories(read_by_sitrep if system == OURS else by_linkage)
    return measure_summaries(task.lang, summarise_by_sitrep if system == OURS else partial(summarise_by_sumy, system))
