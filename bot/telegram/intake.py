"""Take posts in: a message of Telegram to a `Post` of a desk.

What is a post: every text, caption or poll in a private chat and in a channel; in groups every forward, and what was
typed by hand if it is at least ``intake.group_post_chars`` long, since shorter messages are talk. Commands are none,
unless they stand in a forward.
"""

from collections.abc import Sequence
from itertools import accumulate

from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import (
    Chat,
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
    User,
)
from telegram.constants import ChatType, MessageEntityType, ReactionEmoji

from bot.posts import Mark, MarkKind, Origin, OriginKind, Post
from bot.store import albums, analyses, bursts, posts
from bot.telegram.bursts import QUIET
from bot.telegram.handling import Context, Handling, addressed, desk_of
from bot.telegram.reading import read

_KINDS = {
    MessageEntityType.BOLD: MarkKind.BOLD,
    MessageEntityType.ITALIC: MarkKind.ITALIC,
    MessageEntityType.URL: MarkKind.LINK,
    MessageEntityType.TEXT_LINK: MarkKind.LINK,
    MessageEntityType.CODE: MarkKind.CODE,
    MessageEntityType.PRE: MarkKind.CODE,
    MessageEntityType.BLOCKQUOTE: MarkKind.QUOTE,
    MessageEntityType.EXPANDABLE_BLOCKQUOTE: MarkKind.QUOTE,
}


async def take_in(update: Update, context: Context) -> None:
    """Keep the post that a message carries, and read it."""
    message, handling = addressed(update), context.handling
    if not is_post(message, handling.settings.intake.group_post_chars):
        return
    post = read_post(message)
    await _keep(handling, message, post)
    if _is_to_be_acknowledged(message):
        desk, now = desk_of(message), handling.now
        handling.change(lambda conn: bursts.extend(conn, desk, now, now + QUIET))
        if handling.settings.intake.acknowledge == "reaction":
            handling.react(message, ReactionEmoji.EYES)


async def take_edit(update: Update, context: Context) -> None:
    """Put the edited text in place of the older; what becomes a post only by the edit is kept like a new one."""
    message, handling = addressed(update), context.handling
    desk, post = desk_of(message), read_post(message)
    async with handling.store.read() as conn:
        known = await posts.find_by_message(conn, desk, message.message_id)
    if known and message.media_group_id:
        _keep_part(handling, message, post)
    elif known:
        handling.change(lambda conn: posts.update_text(conn, desk, message.message_id, post, handling.now))
    elif is_post(message, handling.settings.intake.group_post_chars):
        await _keep(handling, message, post)


async def take_wordless_part(update: Update, context: Context) -> None:
    """Keep that a message belongs to an album, whose text stands under another part: a reply to it asks for that."""
    message = addressed(update)
    if not _in_group(message) or message.forward_origin:
        _keep_part(context.handling, message, read_post(message))


async def say_there_is_no_text(update: Update, context: Context) -> None:
    """Tell somebody who sent a picture, a voice message or a sticker what can be read."""
    message = addressed(update)
    context.handling.answer(message, context.handling.texts_for(message.from_user).say("nothing-to-read"))


def is_post(message: Message, group_post_chars: int) -> bool:
    """Tell whether a message carries a post."""
    text = text_of(message)
    if not text.strip():
        return False
    return not _in_group(message) or message.forward_origin is not None or len(text) >= group_post_chars


def read_post(message: Message) -> Post:
    """Make the post that a message carries: its text or caption, its marks, and where it stood first."""
    origin = message.forward_origin
    text = text_of(message)
    return Post(
        id=f"{message.chat.id}:{message.message_id}",
        text=text,
        date=origin.date if origin else message.date,
        origin=_origin_of_forward(origin) if origin else _origin_of_message(message),
        url=_permalink(message),
        marks=_marks(text, message.entities or message.caption_entities),
    )


def text_of(message: Message) -> str:
    """Return the text, the caption, or what a poll asks, its options each on a line; empty if there is nothing."""
    if poll := message.poll:
        return "\n".join([poll.question, *(f"– {option.text}" for option in poll.options)])
    return message.text or message.caption or ""


