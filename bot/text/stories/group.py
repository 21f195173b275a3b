"""Group posts into stories: posts alike in what they tell and close in time; posts of live coverage stay together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.posts import Analysis, Post
from bot.text.stories.importance import importance
from bot.text.stories.likeness import alike_pairs
from bot.text.stories.linkage import link
from bot.text.stories.live import live_runs
from bot.text.stories.weighing import weigh

# How alike two stories are that are one. B-cubed F1 is within 0.01 of its best from 0.17 to 0.21 on the three streams
# (tools/measure_stories.py), from 0.15 to 0.22 on pieces of 40 posts of them, from 0.21 to 0.26 on long articles.
ALIKE = 0.19


@dataclass(frozen=True, slots=True)
class Group:
    """Posts of one story by their indexes, oldest first; ``score`` says how much it matters."""

    posts: tuple[int, ...]
    score: float


def group_posts(posts: Sequence[Post], analyses: Sequence[Analysis], alike: float = ALIKE) -> tuple[Group, ...]:
    """Group posts into stories, best first; noise is left out, every other post is in exactly one.

    ``alike`` is how alike two stories are, 0..1, that are one.
    """
    order = sorted(
        (index for index, analysis in enumerate(analyses) if not analysis.noise),
        key=lambda index: _place(posts[index], index),
    )
    told = [posts[index] for index in order]
    read = [analyses[index] for index in order]
    pairs = alike_pairs(weigh(read), [_hours(post) for post in told])
    stories = _gather(link(len(told), pairs, alike), live_runs(told))
    groups = [
        Group(tuple(order[member] for member in story), importance([told[i] for i in story], [read[i] for i in story]))
        for story in stories
    ]
    return tuple(sorted(groups, key=lambda group: (-group.score, [_place(posts[i], i) for i in group.posts])))


def _place(post: Post, index: int) -> tuple[float, str, str, int]:
    """Order posts by time; those of one minute by what they are, so that the order of the input does not matter."""
    return (post.date.timestamp() if post.date else 0.0, post.id, post.text, index)


def _hours(post: Post) -> float | None:
    return post.date.timestamp() / 3600 if post.date else None


def _gather(stories: Sequence[Sequence[int]], runs: Sequence[Sequence[int]]) -> list[list[int]]:
    """Let the posts of a run of live coverage that stand alone join the story that most of the run belongs to."""
    home = {post: number for number, story in enumerate(stories) for post in story}
    size = Counter(home.values())
    for run in runs:
        shared = Counter(home[post] for post in run if size[home[post]] > 1)
        where = max(shared, key=lambda story: (shared[story], size[story], -story), default=home[run[0]])
        for post in run:
            if size[home[post]] == 1:
                home[post] = where
    gathered: list[list[int]] = [[] for _ in stories]
    for post, number in sorted(home.items()):
        gathered[number].append(post)
    return [story for story in gathered if story]
