"""Find the posts that somebody asks for: by a request, or by a reply to one of them.

The plain request asks for the posts since the last such summary; or of the last 24 h, if there was none in that time.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Message

from bot.posts import Desk, Post
from bot.store import chats, posts
from bot.store.chats import Summarised
from bot.store.connection import Connection
from bot.store.posts import StoredPost
from bot.telegram.carried import read_post
from bot.telegram.handling import Handling
from bot.telegram.request import MOST_POSTS, Request
from bot.telegram.views import View

_MOST_CHARS = 5_000_000  # a thousand of the longest messages; only files hold longer posts


@dataclass(frozen=True, slots=True)
class Chosen:
    """The posts that a request asks for.

    Attributes:
        stored: oldest first.
        last: how far the desk was summarised before.
        newest: the newest post of the desk, whether it was asked for or not; None if there is none that is told.
        silenced: there are posts, but all of them are of muted sources.

    """

    stored: list[StoredPost]
    last: Summarised | None
    newest: StoredPost | None
    silenced: bool = False


async def choose(handling: Handling, desk: Desk, request: Request, *, again: bool = False) -> Chosen:
    """Get the posts of a desk that a request asks for.

    With ``again`` the plain form looks back over the usual hours where nothing came since the last summary.
    """

    async def select(conn: Connection) -> Chosen:
        last = await chats.last_summarised(conn, desk)
        stored = await posts.select(conn, desk, chars=_MOST_CHARS, **_window(handling, request, last))
        if again and not stored:
            stored = await posts.select(conn, desk, chars=_MOST_CHARS, **_window(handling, request, None))
        newest = stored[-1:] or await posts.select(conn, desk, limit=1, told=True)
        silenced = not newest and bool(await posts.select(conn, desk, limit=1))
        return Chosen(stored, last, newest[0] if newest else None, silenced)

    chosen = await handling.store.look(select)
    if request.source:
        stored = [post for post in chosen.stored if _is_from(post.post, request.source)]
        return replace(chosen, stored=stored[-(request.count or MOST_POSTS) :])
    return chosen


async def choose_again(handling: Handling, desk: Desk, view: View) -> list[StoredPost]:
    """Get the posts of a desk that a view is of, as far as they are still there; oldest first."""
    stored = await handling.store.look(
        lambda conn: posts.select(
            conn, desk, after=view.first - 1, upto=view.last, limit=MOST_POSTS, told=True, chars=_MOST_CHARS
        )
    )
    return [post for post in stored if not view.source or _is_from(post.post, view.source)]


def _is_from(post: Post, source: str) -> bool:
    origin = post.origin
    return origin is not None and source in {(origin.username or "").casefold(), origin.title.casefold()}


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
    if request.count and not request.source:
        return {"limit": request.count, "told": True}
    newest = {"limit": MOST_POSTS, "told": True}
    usual = timedelta(hours=handling.settings.summary.hours)
    if request.is_plain:
        recent = last and last.time >= handling.now - usual
        return newest | ({"after": last.seq} if last and recent else {"since": handling.now - usual})
    since, until = request.window(handling.now, ZoneInfo(handling.settings.general.timezone))
    return newest | {"since": since, "until": until}
