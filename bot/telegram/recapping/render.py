"""Write a recap as messages of Telegram HTML.

📰 News · 12 posts from 4 sources · May 5, 09:00–18:30
a quotation that can be opened: the headlines, if there are several messages
a story: headline, first sentence, a quotation that can be opened with the details, differing figures, sources

Under a picture stands all of it if there is room, else the first line.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.printing.page import Block, lay_out_story
from bot.recaps.compose import Composed, Item
from bot.telegram.texts import Texts
from bot.telegram.writing.blocks import differing, facts, flowing, headline, sources
from bot.telegram.writing.markup import (
    Markup,
    as_caption,
    bold,
    italic,
    joined,
    plain,
    quotation,
    share_out_and_place,
    shortened,
)

# From so many stories on readers want to see first what there is.
_LONG = 5
_TITLE_UNITS = 200
_CONTENTS_UNITS = 120
_MOST_CONTENTS_UNITS = 1500


@dataclass(frozen=True, slots=True)
class Rendered:
    """A recap as messages of HTML, and in which of them each story ends, counted from 1."""

    messages: tuple[str, ...]
    places: tuple[int, ...]


def render_recap(title: str, composed: Composed, texts: Texts, now: datetime, *, pictured: bool = False) -> Rendered:
    """Write a recap; no messages if there is nothing to tell. With a picture the first message is what stands under it.

    Args:
        title: of the recap.
        composed: what it tells.
        texts: in its language.
        now: when it is made.
        pictured: it begins with a picture.

    """
    if not composed.items:
        return Rendered((), ())
    blocks = [lay_out_story(item.story, item.posts) for item in composed.items]
    told = [[*_story(item, block, texts, now)] for item, block in zip(composed.items, blocks, strict=True)]
    head = [_head(title, composed, texts, now)]
    foot = [italic(texts.say("more-stories", stories=composed.rest))] if composed.rest else []
    if not pictured:
        return Rendered(*_share_out(head, blocks, told, foot))
    if caption := as_caption([head, *told, foot]):
        return Rendered((caption,), (1,) * len(told))
    messages, places = _share_out([], blocks, told, foot)
    return Rendered((joined("", head).html, *messages), tuple(place + 1 for place in places))


def _share_out(
    head: list[Markup], blocks: list[Block], told: list[list[Markup]], foot: list[Markup]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Write what was rendered into messages, with the headlines at first if there are many; tell where stories end."""
    messages, places = share_out_and_place([head, *told, foot])
    if len(messages) > 1 and len(blocks) >= _LONG:
        messages, places = share_out_and_place([[*head, _contents(blocks)], *told, foot])
    return tuple(messages), tuple(places[1:-1])


def render_story(item: Item, texts: Texts, now: datetime) -> tuple[str, str]:
    """Write a story as it stands in a recap, and what stands for it among the headlines at the beginning."""
    block = lay_out_story(item.story, item.posts)
    return joined("\n", _story(item, block, texts, now)).html, _line(block).html


def render_empty(title: str, texts: Texts) -> str:
    """Write the line that says that there is nothing to tell."""
    return (plain("📰 ") + bold(title)).html + " · " + texts.say("recap-empty")


def _head(title: str, composed: Composed, texts: Texts, now: datetime) -> Markup:
    """Say whose recap it is, of which posts, and of which period."""
    posts = composed.posts
    named = len({post.source for post in posts if post.source})
    count = texts.say("read-posts", posts=len(posts))
    if named:
        count = texts.say("read-posts-of-sources", posts=len(posts), sources=named)
    dates = [post.date for post in posts if post.date]
    period = texts.period(min(dates), max(dates), now) if dates else ""
    return joined(" · ", [plain("📰 ") + bold(shortened(title, _TITLE_UNITS)), plain(count), plain(period)])


def _contents(blocks: list[Block]) -> Markup:
    return quotation(joined("\n", map(_line, blocks), _MOST_CONTENTS_UNITS))


def _line(block: Block) -> Markup:
    return plain("▪️ " + shortened(block.title, _CONTENTS_UNITS))


def _story(item: Item, block: Block, texts: Texts, now: datetime) -> Iterator[Markup]:
    if item.update_of is not None:
        yield italic("🔄 " + texts.say("recap-update"))
    yield headline(block.title)
    yield from flowing(block.sentences[:1])
    details = [*flowing(block.sentences[1:]), *facts(replace(block, links=()))]
    if details:
        yield quotation(joined("\n", details))
    yield from differing(block, texts)
    if named := sources(block.links, texts, now):
        yield named
