"""What recaps tell: posts that make stories which can be known again, and what must be true of the messages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.posts import Origin, OriginKind, Post
from bot.recap import Run
from tests.faults.timelines import Made

_LETTERS = "abcdefghij"
_HEADLINE = re.compile(r"^(Town[a-z]+) elected", re.MULTILINE)
_HEAD = re.compile(r"📰 News · (\d+) posts?")


def report(desk: int, number: int) -> Post:
    """Write a post that is like no other and fills a third of a message."""
    name = "".join(_LETTERS[int(digit)] for digit in f"{desk:02}{number:03}")
    letters = [first + second for first in _LETTERS for second in _LETTERS]
    first, second = (" ".join(f"{word}{name}{end}" for end in letters[:28]) for word in ("school", "river"))
    text = f"Town{name} elected Smith{name} mayor{name}\n\nClerks counted {first}. People praised {second}."
    return Post(f"{desk}:{number}", text, None, Origin(OriginKind.CHANNEL, f"Source {desk}"))


def recaps_among(texts: Iterable[str]) -> list[str]:
    """Return those messages that are parts of recaps."""
    return [text for text in texts if _HEADLINE.search(text)]


def headlines(texts: Iterable[str]) -> list[str]:
    """Return the headlines of all stories that messages tell; those in tables of contents do not count."""
    return [headline for text in texts for headline in _HEADLINE.findall(text)]


@dataclass(frozen=True)
class Lived:
    """What became of a recap.

    Attributes:
        texts: its messages as they stand where it was posted.
        is_certain: nothing happened by which nobody could know whether a message arrived.
        reports: headlines of all posts of its desk, in the order in which they came.

    """

    made: Made
    history: list[Run]
    texts: list[str]
    is_certain: bool
    reports: list[str]


def wrong_messages(lived: Lived) -> Iterator[str]:
    """Look at what stands where a recap was posted."""
    once = list(dict.fromkeys(lived.texts))
    told = headlines(once)
    if missing := set(lived.reports) - set(told):
        yield f"{missing} were never told"
    if len(told) != len(set(told)) and not _may_be_told_again(lived):
        yield "a story was told by two messages"
    if len(once) != len(lived.texts) and (lived.is_certain or lived.made.kind == "channel"):
        yield "a message came twice"
    if not any(fault == "refuse" for fault, _ in lived.made.faults):
        yield from _wrong_order(once, lived.reports)


def _may_be_told_again(lived: Lived) -> bool:
    """Tell whether nobody could know that a message had arrived whose second sending was then refused."""
    is_refused = any(fault == "refuse" for fault, _ in lived.made.faults)
    return is_refused and not lived.is_certain and lived.made.kind != "channel"


def _wrong_order(texts: Sequence[str], reports: Sequence[str]) -> Iterator[str]:
    """Look whether all parts of a recap stand together, and none of its posts came before those of an earlier one."""
    parts: list[list[str]] = []
    announced = []
    for text in texts:
        if head := _HEAD.match(text):
            announced.append(int(head[1]))
            parts.append([])
        if not parts:
            yield "a part stands before the first"
            return
        parts[-1] += headlines([text])
    if [len(one) for one in parts] != announced:
        yield f"recaps of {announced} posts tell {[len(one) for one in parts]}"
    places = [sorted(reports.index(headline) for headline in one) for one in parts]
    if any(earlier[-1] > later[0] for earlier, later in pairwise(places)):
        yield f"windows overlap: {places}"
