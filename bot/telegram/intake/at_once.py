"""Sum up a long post as soon as it comes, if ``intake.summarise_at_once`` is set: in a private chat, and alone."""

from telegram import Message
from telegram.constants import ChatType

from bot.posts import Analysis, Post
from bot.store.desks import bursts
from bot.store.queues import inbox
from bot.telegram.handling import Handling, desk_of, person_of
from bot.telegram.reading import digest_read, usual_options
from bot.telegram.writing.render import render


async def sum_up_if_alone(handling: Handling, message: Message, post: Post, analysis: Analysis) -> None:
    """Answer a post with its summary, unless it is short, a part of an album, or one of many that come together."""
    least, summary = handling.settings.intake.summarise_at_once, handling.settings.summary
    if not least or len(post.text) < least or message.media_group_id or message.chat.type != ChatType.PRIVATE:
        return
    desk = desk_of(message)
    async with handling.store.read() as conn:
        others = await bursts.since(conn, desk) or await inbox.others_wait(conn, desk.chat_id, handling.update_id)
    if others or not await handling.quotas.take_summary(person_of(message)):
        return
    found = await digest_read(post, analysis, usual_options(summary))
    for html in render(found, [post], handling.texts_for(message.from_user), handling.now):
        handling.say(desk, html, message.message_id)
