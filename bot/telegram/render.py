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
from bot.telegram.blocks import conflicts, facts, flowing, headline, sources
from bot.telegram.markup import MOST_UNITS, Markup, bold, italic, joined, plain, share_out, shortened
from bot.telegram.texts import Texts

# In a summary of many posts each story gets room for what matters most in it.
_STORY_SENTENCES = 2
_STORY_ACTORS = 4
_STORY_NUMBERS = 3


def render(digest: Digest, posts: Sequence[Post], texts: Texts, now: datetime) -> list[str]:
    """Write the digest of posts: of one its sentences, of many the stories under a line that says what was read.

    No messages if there is nothing to tell.
    """
    page = lay_out([(digest, posts)])
    if not page.blocks:
        return []
    if len(posts) == 1:
        return share_out(_single_post(block, texts, now) for block in page.blocks)
    foot = [italic(texts.say("more-stories", stories=digest.rest))] if digest.rest else []
    return share_out([_head(page, posts, texts, now), *([*_story(block, texts, now)] for block in page.blocks), foot])


def render_story(block: Block, texts: Texts, now: datetime) -> str:
    """Write one story as a message of its own; what does not fit into one is left out."""
    return share_out([[*_story(block, texts, now)]])[0]


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


def _story(block: Block, texts: Texts, now: datetime) -> Iterator[Markup]:
    yield headline(block.title)
    yield from flowing(block.sentences[:_STORY_SENTENCES])
    yield from facts(replace(block, actors=block.actors[:_STORY_ACTORS], figures=block.figures[:_STORY_NUMBERS]))
    if block.conflicts:
        yield from conflicts(block.conflicts, texts)
    if named := sources(block.links, texts, now):
        yield named
