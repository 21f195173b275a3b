"""What the buttons under a summary do: show the posts in another way, or those of one source, or share what is shown.

All of it happens in place of the summary. Who reads it may look at it in all ways; to share it takes somebody who
manages the chat, and who may post in the other one.
"""

from dataclasses import replace

from telegram import CallbackQuery, Message, Update

from bot.recap import Recap
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


@shows_progress
async def view_pressed(update: Update, context: Context) -> None:
    """Show the posts of a summary as a button says."""
    press = press_of_reader(update, context)
    if press is None:
        return
    query, message = press
    pressed, handling = read_pressed(query.data or ""), context.handling
    if pressed is None:
        await unknown_press(update, context)
    elif await _may_ask(handling, query):
        await _show(handling, message, query, pressed.view)


async def _show(handling: Handling, message: Message, query: CallbackQuery, view: View) -> None:
    desk, texts = desk_of(message), handling.texts_for(query.from_user)
    handling.choose(replace(handling.chosen, length=view.length))
    stored, sources = await posts_of(handling, desk, view)
    if not stored:
        handling.tell(query, texts.say("view-gone"))
        return
    shared = bool(await handling.store.look(lambda conn: recaps_elsewhere(conn, desk)))
    handling.tell(query)
    handling.rewrite(message, *await show(handling, texts, view, stored, Further(sources, shared)))


async def choice_pressed(update: Update, context: Context) -> None:
    """Let somebody choose among the sources of the posts; the text stays."""
    press = press_of_reader(update, context)
    if press is None:
        return
    query, message = press
    pressed, handling = read_pressed(query.data or ""), context.handling
    if pressed is None:
        await unknown_press(update, context)
    elif await _may_ask(handling, query):
        texts = handling.texts_for(query.from_user)
        stored, _ = await posts_of(handling, desk_of(message), pressed.view)
        if stored:
            handling.tell(query)
            handling.relabel(message, source_buttons(pressed.view, stored, texts, pressed.number or 0))
        else:
            handling.tell(query, texts.say("view-gone"))


@shows_progress
async def share_pressed(update: Update, context: Context) -> None:
    """Ask where to post what is shown; or post it there, if the button names the place by its recap."""
    press = await press_of_manager(update, context)
    if press is None:
        return
    query, message = press
    pressed, handling = read_pressed(query.data or ""), context.handling
    if pressed is None:
        await unknown_press(update, context)
        return
    texts, desk = handling.texts_for(query.from_user), desk_of(message)
    found = await handling.store.look(lambda conn: recaps_elsewhere(conn, desk))
    chosen = next((recap for recap in found if recap.id == pressed.number), None)
    if not found or (chosen is None and pressed.number is not None):
        handling.tell(query, texts.say("share-none"))
    elif chosen is None:
        handling.tell(query, texts.say("share-ask"))
        handling.relabel(message, await place_buttons(handling, pressed.view, found, texts))
    elif await _may_ask(handling, query):
        await _share(context, message, query, pressed, chosen)


async def _share(context: Context, message: Message, query: CallbackQuery, pressed: Pressed, recap: Recap) -> None:
    """Post what is shown, unless it is there already; the buttons are those of the summary again."""
    handling, desk, view = context.handling, desk_of(message), pressed.view
    texts = handling.texts_for(query.from_user)
    fit = await find_destination(asking(context, message, query.from_user), recap.destination.chat_id)
    if isinstance(fit, Unfit):
        handling.tell(query)
        handling.answer(message, texts.say(fit.why, **fit.values))
        return
    stored, sources = await posts_of(handling, desk, view)
    handling.choose(replace(handling.chosen, length=view.length))
    messages = await write_all(handling, texts_of(recap), view, stored) if stored else []
    if not messages:
        handling.tell(query, texts.say("view-gone"))
        return
    if await was_shared(handling, recap, desk, view):
        handling.tell(query, texts.say("share-again"))
    else:
        handling.tell(query, texts.say("share-done"))
        share(handling, recap, desk, view, messages)
    _, buttons = await show(handling, texts, view, stored, Further(sources, shared=True))
    handling.relabel(message, buttons)


async def _may_ask(handling: Handling, query: CallbackQuery) -> bool:
    """Tell whether somebody has not asked too often; if he has, say so."""
    if await handling.quotas.take_summary(query.from_user.id):
        return True
    limit = handling.settings.limits.summaries_per_minute
    handling.tell(query, handling.texts_for(query.from_user).say("too-many-summaries", limit=limit))
    return False
