"""Which posts somebody asks for, of /summary and its relatives, which take the same words.

/summary          the posts since the last such summary; of the last 24 h, if there was none in that time
/summary 20       the last 20 posts
/summary 24h      the posts of a span of time: 90m, 24h, 7d, 2w
in a reply        the post that the message answers, alone
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import Message

from bot.periods import parse_period
from bot.posts import Desk, Post
from bot.store import chats, posts
from bot.store.chats import Summarised
from bot.store.posts import StoredPost
from bot.telegram.carried import read_post
from bot.telegram.handling import Handling

MOST_POSTS = 1000
"""How many posts one answer reads at most, the newest: it keeps the answer quick and the memory small."""
_MOST_CHARS = 5_000_000  # a thousand of the longest messages; only files hold longer posts


@dataclass(frozen=True, slots=True)
class Request:
    """Which posts somebody asks for; without count and period those since the last summary."""

    count: int | None = None
    period: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The posts that a request asks for.

    Attributes:
        stored: oldest first.
        last: how far the desk was summarised before.
        newest: the newest post of the desk, whether it was asked for or not; None if there is none.

    """

    stored: list[StoredPost]
    last: Summarised | None
    newest: StoredPost | None


def read_request(words: Sequence[str]) -> Request | None:
    """Understand the words after the command; None if they make no sense."""
    if not words:
        return Request()
    text = " ".join(words)
    if text.isdecimal():
        return Request(count=min(int(text[:9]), MOST_POSTS)) if int(text[:9]) else None
    period = parse_period(text)
    return Request(period=period) if period else None


async def choose(handling: Handling, desk: Desk, request: Request, *, again: bool = False) -> Chosen:
    """Get the posts of a desk that a request asks for.

    With ``again`` the plain form looks back over the usual hours where nothing came since the last summary.
    """
    async with handling.store.read() as conn:
        last = await chats.last_summarised(conn, desk)
        stored = await posts.select(conn, desk, chars=_MOST_CHARS, **_window(handling, request, last))
        if again and not stored:
            stored = await posts.select(conn, desk, chars=_MOST_CHARS, **_window(handling, request, None))
        newest = stored[-1:] or await posts.select(conn, desk, limit=1, told=True)
    return Chosen(stored, last, newest[0] if newest else None)


def replied_to(message: Message, bot_id: int) -> Message | None:
    """Return the message that somebody asks about by a reply.

    In a topic, what stands alone comes as a reply to the message that opened the topic; and an answer of the bot is no
    post: who replies to it goes on talking to the bot.
    """
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created or (replied.from_user and replied.from_user.id == bot_id):
        return None
    return replied


async def post_of(handling: Handling, desk: Desk, message: Message) -> StoredPost | Post:
    """Return the post that a message carried, as it is stored, or as the message has it."""
    async with handling.store.read() as conn:
        stored = await posts.find_by_message(conn, desk, message.message_id)
    return stored or read_post(message)


def _window(handling: Handling, request: Request, last: Summarised | None) -> dict[str, Any]:
    """Say which posts are asked for, in the words of `posts.select`."""
    if request.count:
        return {"limit": request.count, "told": True}
    usual = timedelta(hours=handling.settings.summary.hours)
    if request == Request() and last and last.time >= handling.now - usual:
        return {"after": last.seq, "limit": MOST_POSTS, "told": True}
    return {"since": handling.now - (request.period or usual), "limit": MOST_POSTS, "told": True}
