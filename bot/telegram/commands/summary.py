"""/summary: what the posts say.

    /summary          the posts since the last such summary; of the last 24 h, if there was none in that time
    /summary 20       the last 20 posts
    /summary 24h      the posts of a span of time: 90m, 24h, 7d, 2w
    in a reply        the post that the message answers, alone

Only the plain form moves the mark "up to here": the others look back and forth without making the plain one skip posts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType

from bot.periods import parse_period
from bot.posts import Digest, Post
from bot.store import bursts, chats, posts
from bot.store.chats import Summarised
from bot.store.posts import StoredPost
from bot.telegram.handling import Context, Handling, addressed, desk_of
from bot.telegram.intake import read_post
from bot.telegram.markup import shortened
from bot.telegram.reading import digest_post, digest_stored
from bot.telegram.render import render
from bot.telegram.texts import Texts

MOST_POSTS = 1000
"""How many posts one summary reads at most, the newest: it keeps the answer quick and the memory small."""


@dataclass(frozen=True, slots=True)
class Request:
    """Which posts somebody asks for; without count and period those since the last summary."""

    count: int | None = None
    period: timedelta | None = None


async def summary(update: Update, context: Context) -> None:
    """Answer /summary."""
    message, handling = addressed(update), context.handling
    replied = _replied_to(message, context.bot.id)
    if replied:
        await _sum_up_one(handling, message, replied)
        return
    request = read_request(context.args or [])
    if request:
        await _sum_up(handling, message, request)
    else:
        words = shortened(" ".join(context.args or []), 100)
        handling.answer(message, handling.texts_for(message.from_user).say("summary-wrong", words=words))


def read_request(words: Sequence[str]) -> Request | None:
    """Understand the words after the command; None if they make no sense."""
    if not words:
        return Request()
    text = " ".join(words)
    if text.isdecimal():
        return Request(count=min(int(text[:9]), MOST_POSTS)) if int(text[:9]) else None
    period = parse_period(text)
    return Request(period=period) if period else None


async def _sum_up(handling: Handling, message: Message, request: Request) -> None:
    desk, texts = desk_of(message), handling.texts_for(message.from_user)
    handling.change(lambda conn: bursts.drop(conn, desk))
    async with handling.store.read() as conn:
        last = await chats.last_summarised(conn, desk)
        stored = await posts.select(conn, desk, **_window(handling, request, last))
        newest = stored[-1:] or await posts.select(conn, desk, limit=1)
    if not stored:
        handling.answer(message, _nothing(handling, message, last, newest, request))
        return
    found = await digest_stored(handling, stored)
    written = _written(handling, found, [post.post for post in stored], texts)
    for html in written or [texts.say("summary-only-noise", posts=len(stored))]:
        handling.answer(message, html)
    if request == Request():
        seq = max(post.seq for post in stored)
        handling.change(lambda conn: chats.set_summarised(conn, desk, seq, handling.now))


def _window(handling: Handling, request: Request, last: Summarised | None) -> dict[str, Any]:
    """Say which posts are asked for, in the words of `posts.select`."""
    if request.count:
        return {"limit": request.count}
    usual = timedelta(hours=handling.settings.summary.hours)
    if request == Request() and last and last.time >= handling.now - usual:
        return {"after": last.seq, "limit": MOST_POSTS}
    return {"since": handling.now - (request.period or usual), "limit": MOST_POSTS}


def _nothing(
    handling: Handling, message: Message, last: Summarised | None, newest: Sequence[StoredPost], request: Request
) -> str:
    """Say why there is nothing to sum up, and what to do."""
    texts = handling.texts_for(message.from_user)
    if not newest:
        return texts.say("summary-empty" if message.chat.type == ChatType.PRIVATE else "summary-empty-group")
    if request == Request() and last and newest[0].seq <= last.seq:
        return texts.say("summary-nothing-new", time=texts.moment(last.time, handling.now, zoned=True))
    return texts.say("summary-nothing-then", time=texts.moment(newest[0].received, handling.now, zoned=True))


async def _sum_up_one(handling: Handling, message: Message, replied: Message) -> None:
    """Sum up the post that a message carried, stored or not."""
    desk, texts = desk_of(message), handling.texts_for(message.from_user)
    async with handling.store.read() as conn:
        stored = await posts.find_by_message(conn, desk, replied.message_id)
    post = stored.post if stored else read_post(replied)
    written = []
    if post.text.strip():
        found = await digest_stored(handling, [stored]) if stored else await digest_post(handling, post)
        written = _written(handling, found, [post], texts)
    for html in written or [texts.say("summary-no-text")]:
        handling.say(desk, html, reply_to=replied.message_id)


def _written(handling: Handling, found: Digest, read: Sequence[Post], texts: Texts) -> list[str]:
    return render(found, read, texts, handling.now, handling.settings.summary.stories)


def _replied_to(message: Message, bot_id: int) -> Message | None:
    """Return the message that somebody wants summed up.

    In a topic, what stands alone comes as a reply to the message that opened the topic; and an answer of the bot is no
    post: who replies to it goes on talking to the bot.
    """
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created or (replied.from_user and replied.from_user.id == bot_id):
        return None
    return replied
