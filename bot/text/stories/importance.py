"""Say how much a story matters: how many tell it, how soon after each other, how urgently and at what length."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from bot.posts import Analysis, Post

# Channels mark what is urgent at the head of a post.
_URGENT = re.compile(
    r"[^\w\n]*?[❗⚡‼🚨]|\W*(?:срочно|молния|терміново|breaking|urgent|eilmeldung|urgente)\b", re.IGNORECASE
)
# An editor's top ten of three days (tools/measure_stories.py): 8, 8 and 6 found with these; with any of the weights a
# half less or more, one fewer at most. Of no use: how many actors act, states among them, how large the numbers are,
# recency.
_SOURCES = 1.0
_POSTS = 1.0
_URGENCY = 1.0
_PACE = 1.0
_LENGTH = 0.25
# Minutes between posts at which a story counts half as fast as one told by everybody at once.
_HALF_PACE = 20.0


def importance(posts: Sequence[Post], analyses: Sequence[Analysis]) -> float:
    """Value a story by its posts; comparable between stories of any digests."""
    sources = len({post.source for post in posts if post.source}) or 1
    urgent = sum(_URGENT.match(post.text) is not None for post in posts) / len(posts)
    terms = sum(len(candidate.terms) for analysis in analyses for candidate in analysis.candidates) / len(posts)
    return (
        _SOURCES * math.log2(1 + sources)
        + _POSTS * math.log2(1 + len(posts))
        + _URGENCY * urgent
        + _PACE * _pace(posts)
        + _LENGTH * math.log2(1 + terms)
    )


def _pace(posts: Sequence[Post]) -> float:
    """Say how soon the posts follow each other, 0..1: big news is taken up within minutes, a curiosity within hours."""
    minutes = sorted(post.date.timestamp() / 60 for post in posts if post.date)
    gaps = [later - earlier for earlier, later in pairwise(minutes)]
    return 1 / (1 + median(gaps) / _HALF_PACE) if gaps else 0.0
