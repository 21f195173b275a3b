"""Take posts in: keep what messages carry, and read it.

Who sends what can't be read is told so once in a burst, not once for each of thirty pictures.
"""

from telegram import Message, Update
from telegram.constants import ChatType, ReactionEmoji

from bot.posts import Analysis, Desk, Post
from bot.store.connection import Connection
from bot.store.desks import albums, analyses, bursts, posts
from bot.telegram.handling import Context, Handling, addressed, desk_of, person_of, sent_at
from bot.telegram.intake.at_once import sum_up_if_alone
from bot.telegram.intake.bursts import QUIET, once_in_burst
from bot.telegram.intake.carried import in_group, is_post, read_post, version_of
from bot.telegram.intake.indexing import index_edited, index_new
from bot.telegram.reading import read_new, stems_of


async def take_in(update: Update, context: Context) -> None:
    """Keep the post that a message carries, and read it."""
    message, handling = addressed(update), context.handling
    if not is_post(message, handling.settings.intake.group_post_chars):
        if message.chat.type == ChatType.PRIVATE:
            await say_there_is_no_text(update, context)
        return
    if not await is_within_limits(handling, message):
        return
    post = read_post(message)
    analysis = await _keep(handling, message, post)
    if analysis:
        await sum_up_if_alone(handling, message, post, analysis)
    if _is_to_be_acknowledged(message):
        _extend_burst(handling, desk_of(message))
        if handling.settings.intake.acknowledge == "reaction":
            handling.react(message, ReactionEmoji.EYES)


async def take_edit(update: Update, context: Context) -> None:
    """Put the edited text in place of the older; what becomes a post only by the edit is kept like a new one."""
    message, handling = addressed(update), context.handling
    desk, post = desk_of(message), read_post(message)
    known = await handling.store.look(lambda conn: posts.find_by_message(conn, desk, message.message_id))
    if known and message.media_group_id:
        _keep_part(handling, message, post)
    elif known:
        version = version_of(message, handling.update_id)
        handling.change(lambda conn: posts.edit(conn, desk, message.message_id, post, handling.now, version=version))
        found = await stems_of([post])
        handling.change(lambda conn: index_edited(conn, desk, message.message_id, post, found))
    elif is_post(message, handling.settings.intake.group_post_chars) and await is_within_limits(handling, message):
        await _keep(handling, message, post)


async def take_wordless_part(update: Update, context: Context) -> None:
    """Keep that a message belongs to an album, whose text stands under another part: a reply to it asks for that."""
    message, handling = addressed(update), context.handling
    if not in_group(message) or message.forward_origin:
        _keep_part(handling, message, read_post(message))
    if message.chat.type == ChatType.PRIVATE:
        _extend_burst(handling, desk_of(message))


async def say_there_is_no_text(update: Update, context: Context) -> None:
    """Tell somebody who sent a picture, a voice message or a sticker what can be read; once in a burst."""
    message, handling = addressed(update), context.handling
    desk = desk_of(message)
    began = await handling.store.look(lambda conn: bursts.since(conn, desk)) or handling.now
    _extend_burst(handling, desk)
    html = handling.texts_for(message.from_user).say("nothing-to-read")
    handling.say(desk, html, key=once_in_burst("wordless", desk, began))


async def is_within_limits(handling: Handling, message: Message) -> bool:
    """Tell whether the sender of a post may send one more, and its desk hold one more; else tell him so."""
    limits = handling.settings.limits
    if not await handling.quotas.take_post(person_of(message), message.chat.id, sent_at(message)):
        await handling.refuse(message, "too-many-posts", limits.posts_per_minute)
        return False
    desk = desk_of(message)
    if not await handling.quotas.room.take(desk, lambda: handling.store.look(lambda conn: posts.count(conn, desk))):
        await handling.refuse(message, "desk-full", limits.stored_posts)
        return False
    return True


async def _keep(handling: Handling, message: Message, post: Post) -> Analysis | None:
    """Read a post, have it kept, and return what was read; None if reading fails at it."""
    desk = desk_of(message)
    read = await read_new(post)
    analysis, found = read.analysis, [] if read.stems is None else [read.stems]
    if message.media_group_id:
        _keep_part(handling, message, post)
    else:
        number, sender, version = message.message_id, _sender_id(message), version_of(message, handling.update_id)
        handling.change(
            lambda conn: posts.add(conn, desk, post, handling.now, message_id=number, sender_id=sender, version=version)
        )

    async def keep_what_was_read(conn: Connection) -> None:
        stored = await posts.find_by_message(conn, desk, message.message_id)
        if stored and stored.post == post:
            await analyses.put(conn, {stored.seq: analysis} if analysis else {})
            await index_new(conn, [stored], [post], found)

    handling.change(keep_what_was_read)
    return analysis


def _keep_part(handling: Handling, message: Message, part: Post) -> None:
    desk, album = desk_of(message), str(message.media_group_id)
    number, sender, version = message.message_id, _sender_id(message), version_of(message, handling.update_id)
    handling.change(
        lambda conn: albums.put_part(
            conn, desk, album, part, handling.now, message_id=number, sender_id=sender, version=version
        )
    )


def _extend_burst(handling: Handling, desk: Desk) -> None:
    handling.change(lambda conn: bursts.extend(conn, desk, handling.now, handling.now + QUIET))


def _sender_id(message: Message) -> int | None:
    sender = message.from_user or message.sender_chat
    return sender.id if sender else None


def _is_to_be_acknowledged(message: Message) -> bool:
    """A group wants no reaction to its own talk, nor to what its channel posts there by itself."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    return (
        message.forward_origin is not None
        and not message.is_automatic_forward
        and message.chat.type != ChatType.CHANNEL
    )