async def _keep(handling: Handling, message: Message, post: Post) -> None:
    desk = desk_of(message)
    analysis = await read(post)
    if message.media_group_id:
        _keep_part(handling, message, post)
    else:
        number, sender = message.message_id, _sender_id(message)
        handling.change(lambda conn: posts.add(conn, desk, post, handling.now, message_id=number, sender_id=sender))

    async def keep_analysis(conn: AsyncConnection) -> None:
        stored = await posts.find_by_message(conn, desk, message.message_id)
        if stored and analysis:
            await analyses.put(conn, {stored.seq: analysis})

    handling.change(keep_analysis)


def _keep_part(handling: Handling, message: Message, part: Post) -> None:
    desk, album = desk_of(message), str(message.media_group_id)
    number, sender = message.message_id, _sender_id(message)
    handling.change(
        lambda conn: albums.put_part(conn, desk, album, part, handling.now, message_id=number, sender_id=sender)
    )


def _sender_id(message: Message) -> int | None:
    sender = message.from_user or message.sender_chat
    return sender.id if sender else None


def _in_group(message: Message) -> bool:
    return message.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}


def _is_to_be_acknowledged(message: Message) -> bool:
    """A group wants no reaction to its own talk, nor to what its channel posts there by itself."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    return (
        message.forward_origin is not None
        and not message.is_automatic_forward
        and message.chat.type != ChatType.CHANNEL
    )


def _origin_of_forward(origin: MessageOrigin) -> Origin:
    match origin:
        case MessageOriginUser(sender_user=user):
            return _user(user)
        case MessageOriginHiddenUser(sender_user_name=name):
            return Origin(OriginKind.HIDDEN_USER, name)
        case MessageOriginChat(sender_chat=chat, author_signature=signature):
            return _chat(OriginKind.CHAT, chat, signature)
        case MessageOriginChannel(chat=chat, message_id=message_id, author_signature=signature):
            return _chat(OriginKind.CHANNEL, chat, signature, message_id)
    raise ValueError(f"an origin of the kind {origin.type!r} is unknown")


def _origin_of_message(message: Message) -> Origin | None:
    """Tell who wrote a message that is no forward; an anonymous administrator writes as the group."""
    if message.sender_chat:
        if message.chat.type == ChatType.CHANNEL:
            return _chat(OriginKind.CHANNEL, message.sender_chat, message.author_signature, message.message_id)
        return _chat(OriginKind.CHAT, message.sender_chat, message.author_signature)
    return _user(message.from_user) if message.from_user else None


def _user(user: User) -> Origin:
    return Origin(OriginKind.USER, user.full_name, user.username, user.id)


def _chat(kind: OriginKind, chat: Chat, signature: str | None, message_id: int | None = None) -> Origin:
    return Origin(kind, chat.effective_name or "", chat.username, chat.id, message_id, signature)


def _permalink(message: Message) -> str | None:
    """Link to the original; only messages of channels and supergroups have an address."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        return _address(origin.chat, origin.message_id)
    if origin is None and message.chat.type in {ChatType.CHANNEL, ChatType.SUPERGROUP}:
        return _address(message.chat, message.message_id)
    return None


def _address(chat: Chat, message_id: int) -> str:
    # Ids of channels and supergroups are -100 before the bare id, which links of private ones show.
    place = chat.username or f"c/{str(chat.id).removeprefix('-100')}"
    return f"https://t.me/{place}/{message_id}"


def _marks(text: str, entities: Sequence[MessageEntity]) -> tuple[Mark, ...]:
    """Turn entities, whose offsets count UTF-16 code units, into marks, whose offsets count code points."""
    found = [entity for entity in entities if entity.type in _KINDS]
    if not found:
        return ()
    points = _points_by_unit(text)
    last = len(points) - 1
    marks = (
        Mark(
            _KINDS[MessageEntityType(entity.type)],
            points[min(entity.offset, last)],
            points[min(entity.offset + entity.length, last)],
            entity.url,
        )
        for entity in found
    )
    return tuple(mark for mark in marks if mark.start < mark.end)


def _points_by_unit(text: str) -> list[int]:
    """List for each UTF-16 code unit of a text, and for its end, the code point it belongs to."""
    widths = [2 if character > "\uffff" else 1 for character in text]
    starts = list(accumulate(widths, initial=0))
    points = [0] * (starts[-1] + 1)
    for point, (start, width) in enumerate(zip(starts, widths, strict=False)):
        points[start : start + width] = [point] * width
    points[-1] = len(text)
    return points
