"""Write a recap: get its window from the store, read what was not read before, compose, render.

The number of queries is the same however many posts there are.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.posts import Analysis
from bot.recap import Quotation, Recap, ToldStory
from bot.recaps.compose import AMOUNTS, Composed, Item, compose
from bot.recaps.events import Member, Read, find_events
from bot.recaps.schedule import parse_schedule
from bot.settings import Settings
from bot.store.connection import Connection
from bot.store.desks import analyses
from bot.store.desks.identity import identity
from bot.store.desks.posts import StoredPost
from bot.store.engine import Store
from bot.store.recapping import told, windows
from bot.telegram.reading import read
from bot.telegram.recapping.picture import picture_of
from bot.telegram.recapping.render import Rendered, render_empty, render_recap, render_story
from bot.telegram.texts import Texts
from bot.text.analysis import VERSION

MOST_POSTS = 10_000
"""How many posts one recap reads at most, the newest."""
# A recap that was never posted looks back so far before it was set up.
_LOOK_BACK = timedelta(hours=24)
# What was told longer ago is told again if it comes up again.
_REMEMBERED = timedelta(days=3)
# Stories are compared with so many posts of those that were told, the newest.
_MOST_BEFORE = 2000


@dataclass(frozen=True, slots=True)
class Written:
    """A recap that was written.

    Attributes:
        messages: HTML, in order; none if there is nothing to tell and the recap wants no line about that.
        is_empty: there was nothing to tell.
        posts: how many posts were read for it.
        told_seq: the newest of them; where the last one stood if there are none.
        told: what it tells: stories, each with the message, counted from 1, in which it ends.
        picture: PNG; the first message is what stands under it.
        quotations: how each story stands there; none unless the recap follows edits.

    """

    messages: tuple[str, ...]
    is_empty: bool
    posts: int
    told_seq: int
    told: tuple[tuple[int, ToldStory], ...]
    picture: bytes | None
    quotations: tuple[Quotation, ...]


async def write(store: Store, settings: Settings, recap: Recap, now: datetime) -> Written:
    """Write a recap of all that came since it was posted last; nothing is noted but what was read.

    Of a recap that was broken off, the stories that were posted are not told again, and the others are.
    """
    settled = await store.look(windows.settled_seq)
    async with store.read() as conn:
        stories = await told.select(conn, recap, now - _REMEMBERED)
        since = await _window(conn, recap, settled)
        is_told = {seq for story in stories for seq in story.posts}
        window = [post for post in since if post.seq not in is_told]
        seqs = [seq for story in reversed(stories) for seq in story.posts][:_MOST_BEFORE]
        before = await windows.by_seq(conn, seqs)
        outlines = await analyses.outlines(conn, [post.seq for post in (*before, *window)], VERSION)
    outlines = await completed(store, [*before, *window], outlines)
    room = AMOUNTS[recap.options.length].stories
    found = await asyncio.to_thread(
        find_events, _read_of(_each_once(window), outlines), _read_of(before, outlines), recap.options, room
    )
    async with store.read() as conn:
        known = await analyses.get(conn, [member.seq for member in found.members], VERSION)
    known = await completed(store, found.members, known)
    composed = await asyncio.to_thread(compose, found, known, stories, recap.options, settings.summary.method)
    texts = texts_of(recap)
    wants_picture = recap.options.picture and composed.items
    picture = await picture_of(recap, composed, known, texts, now) if wants_picture else None
    rendered = _render(recap, composed, texts, now, pictured=picture is not None)
    return Written(
        messages=rendered.messages,
        is_empty=not composed.items,
        posts=len(composed.posts),
        told_seq=max((post.seq for post in since), default=recap.told_seq or 0),
        told=tuple(zip(rendered.places, (item.told for item in composed.items), strict=True)),
        picture=picture,
        quotations=_quotations(composed, rendered, texts, now) if recap.options.follow_edits else (),
    )


def texts_of(recap: Recap) -> Texts:
    """Return the texts in a recap's language, with times as its schedule has them."""
    return Texts(recap.options.lang, parse_schedule(recap.schedule, ZoneInfo("UTC")).zone.key)


async def _window(conn: Connection, recap: Recap, settled: int) -> list[StoredPost]:
    desks = [recap.source, *recap.options.desks]
    since = recap.created - _LOOK_BACK
    return await windows.select(conn, desks, after=recap.told_seq, upto=settled, since=since, limit=MOST_POSTS)


async def completed(
    store: Store, posts: Sequence[StoredPost | Member], known: Mapping[int, Analysis]
) -> dict[int, Analysis]:
    """Return the analyses of posts, made and kept where there was none; a post that can't be read has none."""
    # An analysis speaks of the post by its id, which is another after an edit.
    found = {post.seq: known[post.seq] for post in posts if post.seq in known and known[post.seq].post == post.post.id}
    new = {post.seq: analysis for post in posts if post.seq not in found if (analysis := await read(post.post))}
    if new:
        await store.change(lambda conn: analyses.put(conn, new))
    return found | new


def _read_of(posts: Sequence[StoredPost], known: Mapping[int, Analysis]) -> list[Read]:
    return [Read(post.seq, post.post, known[post.seq]) for post in posts if post.seq in known]


def _each_once(window: Sequence[StoredPost]) -> list[StoredPost]:
    """Leave out a post that several desks have."""
    first: dict[str, StoredPost] = {}
    for stored in window:
        first.setdefault(identity(stored.post), stored)
    return list(first.values())


def _render(recap: Recap, composed: Composed, texts: Texts, now: datetime, *, pictured: bool) -> Rendered:
    if composed.items:
        return render_recap(recap.title, composed, texts, now, pictured=pictured)
    return Rendered(() if recap.options.skip_empty else (render_empty(recap.title, texts),), ())


def _quotations(composed: Composed, rendered: Rendered, texts: Texts, now: datetime) -> tuple[Quotation, ...]:
    return tuple(
        Quotation(part, *render_story(item, texts, now), _editions(item), item.old, now)
        for part, item in zip(rendered.places, composed.items, strict=True)
    )


def _editions(item: Item) -> tuple[tuple[int, str], ...]:
    return tuple(zip(item.told.posts, (post.id for post in item.posts), strict=True))
