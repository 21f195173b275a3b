"""Which button about recaps does what; of a press nothing is known but the data of its button."""

from telegram import Update

from bot.store.recapping import recaps
from bot.telegram.commands.recaps import cards, edit, manage
from bot.telegram.commands.recaps.manage import BY_DESTINATION, Press
from bot.telegram.commands.recaps.setup import asking, setup_pressed, titles
from bot.telegram.handling import Context
from bot.telegram.pressing import press_of_manager

_ACTIONS = {**manage.ACTIONS, **edit.ACTIONS}

PRESSED = (
    r"^recap:("
    r"list|new|choose"
    r"|(to|zones):-?\d{1,16}:\d{1,12}:[\w/+-]{0,40}"
    r"|make:-?\d{1,16}:\d{1,12}:[mtedwo]:[\w/+-]{0,40}"
    r"|\d{1,12}:(show|edit|time|zones|history|preview|pause|resume|post|post-yes|delete|delete-yes)"
    r"|\d{1,12}:set:[a-z]{1,10}:\w{1,10}"
    r"|\d{1,12}:hours:[0-9a-f]{1,6}:[0-9a-f]{1,2}"
    r"|\d{1,12}:zone:[\w/+-]{1,40}"
    r")$"
)
"""The data of all of them."""


async def recap_pressed(update: Update, context: Context) -> None:
    """Do what a button about recaps says."""
    press = await press_of_manager(update, context)
    if press is None:
        return
    query, message = press
    who = asking(context, message, query.from_user)
    _, first, *values = (query.data or "").split(":")
    if first.isdecimal():
        async with who.handling.store.read() as conn:
            recap = await recaps.get(conn, int(first))
        if recap is None or who.desk.chat_id not in (recap.source.chat_id, recap.destination.chat_id):
            who.handling.tell(query, who.texts.say("recap-gone", number=first))
        elif recap.source.chat_id != who.desk.chat_id and values[0] not in BY_DESTINATION:
            who.handling.tell(query, who.texts.say("recap-not-from-here"))
        else:
            await _ACTIONS[values[0]](Press(who, query, message, recap, values[1:]))
        return
    who.handling.tell(query)
    if first == "list":
        async with who.handling.store.read() as conn:
            found = await recaps.of_chat(conn, who.desk.chat_id)
            named = await titles(conn, found)
        who.handling.rewrite(message, *cards.listed(found, who.desk, named, who.texts, who.handling.now))
    else:
        await setup_pressed(who, message, first, values)
