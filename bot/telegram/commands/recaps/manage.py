"""What the buttons under a recap do: show, pause, post, delete; `edit` changes its options.

From the chat that a recap reads all can be done; a chat where it is only posted can pause and delete it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardMarkup, Message
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest, Forbidden

from bot.posts import Desk
from bot.recap import PausedWhy, Recap
from bot.recaps.slots import next_slot
from bot.store.connection import Connection
from bot.store.recapping import recaps, runs
from bot.telegram.commands.recaps import cards
from bot.telegram.commands.recaps.destination import Unfit
from bot.telegram.commands.recaps.setup import Asking, find_destination, refusal, titles
from bot.telegram.delivery.pictures import picture_to
from bot.telegram.recapping.writing import write

_HISTORY = 10

BY_DESTINATION = frozenset({"show", "pause", "delete", "delete-yes"})
"""What may be done from a chat where a recap is only posted."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button under a recap that was pressed.

    Attributes:
        message: the one with the button.
        recap: as it is now.
        values: what follows the verb in the button's data.

    """

    who: Asking
    query: CallbackQuery
    message: Message
    recap: Recap
    values: Sequence[str]

    def tell(self, text: str = "") -> None:
        """Answer the press."""
        self.who.handling.tell(self.query, text)

    def rewrite(self, html: str, buttons: InlineKeyboardMarkup | None = None) -> None:
        """Put another text and other buttons in place of the message."""
        self.who.handling.rewrite(self.message, html, buttons)


Action = Callable[[Press], Awaitable[None]]
Changing = Callable[[Connection], Awaitable[Recap | None]]
View = Callable[..., tuple[str, InlineKeyboardMarkup]]


def change(press: Press, changing: Changing, view: View = cards.card) -> None:
    """Change a recap, and show it as it is then in place of the message."""
    who = press.who

    async def show(conn: Connection) -> None:
        if changed := await changing(conn):
            named = await titles(conn, [changed])
            press.rewrite(*view(changed, who.desk, named, who.texts, who.handling.now))
        else:
            press.rewrite(who.texts.say("recap-gone", number=str(press.recap.id)))

    who.handling.change(show)


async def _show(press: Press) -> None:
    press.tell()
    change(press, lambda conn: recaps.get(conn, press.recap.id))


async def _show_history(press: Press) -> None:
    who = press.who
    async with who.handling.store.read() as conn:
        found = await runs.history(conn, press.recap.id, _HISTORY)
    press.tell()
    press.rewrite(*cards.history_page(press.recap, found, who.texts, who.handling.now))


async def _preview(press: Press) -> None:
    """Show somebody in private what would be posted now."""
    who, user = press.who, press.query.from_user
    if press.message.chat.type != ChatType.PRIVATE and not await _can_be_written_to(who, user.id):
        press.tell(who.texts.say("recap-preview-start"))
        return
    written = await write(who.handling.store, who.handling.settings, press.recap, who.handling.now)
    press.tell(who.texts.say("recap-previewed"))
    desk, messages = Desk(user.id), written.messages or (who.texts.say("recap-nothing-new"),)
    if written.picture:
        who.handling.call(desk, "sendPhoto", picture_to(desk, written.picture, messages[0]))
        messages = messages[1:]
    for html in messages:
        who.handling.say(desk, html)


async def _can_be_written_to(who: Asking, user_id: int) -> bool:
    try:
        await who.context.bot.send_chat_action(user_id, ChatAction.TYPING)
    except (BadRequest, Forbidden):
        return False
    return True


async def _pause(press: Press) -> None:
    async def pause(conn: Connection) -> Recap | None:
        await recaps.pause(conn, press.recap.id, PausedWhy.ASKED)
        return await recaps.get(conn, press.recap.id)

    press.tell(press.who.texts.say("recap-now-paused"))
    change(press, pause)


async def _resume(press: Press) -> None:
    """Let a recap go on, if it may be posted where it goes."""
    if await _can_not_be_posted(press):
        return

    async def resume(conn: Connection) -> Recap | None:
        if known := await recaps.get(conn, press.recap.id):
            await recaps.resume(conn, known.id, next_slot(cards.schedule_of(known), press.who.handling.now))
        return await recaps.get(conn, press.recap.id)

    press.tell(press.who.texts.say("recap-now-active"))
    change(press, resume)


async def _ask_to_post(press: Press) -> None:
    texts = press.who.texts
    press.tell()
    buttons = cards.confirm(press.recap, "post-yes", texts.say("recap-button-post-yes"), texts)
    press.rewrite(await _said_of(press, "recap-ask-post"), buttons)


async def _post(press: Press) -> None:
    """Begin a run of a recap now."""
    if await _can_not_be_posted(press):
        return
    now = press.who.handling.now

    async def post(conn: Connection) -> Recap | None:
        known = await recaps.get(conn, press.recap.id)
        if known:
            await runs.open_run(conn, known.id, slot=now, now=now)
        return known

    press.tell(press.who.texts.say("recap-posting"))
    change(press, post)


async def _ask_to_delete(press: Press) -> None:
    texts = press.who.texts
    press.tell()
    buttons = cards.confirm(press.recap, "delete-yes", texts.say("recap-button-delete-yes"), texts)
    press.rewrite(await _said_of(press, "recap-ask-delete"), buttons)


async def _delete(press: Press) -> None:
    press.tell()
    press.who.handling.change(lambda conn: recaps.delete(conn, press.recap.id))
    press.rewrite(press.who.texts.say("recap-deleted", title=press.recap.title))


async def _said_of(press: Press, key: str) -> str:
    """Say something of a recap by its title and the chat where it is posted."""
    who = press.who
    async with who.handling.store.read() as conn:
        named = await titles(conn, [press.recap])
    where = cards.name_of(press.recap, who.desk, named, who.texts)
    return who.texts.say(key, title=press.recap.title, chat=where)


async def _can_not_be_posted(press: Press) -> bool:
    """Tell whether a recap can't be posted where it goes; then say what is to be mended."""
    who, destination = press.who, press.recap.destination
    if destination.chat_id == who.desk.chat_id:
        return False
    found = await find_destination(who, destination.chat_id)
    if not isinstance(found, Unfit):
        return False
    press.tell()
    html, _ = refusal(who, found)
    press.rewrite(html, cards.back_to_card(press.recap, who.texts))
    return True


ACTIONS: Mapping[str, Action] = {
    "show": _show,
    "history": _show_history,
    "preview": _preview,
    "pause": _pause,
    "resume": _resume,
    "post": _ask_to_post,
    "post-yes": _post,
    "delete": _ask_to_delete,
    "delete-yes": _delete,
}
"""What is done by which verb in a button's data."""
