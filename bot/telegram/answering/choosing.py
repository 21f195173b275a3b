"""Find the posts that somebody asks for: by a request, or by a reply to one of them.

The plain request asks for the posts since the last such summary; or of the last 24 h, if there was none in that time.
"""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from telegram import Message

from bot.posts import Desk, Post
from bot.store.connection import Connection
from bot.store.desks import chats, posts, search
from bot.store.desks.chats import Summarised
from bot.store.desks.posts import Condition, StoredPost, Which
from bot.telegram.answering.searching import Searched, look_for
from bot.telegram.answering.views import View
from bot.telegram.asking.request import MOST_POSTS, Request
from bot.telegram.handling import Handling
from bot.telegram.intake.carried import read_post
from bot.telegram.intake.indexing import index_desk
from bot.telegram.reading import understand
from bot.text.question import Question
from bot.text.stems import source_stem

_MOST_CHARS = 5_000_000  # a thousand of the longest messages; only files hold longer posts


@dataclass(frozen=True, slots=True)
class Chosen:
    """The posts that a request asks for.

    Attributes:
        stored: oldest first.
        last: how far the desk was summarised before.
        newest: the newest post of the desk, whether it was asked for or not; None if there is none that is told.
        silenced: there are posts, but all of them are of muted sources.
        searched: what came of looking for the words of the request; None if it has none.

    """

    stored: list[StoredPost]
    last: Summarised | None
    newest: StoredPost | None
    silenced: bool = False
    searched: Searched | None = None


async def choose(handling: Handling, desk: Desk, request: Request, *, again: bool = False) -> Chosen:
    """Get the posts of a desk that a request asks for.

    With ``again`` the plain form looks back over the usual hours where nothing came since the last summary.
    """
    question = await _question(handling, desk, request.query, request.source)

    async def select(conn: Connection) -> Chosen:
        last = await chats.last_summarised(conn, desk)
        which, searched = _which(handling, request, last), None
        if question is not None:
            which, searched = await look_for(conn, desk, which, question)
        in_vain = searched is not None and not searched.found
        stored = [] if in_vain else await _newest(conn, desk, which, request.count or MOST_POSTS)
        if again and request.is_plain and not stored:
            stored = await _newest(conn, desk, _which(handling, request, None), MOST_POSTS)
        newest = stored[-1:] or await posts.select(conn, desk, Which(told=True), limit=1)
        silenced = not newest and bool(await posts.select(conn, desk, limit=1))
        return Chosen(stored, last, newest[0] if newest else None, silenced, searched)

    return await handling.store.look(select)


async def choose_again(handling: Handling, desk: Desk, view: View) -> list[StoredPost]:
    """Get the posts of a desk that a view is of, as far as they are still there; oldest first."""
    question = await _question(handling, desk, view.words, view.source)

    async def select(conn: Connection) -> list[StoredPost]:
        which = Which(after=view.first - 1, upto=view.last, told=True, holding=_of_source(view.source))
        if question is not None:
            which, searched = await look_for(conn, desk, which, question)
            if not searched.found:
                return []
        return await _newest(conn, desk, which, MOST_POSTS)

    return await handling.store.look(select)


async def _question(handling: Handling, desk: Desk, words: str, source: str | None) -> Question | None:
    """Understand what is looked for, and see to it that it can be found; None if no words are."""
    if words or source:
        await index_desk(handling.store, desk)
    return await understand(words) if words else None


async def _newest(conn: Connection, desk: Desk, which: Which, limit: int) -> list[StoredPost]:
    return await posts.select(conn, desk, which, limit=limit, chars=_MOST_CHARS)


def _which(handling: Handling, request: Request, last: Summarised | None) -> Which:
    """Say which posts are asked for, but for their words and their number."""
    usual = timedelta(hours=handling.settings.summary.hours)
    if request.is_plain:
        recent = last and last.time >= handling.now - usual
        return Which(after=last.seq, told=True) if last and recent else Which(since=handling.now - usual, told=True)
    since, until = request.window(handling.now, ZoneInfo(handling.settings.general.timezone))
    return Which(since=since, until=until, told=True, holding=_of_source(request.source))


def _of_source(name: str | None) -> tuple[Condition, ...]:
    return (search.hold_all([(source_stem(name),)]),) if name else ()


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
