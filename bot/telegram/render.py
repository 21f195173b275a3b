"""Write a digest as messages of Telegram HTML.

A sentence is shown as a reader sees it in the post: word for word, without the markup and invisible characters that its
text may carry (``**``, ``[..](..)``); what is stored stays verbatim. Sentences are never cut, except one that alone is
longer than a message; messages end between stories, or in a long story between lines.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.posts import Digest, Post
from bot.printing.page import Block, Figure, Link, Page, lay_out
from bot.telegram.markup import MOST_UNITS, Markup, bold, italic, joined, link, plain, share_out, shortened
from bot.telegram.texts import Texts

# In a summary of many posts each story gets room for what matters most in it.
_STORY_SENTENCES = 2
_STORY_ACTORS = 4
_STORY_NUMBERS = 3
_SOURCES = 8
# A name or a clause that is longer than this is cut: it would hide the others.
_ITEM_UNITS = 90
_LINE_UNITS = 1000
_ENDS = (".", "!", "?", "…", ":", ";", "»", "”", '"', ")")


def render(digest: Digest, posts: Sequence[Post], texts: Texts, now: datetime, most_stories: int) -> list[str]:
    """Write the digest of posts: of one its sentences, of many the stories under a line that says what was read.

    No messages if there is nothing to tell.
    """
    shown = replace(digest, stories=digest.stories[:most_stories])
    page = lay_out([(shown, posts)])
    if not page.blocks:
        return []
    if len(posts) == 1:
        return share_out(_single_post(block, texts, now) for block in page.blocks)
    rest = len(digest.stories) - len(shown.stories)
    foot = [italic(texts.say("more-stories", stories=rest))] if rest else []
    return share_out([_head(page, posts, texts, now), *([*_story(block, texts, now)] for block in page.blocks), foot])


def _head(page: Page, posts: Sequence[Post], texts: Texts, now: datetime) -> list[Markup]:
    """Say how many posts of how many sources were read, and of which period."""
    count = texts.say("read-posts", posts=page.posts)
    if page.sources:
        count = texts.say("read-posts-of-sources", posts=page.posts, sources=page.sources)
    dates = [post.date for post in posts if post.date]
    period = texts.period(min(dates), max(dates), now) if dates else ""
    lines = [joined(" · ", [plain("📰 ") + bold(count), plain(period)])]
    if page.noise:
        lines.append(italic(texts.say("left-out", posts=page.noise)))
    return lines


def _single_post(block: Block, texts: Texts, now: datetime) -> list[Markup]:
    paragraphs = [[_headline(block.title)], *([plain(shortened(sentence, MOST_UNITS))] for sentence in block.sentences)]
    if facts := list(_facts(block)):
        paragraphs.append(facts)
    if sources := _sources(block.links, texts, now, zoned=True):
        paragraphs.append([sources])
    return [line for paragraph in paragraphs for line in (Markup(), *paragraph)][1:]


def _story(block: Block, texts: Texts, now: datetime) -> Iterator[Markup]:
    yield _headline(block.title)
    yield from _flowing(block.sentences[:_STORY_SENTENCES])
    yield from _facts(replace(block, actors=block.actors[:_STORY_ACTORS], figures=block.figures[:_STORY_NUMBERS]))
    if block.conflicts:
        yield from _conflicts(block.conflicts, texts)
    sources = _sources(block.links, texts, now)
    if sources:
        yield sources


def _headline(sentence: str) -> Markup:
    return bold(shortened(sentence, MOST_UNITS))


def _flowing(sentences: Sequence[str]) -> list[Markup]:
    """Let sentences follow each other in one paragraph, where they end as sentences do and fit into a message."""
    lines: list[Markup] = []
    flows = False
    for sentence in sentences:
        text = plain(shortened(sentence, MOST_UNITS))
        if flows and lines[-1].units + 1 + text.units <= MOST_UNITS:
            lines[-1] = lines[-1] + plain(" ") + text
        else:
            lines.append(text)
        flows = sentence.endswith(_ENDS)
    return lines


def _facts(block: Block) -> Iterator[Markup]:
    """Write the actors in one line, and a line for each number."""
    actors = joined(" · ", (_actor(name, role) for name, role in block.actors), _LINE_UNITS)
    if actors:
        yield plain("👤 ") + actors
    for figure in block.figures:
        yield plain("🔢 ") + _number(figure)


def _actor(name: str, role: str) -> Markup:
    named = plain(shortened(name, _ITEM_UNITS))
    return joined(", ", [named, italic(shortened(role, _ITEM_UNITS))])


def _number(figure: Figure) -> Markup:
    counted = plain(shortened(figure.about, _ITEM_UNITS))
    return joined(" — ", [bold(shortened(figure.span, _ITEM_UNITS)), counted])


def _conflicts(conflicts: Iterable[tuple[str, tuple[str, ...]]], texts: Texts) -> Iterator[Markup]:
    label = plain("⚖️ " + texts.say("figures-differ") + " ")
    for about, values in conflicts:
        figures = dict.fromkeys(shortened(value, _ITEM_UNITS) for value in values)
        differing = joined(" / ", map(bold, figures), _LINE_UNITS)
        counted = plain(shortened(about, _ITEM_UNITS))
        yield label + joined(" — ", [differing, counted])


def _sources(links: Sequence[Link], texts: Texts, now: datetime, *, zoned: bool = False) -> Markup:
    """Name the sources, each linked to its first post; empty if none is known."""
    between = ", " if len(links) > 1 else " · "
    times = [texts.moment(source.date, now, zoned=zoned) if source.date else "" for source in links[:_SOURCES]]
    named = [
        joined(between, [link(shortened(source.title, _ITEM_UNITS), source.url), plain(time)])
        for source, time in zip(links, times, strict=False)
    ]
    if len(links) > _SOURCES:
        named.append(plain(texts.say("more-sources", sources=len(links) - _SOURCES)))
    return plain("🔗 ") + joined(" · ", named) if named else Markup()
