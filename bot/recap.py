"""The vocabulary of recaps: what is to be posted where and when, and what became of it.

Facts only, as in `bot.posts`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.posts import Desk


class Length(StrEnum):
    """How much a recap tells."""

    SHORT = "short"
    NORMAL = "normal"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class RecapOptions:
    """How a recap is made and posted.

    Attributes:
        lang: language of what stands around the posts' own words.
        silent: posted without a sound.
        pin: its first message is pinned.
        skip_empty: when there is nothing to tell, nothing is posted; else one line says so.
        min_sources: stories that fewer sources tell are left out.
        words: only posts that hold one of these are told; none: all are.
        sources: only posts of these sources, by name, are told; none: those of all.
        public: anybody may subscribe.
        desks: further desks that it reads.
        picture: it begins with a picture of who is named most, and of its stories over the time.
        follow_edits: when a post that it tells of is edited within 24 hours, what was posted is edited, too.

    """

    length: Length = Length.NORMAL
    lang: str = "en"
    silent: bool = False
    pin: bool = False
    skip_empty: bool = True
    min_sources: int = 1
    words: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    public: bool = False
    desks: tuple[Desk, ...] = ()
    picture: bool = False
    follow_edits: bool = False


class RecapState(StrEnum):
    """Whether a recap is posted when it is due."""

    ACTIVE = "active"
    PAUSED = "paused"


class PausedWhy(StrEnum):
    """Why a recap is paused."""

    ASKED = "asked"
    """Somebody wanted it so."""
    REMOVED = "removed"
    """The bot is not in the chat any more, or the chat is gone."""
    RIGHTS = "rights"
    """The bot may not post there."""


@dataclass(frozen=True, slots=True)
class Recap:
    """A scheduled digest of a desk for a destination.

    Attributes:
        owner_id: the user who set it up, and who is told when it can't be posted.
        source: the desk that it reads.
        destination: where it is posted.
        schedule: as ``bot.recaps.schedule.write_schedule`` writes it.
        next_slot: when it is due next; passed over while it is paused.
        told_seq: posts up to this seq, of all its desks, were told; None before the first time.
        told_at: when that was.

    """

    id: int
    owner_id: int
    source: Desk
    destination: Desk
    title: str
    schedule: str
    options: RecapOptions
    state: RecapState
    paused_why: PausedWhy | None
    created: datetime
    next_slot: datetime
    told_seq: int | None
    told_at: datetime | None


class RunState(StrEnum):
    """Where a run stands."""

    WAITING = "waiting"
    """To be composed, or being composed while it is leased."""
    SENDING = "sending"
    """Its messages are on their way."""
    POSTED = "posted"
    EMPTY = "empty"
    """There was nothing to tell; its line, if the recap wants one, was queued."""
    SKIPPED = "skipped"
    """It came too late, or a newer run covers its window."""
    FAILED = "failed"
    """It could not be composed, or Telegram refused a part."""


@dataclass(frozen=True, slots=True)
class Run:
    """A slot of a recap being composed and delivered.

    Attributes:
        slot: when it was due.
        attempts: how often it was claimed to be composed.
        parts: of how many messages it consists; None before it is composed.
        posts: how many posts it tells; None before it is composed.
        told_seq: up to which post it tells; None before it is composed.
        error: what went wrong, for the log and the operator.
        ended: when it was over.

    """

    id: int
    recap_id: int
    slot: datetime
    state: RunState
    attempts: int
    parts: int | None
    posts: int | None
    told_seq: int | None
    error: str | None
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story that a recap told, so that it is not told again.

    Attributes:
        title: its headline, as it stands in the post.
        posts: seqs of its posts.

    """

    title: str
    posts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A story as it stands in a recap that follows edits.

    Attributes:
        part: the message, counted from 1, in which it ends.
        html: what stands there.
        line: what stands for it among the headlines at the beginning, if there are any.
        posts: seqs of its posts, with the ids of their editions.
        old: seqs of the posts that told of it before, if it is an update.
        at: when it was written.

    """

    part: int
    html: str
    line: str
    posts: tuple[tuple[int, str], ...]
    old: tuple[int, ...]
    at: datetime
