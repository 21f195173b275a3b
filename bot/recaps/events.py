"""Find the events of a recap: posts of its window, grouped together with those of stories that it told before.

For that the words of the posts and their figures are enough, which take a tenth of the room that analyses do; of these
only those are needed that belong to events that are told. Pure functions, no I/O.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.posts import Analysis, Post
from bot.recap import RecapOptions
from bot.text.digest import is_worth_telling
from bot.text.stories.group import group_posts
from bot.text.stories.importance import importance


@dataclass(frozen=True, slots=True)
class Read:
    """A post that was stored and read; to find events, the outline of its analysis is enough."""

    seq: int
    post: Post
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Member:
    """A post of an event."""

    seq: int
    post: Post


@dataclass(frozen=True, slots=True)
class Event:
    """Posts about one event: those of the window, and those of what was told of it; ``score`` says how it matters."""

    new: tuple[Member, ...]
    old: tuple[Member, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a window holds.

    Attributes:
        events: those that may be told, what matters most first.
        others: how many there is no room for in any case.
        posts: all that were read for them, oldest first, noise included.
        noise: how many of them are advertising or chatter.

    """

    events: tuple[Event, ...]
    others: int
    posts: tuple[Post, ...]
    noise: int

    @property
    def members(self) -> list[Member]:
        """The posts of all events that may be told."""
        return [member for event in self.events for member in (*event.new, *event.old)]


def find_events(window: Sequence[Read], before: Sequence[Read], options: RecapOptions, room: int) -> Found:
    """Find the events of a recap.

    Args:
        window: posts that came since the last one.
        before: posts of the stories that were told.
        options: of the recap.
        room: how many events are told at most; one that was told before may turn out to have nothing new.

    """
    window = [read for read in window if _is_wanted(read.post, options)]
    events = _events(window, before, options.min_sources)
    needed = _needed(events, room)
    return Found(
        events=tuple(events[:needed]),
        others=len(events) - needed,
        posts=tuple(read.post for read in window),
        noise=sum(read.analysis.noise for read in window),
    )


def _events(window: Sequence[Read], before: Sequence[Read], min_sources: int) -> list[Event]:
    """Group all posts, and keep the groups that have some of the window; what matters most first."""
    is_new = {read.post.id for read in window}
    since = min((read.post.date for read in window if read.post.date), default=None)
    earlier = [replace(read, post=_as_of(read.post, since)) for read in before if read.post.id not in is_new]
    read = [one for one in (*earlier, *window) if is_worth_telling(one.analysis)]
    events = []
    for group in group_posts([one.post for one in read], [one.analysis for one in read]) if window else ():
        members = [read[index] for index in group.posts]
        new = [one for one in members if one.post.id in is_new]
        if new and len({one.post.source for one in members}) >= min_sources:
            old = [one for one in members if one.post.id not in is_new]
            score = importance([one.post for one in new], [one.analysis for one in new]) if old else group.score
            events.append(Event(_members(new), _members(old), score))
    return sorted(events, key=lambda event: -event.score)


def _members(read: Sequence[Read]) -> tuple[Member, ...]:
    return tuple(Member(one.seq, one.post) for one in read)


def _needed(events: Sequence[Event], room: int) -> int:
    """Tell how many of the first events hold so many that are told in any case: those that are new."""
    certain = 0
    for place, event in enumerate(events):
        certain += not event.old
        if certain == room:
            return place + 1
    return len(events)


def _as_of(post: Post, since: datetime | None) -> Post:
    """Let a post be no older than the window: to readers a story is as old as the recap that told it.

    Posts are less alike the more time lies between them, so that of a day ago would hardly be found again.
    """
    return replace(post, date=max(post.date, since)) if post.date and since else post


def _is_wanted(post: Post, options: RecapOptions) -> bool:
    """Tell whether a post passes the recap's filters; words are found within longer ones ("flood" in "floods")."""
    if options.sources and (post.source or "").casefold() not in {source.casefold() for source in options.sources}:
        return False
    text = post.text.casefold()
    return not options.words or any(word.casefold() in text for word in options.words)
