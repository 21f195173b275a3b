"""Answer commands that ask what posts say: find the posts, read them, or say why there is nothing to tell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.posts import Desk, Digest, Post
from bot.store.desks import sources
from bot.store.desks.posts import StoredPost
from bot.telegram.answering.choosing import Chosen, choose, post_of, replied_to
from bot.telegram.answering.findings import (
    say_found,
    say_found_nothing,
    say_not_taken,
    say_two,
    say_unclear,
    under,
)
from bot.telegram.asking.request import Request, read_request
from bot.telegram.handling import Context, Handling, addressed, desk_of, person_of
from bot.telegram.intake.carried import is_few_words
from bot.telegram.reading import digest_post, digest_stored, usual_options
from bot.telegram.texts import Texts
from bot.telegram.writing.markup import shortened
from bot.text.digest import Digester, Options

_NAME_UNITS = 90


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about, read.

    Attributes:
        request: None if one post was asked about, by a reply to it.
        reply_to: the message to answer; None in private chats, where everything is said to one.
        stored: the posts as they are stored; empty if one was asked about that is not.
        head: what stands above the answer, as HTML; may be empty.

    """

    handling: Handling
    desk: Desk
    texts: Texts
    request: Request | None
    posts: list[Post]
    found: Digest
    reply_to: int | None
    stored: Sequence[StoredPost] = ()
    head: str = ""

    @property
    def seqs(self) -> list[int]:
        """The seqs of the posts."""
        return [kept.seq for kept in self.stored]

    def tell(self, written: Sequence[str], otherwise: str, buttons: InlineKeyboardMarkup | None = None) -> None:
        """Answer by messages of HTML, with buttons under the last; without any, by what is to be said otherwise."""
        *first, last = under(self.head, written or [otherwise])
        for html in first:
            self.handling.say(self.desk, html, self.reply_to)
        self.handling.say(self.desk, last, self.reply_to, buttons if written else None)


async def look_up(
    update: Update, context: Context, make: Digester, options: Options | None = None, *, again: bool
) -> Asked | None:
    """Read what a command asks about; where there is nothing, say so and return None.

    Args:
        update: brought the command.
        context: of the update.
        make: makes of the digest what the command shows.
        options: of the digest; the usual ones if None.
        again: whether the plain form tells again what a summary has told, if nothing came since.

    """
    message, handling = addressed(update), context.handling
    if not await handling.quotas.take_summary(person_of(message)):
        await handling.refuse(message, "too-many-summaries", handling.settings.limits.summaries_per_minute)
        return None
    options = options or usual_options(handling.settings.summary)
    if replied := replied_to(message, context.bot.id):
        return await _about_one(handling, message, replied, options)
    texts, desk = handling.texts_for(message.from_user), desk_of(message)
    request = read_request(" ".join(context.args or []))
    if request.unclear:
        handling.answer(message, say_unclear(texts, request, _command(message)))
        return None
    if request.twice:
        handling.answer(message, say_two(texts, request, _command(message)))
        return None
    chosen = await choose(handling, desk, request, again=again)
    if not chosen.stored:
        few = bool(request.words) and is_few_words(message)
        in_vain = say_not_taken(texts, request) if few else await _nothing(handling, message, chosen, request)
        handling.answer(message, in_vain)
        return None
    options = replace(options, about=request.query)
    found = await digest_stored(handling, chosen.stored, options, make)
    read = [stored.post for stored in chosen.stored]
    head = say_found(texts, chosen.searched, request, len(read)) if chosen.searched else ""
    reply_to = None if message.chat.type == ChatType.PRIVATE else message.message_id
    return Asked(handling, desk, texts, request, read, found, reply_to, chosen.stored, head)


async def _about_one(handling: Handling, message: Message, replied: Message, options: Options) -> Asked | None:
    """Read the post that a message carried, stored or not."""
    desk, texts = desk_of(message), handling.texts_for(message.from_user)
    kept = await post_of(handling, desk, replied)
    post = kept.post if isinstance(kept, StoredPost) else kept
    if not post.text.strip():
        handling.say(desk, texts.say("summary-no-text"), replied.message_id)
        return None
    if isinstance(kept, StoredPost):
        found = await digest_stored(handling, [kept], options)
    else:
        found = await digest_post(kept, options)
    stored = [kept] if isinstance(kept, StoredPost) else []
    return Asked(handling, desk, texts, None, [post], found, replied.message_id, stored)


async def _nothing(handling: Handling, message: Message, chosen: Chosen, request: Request) -> str:
    """Say why there is nothing to tell, and what to do."""
    texts, command = handling.texts_for(message.from_user), _command(message)
    if chosen.silenced:
        return texts.say("summary-all-muted")
    if not chosen.newest:
        return texts.say("summary-empty" if message.chat.type == ChatType.PRIVATE else "summary-empty-group")
    if chosen.searched and chosen.searched.among.posts:
        return say_found_nothing(texts, chosen.searched, request, command, handling.now)
    if request.source:
        return await _nothing_of(handling, desk_of(message), request, texts, command)
    if request.is_plain and chosen.last and chosen.newest.seq <= chosen.last.seq:
        time = texts.moment(chosen.last.time, handling.now, zoned=True)
        return texts.say("summary-nothing-new", time=time, command=command)
    time = texts.moment(chosen.newest.received, handling.now, zoned=True)
    asked, day = "time", ""
    since, _ = request.window(handling.now, ZoneInfo(handling.settings.general.timezone))
    if request.day and since:
        asked, day = "since" if request.on else "day", texts.day(since, handling.now)
    return texts.say("summary-nothing-then", asked=asked, day=day, time=time, command=command)


async def _nothing_of(handling: Handling, desk: Desk, request: Request, texts: Texts, command: str) -> str:
    """Say why there is nothing to tell of a source."""
    name = request.source or ""
    silent = await handling.store.look(lambda conn: sources.find_muted(conn, desk, name))
    if silent:
        return texts.say("summary-source-muted", source=shortened(silent, _NAME_UNITS))
    known = await handling.store.look(lambda conn: sources.select(conn, desk))
    said = shortened(name, _NAME_UNITS)
    like = next((source.name for source in known if source.name.casefold().startswith(f"{name} ")), None)
    if like and len(like) <= _NAME_UNITS and '"' not in like:
        return texts.say("summary-source-like", source=said, like=like, command=command)
    return texts.say("summary-source-silent", source=said, timed="yes" if request.is_timed else "no")


def _command(message: Message) -> str:
    """Return the command that was written; a question is answered as by /summary."""
    word = (message.text or "").split()[0].partition("@")[0]
    return word if word.startswith("/") else "/summary"
