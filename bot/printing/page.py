"""What every printed form of a digest shows, and in which order, whatever its markup."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.posts import Conflict, Digest, Number, Post, Span, Story
from bot.text.stories.tolls import grows
from bot.text.words.clean import without_markup

# An address of the web without spaces, control characters or lone surrogates.
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f\ud800-\udfff]+", re.IGNORECASE)
# Control characters, which could steer a terminal, and lone surrogates, which nothing can show.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_SECOND_HALF = re.compile(r"\]\(\S*")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a block came from: the source's name, the permalink if it is safe to open, the time of publication."""

    title: str
    url: str | None
    date: datetime | None

    @property
    def time(self) -> str:
        """The time of publication as people write it; empty if nobody knows it."""
        return f"{self.date.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if self.date else ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a reader meets it: the span, and the clause that says what is counted (may be empty).

    "…" stands in the clause where the number stood, or at its end if the number follows.
    """

    span: str
    about: str


@dataclass(frozen=True, slots=True)
class Block:
    """One story, or the whole digest of one post, as a reader meets it.

    Attributes:
        title: the headline; of a single post the first of its sentences.
        sentences: those after the title.
        actors: (name, role) pairs; the role may be empty.
        figures: but those that differ.
        conflicts: (what is counted, the figures that differ) pairs, of which several sources tell.
        updates: the same, but the figures followed each other: one source tells them all, or it is a toll that grew.

    """

    title: str
    sentences: tuple[str, ...]
    actors: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    conflicts: tuple[tuple[str, tuple[str, ...]], ...]
    links: tuple[Link, ...]
    updates: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A digest as a reader meets it; ``posts``, ``sources``, ``noise`` and ``rest`` are counts.

    Attributes:
        noise: posts that were left out.
        rest: stories that were not asked for.
        has_no_room: of some post no sentence fits.
        query: what was looked for; empty if nothing was.

    """

    lang: str
    blocks: tuple[Block, ...]
    posts: int
    sources: int
    noise: int
    rest: int = 0
    has_no_room: bool = False
    query: str = ""


def lay_out(digests: Sequence[tuple[Digest, Sequence[Post]]], query: str = "") -> Page:
    """Lay out digests, each with the posts it was made of: a block for a single post, else one for each story."""
    read = [post for _, posts in digests for post in posts]
    return Page(
        lang=digests[0][0].lang if digests else "en",
        blocks=tuple(block for digest, posts in digests for block in _blocks(digest, posts)),
        posts=len(read),
        sources=len({post.source for post in read if post.source}),
        noise=sum(len(digest.noise) for digest, _ in digests),
        rest=sum(digest.rest for digest, _ in digests),
        has_no_room=any(digest.stories and not digest.sentences for digest, posts in digests if len(posts) == 1),
        query=_seen(query),
    )


def _blocks(digest: Digest, posts: Sequence[Post]) -> Iterator[Block]:
    if len(posts) == 1:
        if spans := [sentence.span for sentence in digest.sentences]:
            yield _block(digest, spans, (), posts)
        return
    by_id = {post.id: post for post in posts}
    for story in digest.stories:
        yield lay_out_story(story, [by_id[post] for post in story.posts])


def lay_out_story(story: Story, posts: Sequence[Post]) -> Block:
    """Lay out a story, with the posts it was made of."""
    spans = [story.title, *(sentence.span for sentence in story.sentences)]
    return _block(story, spans, story.conflicts, posts)


def _block(facts: Digest | Story, spans: Sequence[Span], conflicts: Sequence[Conflict], posts: Sequence[Post]) -> Block:
    title, *sentences = map(readable, spans)
    differing = {(value.kind, value.value) for conflict in conflicts for value in conflict.values}
    source_of = {post.id: post.source for post in posts}
    updates = [conflict for conflict in conflicts if _is_update(conflict, source_of)]
    return Block(
        title=title,
        sentences=tuple(sentences),
        actors=tuple((_seen(actor.name), readable(actor.role) if actor.role else "") for actor in facts.actors),
        figures=tuple(figure_of(number) for number in facts.numbers if (number.kind, number.value) not in differing),
        conflicts=tuple(_figures(conflict) for conflict in conflicts if conflict not in updates),
        links=links_of(posts, [span.post for span in spans]),
        updates=tuple(map(_figures, updates)),
    )


def _is_update(conflict: Conflict, source_of: Mapping[str, str | None]) -> bool:
    """Tell whether the figures that differ followed each other: one source knew better later, or a toll grew."""
    sources = {source_of[value.span.post] for value in conflict.values}
    return (len(sources) == 1 and None not in sources) or grows(conflict)


def _figures(conflict: Conflict) -> tuple[str, tuple[str, ...]]:
    return readable(conflict.about), tuple(readable(value.span) for value in conflict.values)


def figure_of(number: Number) -> Figure:
    """Show a number with what it counts."""
    if number.about is None:
        return Figure(readable(number.span), "")
    return Figure(readable(number.span), _counted(number.span, number.about))


def _counted(number: Span, about: Span) -> str:
    """Show what is counted without the number itself, which is shown beside it."""
    if about.end <= number.start:
        return readable(about) + " …"
    if number.start < about.start or about.end < number.end:
        return readable(about)
    before, after = about.text[: number.start - about.start], about.text[number.end - about.start :]
    return _shown(f"{before}…{after}" if before.strip() else after.lstrip())


def links_of(posts: Sequence[Post], quoted: Sequence[str] = ()) -> tuple[Link, ...]:
    """Name every source once, by the first of the quoted posts (their ids) that it wrote, or else by its first post."""
    rank = {post: place for place, post in reversed(list(enumerate(quoted)))}
    written: dict[str, list[Post]] = {}
    for post in posts:
        if title := post.source or _address_of(post):
            written.setdefault(title, []).append(post)
    told = {title: min(own, key=lambda post: rank.get(post.id, len(quoted))) for title, own in written.items()}
    return tuple(Link(_seen(title), _address_of(post), post.date) for title, post in told.items())


def _address_of(post: Post) -> str | None:
    return post.url if post.url and _ADDRESS.fullmatch(post.url) else None


def readable(span: Span) -> str:
    """Show a span without markup, invisible characters and line ends; the words stay as they are."""
    return _shown(span.text)


def _shown(text: str) -> str:
    return _seen(_without_halves(without_markup(text))) or _seen(text)


def _without_halves(text: str) -> str:
    """Drop what is left of a link that a span cuts in two: "[text" or "text](address"."""
    text = _SECOND_HALF.sub("", text)
    return text if text.count("[") == text.count("]") else text.replace("[", "").replace("]", "")


def _seen(text: str) -> str:
    return " ".join(_UNSEEN.sub(" ", text).split())


def foot(page: Page) -> str:
    """Say what was read, and why nothing is told of it."""
    nothing = f"nothing about “{page.query}”" if page.query else "nothing to tell"
    parts = [
        _count(page.posts, "post"),
        f"of {_count(page.sources, 'source')}" if page.sources else "",
        f"({page.noise} left out as advertising or chatter)" if page.noise else "",
        f"– {_count(page.rest, 'further story', 'further stories')}" if page.rest else "",
        "" if page.blocks else "– no sentence fits" if page.has_no_room else f"– {nothing}",
    ]
    return "Read " + " ".join(part for part in parts if part)


def _count(number: int, noun: str, nouns: str | None = None) -> str:
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"
