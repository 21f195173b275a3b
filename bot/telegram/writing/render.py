"""Write a digest as messages of Telegram HTML.

A sentence is shown as a reader sees it in the post: word for word, without the markup and invisible characters that its
text may carry (``**``, ``[..](..)``); what is stored stays verbatim. Sentences are never cut, except one that alone is
longer than a message; messages end between stories, or in a long story between lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.posts import Digest, Post
from bot.printing.page import Block, Page, lay_out
from bot.recap import Length
from bot.telegram.texts import Texts
from bot.telegram.writing.blocks import differing, facts, flowing, headline, sources
from bot.telegram.writing.markup import (
    MOST_UNITS,
    Markup,
    bold,
    italic,
    joined,
    plain,
    share_out,
    share_out_and_place,
    shortened,
)
from bot.text.stories.known import untold_first

# In a summary of many posts each story gets room for what matters most in it: so many sentences, actors, numbers.
_ROOM = {Length.SHORT: (1, 2, 1), Length.NORMAL: (2, 4, 3), Length.LONG: (3, 6, 5)}


def render(
    digest: Digest, posts: Sequence[Post], texts: Texts, now: datetime, length: Length = Length.NORMAL
) -> list[str]:
    """Write the digest of posts: of one its sentences, of many the stories under a line that says what was read.

    No messages if there is nothing to tell.
    """
    page = lay_out([(digest, posts)])
    if not page.blocks:
        return []
    if len(posts) == 1:
        return share_out(_single_post(block, texts, now) for block in page.blocks)
    foot = [italic(texts.say("more-stories", stories=digest.rest))] if digest.rest else []
    return share_out([_head(page, posts, texts, now), *_stories(page, texts, now, length), foot])


def render_page(
    digest: Digest, posts: Sequence[Post], texts: Texts, now: datetime, length: Length = Length.NORMAL
) -> tuple[str, int]:
    """Write as many of the stories as fit into one message; tell how many they are, at least one."""
    page = lay_out([(digest, posts)])
    messages, places = share_out_and_place([_head(page, posts, texts, now), *_stories(page, texts, now, length)])
    return messages[0], max(1, sum(place == 1 for place in places[1:]))


def render_story(block: Block, texts: Texts, now: datetime) -> str:
    """Write one story as a message of its own; what does not fit into one is left out."""
    return share_out([[*_story(block, texts, now, Length.NORMAL)]])[0]


def _stories(page: Page, texts: Texts, now: datetime, length: Length) -> Iterator[list[Markup]]:
    return ([*_story(block, texts, now, length)] for block in page.blocks)


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
    paragraphs = [[headline(block.title)], *([plain(shortened(sentence, MOST_UNITS))] for sentence in block.sentences)]
    if listed := list(facts(block)):
        paragraphs.append(listed)
    if named := sources(block.links, texts, now, zoned=True):
        paragraphs.append([named])
    return [line for paragraph in paragraphs for line in (Markup(), *paragraph)][1:]


def _story(block: Block, texts: Texts, now: datetime, length: Length) -> Iterator[Markup]:
    sentences, actors, figures = _ROOM[length]
    told = (block.title, *block.sentences[:sentences])
    # Where there is room for one number it is the one that matters most, told or not.
    order = untold_first([figure.span for figure in block.figures], told if figures > 1 else ())
    yield headline(block.title)
    yield from flowing(told[1:])
    kept = tuple(block.figures[place] for place in order[:figures])
    yield from facts(replace(block, actors=block.actors[:actors], figures=kept))
    yield from differing(block, texts)
    if named := sources(block.links, texts, now):
        yield named
