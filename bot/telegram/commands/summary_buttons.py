"""What the buttons under a summary do: show the posts in another way, or those of one source, or share what is shown.

All of it happens in place of the summary. Who reads it may look at it in all ways; to share it takes somebody who
manages the chat, and who may post in the other one.
"""

from dataclasses import dataclass, replace

from telegram import CallbackQuery, Message, Update

from bot.posts import Desk
from bot.recap import Recap
from bot.store.desks.posts import StoredPost
from bot.telegram.answering.by_source import posts_of, source_buttons
from bot.telegram.answering.sharing import place_buttons, recaps_elsewhere, share, was_shared
from bot.telegram.answering.showing import show, write_all
from bot.telegram.answering.views import Further, Pressed, View, read_pressed
from bot.telegram.commands.recaps.destination import Unfit
from bot.telegram.commands.recaps.setup import asking, find_destination
from bot.telegram.handling import Context, Handling, desk_of
from bot.telegram.pressing import press_of_manager, press_of_reader, unknown_press
from bot.telegram.progress import shows_progress
from bot.telegram.recapping.writing import texts_of
from bot.telegram.texts import Texts


@dataclass(frozen=True, slots=True)
class _Press:
    """A press of a button that holds a view, by somebody who may press it."""

    context: Context
    query: CallbackQuery
    message: Message
    pressed: Pressed

    @property
    def handling(self) -> Handling:
        return self.context.handling

    @property
    def desk(self) -> Desk:
        return desk_of(self.message)

    @property
    def view(self) -> View:
        return self.pressed.view

    @property
    def texts(self) -> Texts:
        return self.handling.texts_for(self.query.from_user)

    def tell(self, key: str, **values: str | int) -> None:
        """Let who pressed it read something for a moment."""
        self.handling.tell(self.query, self.texts.say(key, **values))

    async def posts(self) -> tuple[list[StoredPost], int]:
        """Get the posts of the view, and how many sources it has; none if they are gone or asked for too often.

        Who pressed it is told so.
        """
        if not await self.handling.quotas.take_summary(self.query.from_user.id):
            self.tell("too-many-summaries", limit=self.handling.settings.limits.summaries_per_minute)
            return [], 0
        stored, sources = await posts_of(self.handling, self.desk, self.view)
        if not stored:
            self.tell("view-gone")
        return stored, sources


async def _read(update: Update, context: Context, press: tuple[CallbackQuery, Message] | None) -> _Press | None:
    """Read the view that a button holds; None if nobody may press it, or if it holds none, of which is told."""
    if press is None:
        return None
    query, message = press
    pressed = read_pressed(query.data or "")
    if pressed is None:
        await unknown_press(update, context)
        return None
    return _Press(context, query, message, pressed)


@shows_progress
async def view_pressed(update: Update, context: Context) -> None:
    """Show the posts of a summary as a button says."""
    press = await _read(update, context, press_of_reader(update, context))
    if press is None:
        return
    stored, sources = await press.posts()
    if not stored:
        return
    handling = press.handling
    handling.choose(replace(handling.chosen, length=press.view.length))
    shared = bool(await handling.store.look(lambda conn: recaps_elsewhere(conn, press.desk)))
    handling.tell(press.query)
    shown = await show(handling, press.texts, press.view, stored, Further(sources, shared))
    handling.rewrite(press.message, *shown)


async def choice_pressed(update: Update, context: Context) -> None:
    """Let somebody choose among the sources of the posts; the text stays."""
    press = await _read(update, context, press_of_reader(update, context))
    if press is None:
        return
    stored, _ = await press.posts()
    if stored:
        press.handling.tell(press.query)
        buttons = source_buttons(press.view, stored, press.texts, press.pressed.number or 0)
        press.handling.relabel(press.message, buttons)


@shows_progress
async def share_pressed(update: Update, context: Context) -> None:
    """Ask where to post what is shown; or post it there, if the button names the place by its recap."""
    press = await _read(update, context, await press_of_manager(update, context))
    if press is None:
        return
    handling, number = press.handling, press.pressed.number
    found = await handling.store.look(lambda conn: recaps_elsewhere(conn, press.desk))
    chosen = next((recap for recap in found if recap.id == number), None)
    if not found or (chosen is None and number is not None):
        press.tell("share-none")
    elif chosen is None:
        press.tell("share-ask")
        handling.relabel(press.message, await place_buttons(handling, press.view, found, press.texts))
    else:
        await _share(press, chosen)


async def _share(press: _Press, recap: Recap) -> None:
    """Post what is shown, unless it is there already; the buttons are those of the summary again."""
    handling, view, texts = press.handling, press.view, press.texts
    who = asking(press.context, press.message, press.query.from_user)
    fit = await find_destination(who, recap.destination.chat_id)
    if isinstance(fit, Unfit):
        handling.tell(press.query)
        handling.answer(press.message, texts.say(fit.why, **fit.values))
        return
    stored, sources = await press.posts()
    if not stored:
        return
    handling.choose(replace(handling.chosen, length=view.length))
    messages = await write_all(handling, texts_of(recap), view, stored)
    if not messages:
        press.tell("view-gone")
        return
    if await was_shared(handling, recap, press.desk, view):
        press.tell("share-again")
    else:
        press.tell("share-done")
        share(handling, recap, press.desk, view, messages)
    _, buttons = await show(handling, texts, view, stored, Further(sources, shared=True))
    handling.relabel(press.message, buttons)
