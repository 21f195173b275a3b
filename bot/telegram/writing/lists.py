"""Write the actors and the numbers of a digest as lists, in messages of Telegram HTML.

An actor comes with the posts that name it, a number with the post that tells it; numbers of one story that count the
same thing and differ stand in one line, oldest first: their history.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.posts import Actor, Conflict, Digest, Number, Post, Span, Story
from bot.printing.page import Link, figure_of, links_of, readable
from bot.telegram.texts import Texts
from bot.telegram.writing.markup import (
    Markup,
    bold,
    italic,
    joined,
    link,
    plain,
    share_out,
    share_out_and_place,
    shortened,
)

_SOURCES = 4
# A headline only says which event the numbers below it belong to.
_TITLE_UNITS = 200
_ITEM_UNITS = 90
_LINE_UNITS = 1000


def render_actors(digest: Digest, posts: Sequence[Post], texts: Texts, now: datetime) -> list[str]:
    """Write the actors, best first; no messages if there are none."""
    if not digest.actors:
        return []
    by_id = {post.id: post for post in posts}
    lines = [line for actor in digest.actors for line in _actor(actor, by_id, texts, now)]
    return share_out([[_head("👤", posts, texts, now)], lines])


def render_numbers(digest: Digest, posts: Sequence[Post], texts: Texts, now: datetime) -> list[str]:
    """Write the numbers by story, the stories that matter first; no messages if there are no numbers."""
    blocks = _numbers(digest, posts, texts, now)
    if not blocks:
        return []
    foot = [italic(texts.say("more-stories", stories=digest.rest))] if digest.rest else []
    return share_out([[_head("🔢", posts, texts, now)], *blocks, foot])


def render_numbers_page(digest: Digest, posts: Sequence[Post], texts: Texts, now: datetime) -> tuple[str, int]:
    """Write the numbers of as many of the stories as fit into one message; tell how many they are.

    No message and no stories if there are no numbers.
    """
    blocks = _numbers(digest, posts, texts, now)
    if not blocks:
        return "", 0
    messages, places = share_out_and_place([[_head("🔢", posts, texts, now)], *blocks])
    return messages[0], max(1, sum(place == 1 for place in places[1:]))


def _numbers(digest: Digest, posts: Sequence[Post], texts: Texts, now: datetime) -> list[list[Markup]]:
    """Write the numbers of each story; those of a single post without its headline."""
    if len(posts) == 1:
        lines = [_number(number) for number in digest.numbers]
        return [lines] if lines else []
    by_id = {post.id: post for post in posts}
    return [list(_story(story, by_id, texts, now)) for story in digest.stories]


def _head(sign: str, posts: Sequence[Post], texts: Texts, now: datetime) -> Markup:
    """Say how many posts of how many sources were read, and of which period."""
    sources = len({post.source for post in posts if post.source})
    count = texts.say("read-posts", posts=len(posts))
    if sources:
        count = texts.say("read-posts-of-sources", posts=len(posts), sources=sources)
    dates = [post.date for post in posts if post.date]
    period = texts.period(min(dates), max(dates), now) if dates else ""
    return joined(" · ", [plain(f"{sign} ") + bold(count), plain(period)])


def _actor(actor: Actor, by_id: Mapping[str, Post], texts: Texts, now: datetime) -> Iterator[Markup]:
    naming = [by_id[name] for name in dict.fromkeys(mention.post for mention in actor.mentions)]
    role = italic(shortened(readable(actor.role), _ITEM_UNITS)) if actor.role else Markup()
    named = joined(", ", [bold(shortened(actor.name, _ITEM_UNITS)), role])
    if len(by_id) == 1:
        yield named
        return
    links = links_of(naming)
    places = [_place(found, texts, now) for found in links[:_SOURCES]]
    if len(naming) == 1:
        yield joined(" · ", [named, *places], _LINE_UNITS)
        return
    yield joined(" · ", [named, plain(texts.say("read-posts", posts=len(naming)))])
    if len(links) > _SOURCES:
        places.append(plain(texts.say("more-sources", sources=len(links) - _SOURCES)))
    if places:
        yield plain("🔗 ") + joined(" · ", places)


def _story(story: Story, by_id: Mapping[str, Post], texts: Texts, now: datetime) -> Iterator[Markup]:
    yield bold(shortened(readable(story.title), _TITLE_UNITS))
    for conflict in story.conflicts:
        yield _history(conflict, by_id, texts, now)
    told = {(value.kind, value.value) for conflict in story.conflicts for value in conflict.values}
    for number in story.numbers:
        if (number.kind, number.value) not in told:
            yield joined(" · ", [_number(number), *_places(number.span, by_id, texts, now)], _LINE_UNITS)


def _history(conflict: Conflict, by_id: Mapping[str, Post], texts: Texts, now: datetime) -> Markup:
    """Write what was told of one thing, one after the other: 12 (BBC, 10:05) → 18 (CNN, 11:30)."""
    steps = []
    for value in _in_time(conflict.values, by_id):
        said = bold(shortened(readable(value.span), _ITEM_UNITS))
        where = _places(value.span, by_id, texts, now)
        steps.append(said + plain(" (") + where[0] + plain(")") if where else said)
    counted = plain(shortened(readable(conflict.about), _ITEM_UNITS))
    return plain("📈 ") + joined(" — ", [joined(" → ", steps, _LINE_UNITS), counted])


def _in_time(values: Sequence[Number], by_id: Mapping[str, Post]) -> list[Number]:
    """Put numbers into the order in which they were published, if that is known of all of them."""
    dated = [(by_id[value.span.post].date, place, value) for place, value in enumerate(values)]
    known = [(date, place, value) for date, place, value in dated if date]
    return [value for *_, value in sorted(known, key=lambda row: row[:2])] if len(known) == len(dated) else list(values)


def _number(number: Number) -> Markup:
    figure = figure_of(number)
    counted = plain(shortened(figure.about, _ITEM_UNITS))
    return plain("🔢 ") + joined(" — ", [bold(shortened(figure.span, _ITEM_UNITS)), counted])


def _places(span: Span, by_id: Mapping[str, Post], texts: Texts, now: datetime) -> list[Markup]:
    return [_place(found, texts, now) for found in links_of([by_id[span.post]])]


def _place(found: Link, texts: Texts, now: datetime) -> Markup:
    time = texts.moment(found.date, now) if found.date else ""
    return joined(", ", [link(shortened(found.title, _ITEM_UNITS), found.url), plain(time)])
