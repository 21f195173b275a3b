"""Set a recap up by buttons: where it is to be posted, then when.

Nothing is kept of a conversation that is not over: each button holds what was chosen before.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from telegram import (
    ChatAdministratorRights,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    KeyboardButtonRequestChat,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
    User,
)
from telegram.constants import ChatType

from bot.posts import Desk
from bot.recap import Recap, RecapOptions
from bot.recaps.schedule import parse_schedule, write_schedule
from bot.recaps.slots import Schedule, next_slot
from bot.recaps.zones import write_zone
from bot.store.connection import Connection
from bot.store.desks import chats
from bot.store.desks.chats import Chat
from bot.store.queues import channel_messages
from bot.store.recapping import recaps
from bot.telegram.commands.recaps import cards
from bot.telegram.commands.recaps.destination import Fit, Unfit, examine
from bot.telegram.handling import Context, Handling, addressed, desk_of
from bot.telegram.texts import Texts
from bot.telegram.writing.markup import shortened

MOST_RECAPS = 20
"""How many recaps one chat may have."""
MOST_TIMES = 24
"""How often a day a recap may come."""
CHOOSE = "recap:choose"
"""The data of the button that lets somebody choose a chat, to which Telegram then adds the bot."""

# By letters, since what a button holds has 64 bytes.
_PRESETS = {
    "m": ("recap-preset-morning", "daily 09:00"),
    "t": ("recap-preset-twice", "daily 09:00,18:00"),
    "e": ("recap-preset-evening", "daily 21:00"),
    "d": ("recap-preset-weekdays", "weekdays 09:00"),
    "w": ("recap-preset-weekly", "mon 09:00"),
    "o": ("recap-preset-often", "every 3 hours"),
}
_TITLE_UNITS = 60
# What the buttons for choosing a chat ask for; Telegram hands the number back.
_CHANNEL, _GROUP = 1, 2


@dataclass(frozen=True, slots=True)
class Asking:
    """Who sets a recap up, and in which chat.

    Attributes:
        desk: where the recap is set up: it will read this.
        user_id: None if it is an anonymous administrator of the group.

    """

    context: Context
    handling: Handling
    desk: Desk
    user_id: int | None
    texts: Texts


Show = Callable[[str, InlineKeyboardMarkup | None], None]


def asking(context: Context, message: Message, user: User | None) -> Asking:
    """Tell who asks by a message, or by a button under one."""
    anonymous = message.sender_chat is not None
    user_id = user.id if user and not anonymous else None
    handling = context.handling
    return Asking(context, handling, desk_of(message), user_id, handling.texts_for(user))


def ask_where(who: Asking, message: Message, *, rewrite: bool) -> None:
    """Ask where the recap is to be posted."""
    texts = who.texts
    private = message.chat.type == ChatType.PRIVATE
    here = f"recap:to:{who.desk.chat_id}:{who.desk.thread_id}:"
    rows = [[_button(texts.say("recap-button-here"), here)]]
    if private:
        rows.insert(0, [_button(texts.say("recap-button-elsewhere"), CHOOSE)])
    html = texts.say("recap-where" if private else "recap-where-group")
    if rewrite:
        who.handling.rewrite(message, html, InlineKeyboardMarkup(rows))
    else:
        who.handling.answer(message, html, InlineKeyboardMarkup(rows))


def offer_chats(who: Asking, message: Message) -> None:
    """Let somebody choose a channel or a group from those that he administers; Telegram adds the bot there."""
    who.handling.rewrite(message, who.texts.say("recap-choose"))
    keyboard = [
        [KeyboardButton(who.texts.say("recap-button-channel"), request_chat=_channel())],
        [KeyboardButton(who.texts.say("recap-button-group"), request_chat=_group())],
    ]
    markup = ReplyKeyboardMarkup(keyboard, resize_keyboard=True, one_time_keyboard=True)
    who.handling.say(who.desk, who.texts.say("recap-choose-below"), buttons=markup)


async def chat_shared(update: Update, context: Context) -> None:
    """Go on with the chat that somebody has chosen."""
    message = addressed(update)
    shared, who = message.chat_shared, asking(context, message, message.from_user)
    if shared is None:
        return
    who.handling.say(who.desk, who.texts.say("recap-chosen"), buttons=ReplyKeyboardRemove())
    await ask_when(who, message, shared.chat_id, title=shared.title)


async def ask_when(
    who: Asking, message: Message, chat: str | int, *, title: str | None = None, seen: int | None = None
) -> None:
    """Ask when the recap is to be posted in a chat, or say why it can't be.

    Args:
        who: sets it up.
        message: to be answered.
        chat: its id or @name.
        title: what it is called, if that is known.
        seen: id of a message that was seen in the chat.

    """
    found = await find_destination(who, chat, title)
    if isinstance(found, Unfit):
        who.handling.answer(message, *refusal(who, found))
        return
    chat_id = found.chat.id
    if seen is not None:
        who.handling.change(lambda conn: channel_messages.note(conn, chat_id, seen, who.handling.now))
    here = chat_id == who.desk.chat_id
    who.handling.answer(message, *await _when(who, found.chat, who.desk if here else Desk(chat_id), ""))


async def setup_pressed(who: Asking, message: Message, verb: str, values: Sequence[str]) -> None:
    """Do what a button of the conversation says: where, in which zone, when.

    Args:
        who: pressed it.
        message: has the button.
        verb: of the button's data.
        values: those that follow; the chat and the topic where the recap is to be posted, and what was chosen.

    """
    handling = who.handling
    if verb == "new":
        ask_where(who, message, rewrite=True)
        return
    if verb == "choose":
        offer_chats(who, message)
        return
    destination = Desk(int(values[0]), int(values[1]))
    found = await find_destination(who, destination.chat_id)
    zone = values[-1] if values[-1] in cards.ZONES else ""
    if isinstance(found, Unfit):
        handling.rewrite(message, *refusal(who, found))
    elif verb == "zones":
        to = f"recap:to:{destination.chat_id}:{destination.thread_id}"
        handling.rewrite(message, who.texts.say("recap-zones"), cards.zone_buttons(who.texts, to, f"{to}:"))
    elif verb == "to":
        handling.rewrite(message, *await _when(who, found.chat, destination, zone))
    else:
        schedule = parse_schedule(_PRESETS[values[2]][1], ZoneInfo(zone) if zone else zone_of(who))
        make(who, found, destination, schedule, lambda html, buttons: handling.rewrite(message, html, buttons))


async def find_destination(who: Asking, chat: str | int, title: str | None = None) -> Fit | Unfit:
    """Look whether a recap may be posted in a chat, and note what it is called; where it is set up, it may."""
    if chat == who.desk.chat_id:
        return Fit(Chat(who.desk.chat_id, "", who.texts.say("recap-here")))
    found = await examine(who.context, chat, who.user_id, title)
    if isinstance(found, Fit):
        who.handling.change(lambda conn: chats.touch(conn, found.chat))
    return found


def refusal(who: Asking, unfit: Unfit) -> tuple[str, InlineKeyboardMarkup | None]:
    """Say what is to be mended before a recap can be posted in a chat, with a button for when it is."""
    html = who.texts.say(unfit.why, **unfit.values)
    if unfit.chat_id is None:
        return html, None
    again = _button(who.texts.say("recap-button-again"), f"recap:to:{unfit.chat_id}:0:")
    return html, InlineKeyboardMarkup([[again]])


def make(  # noqa: PLR0913 - a recap is made of as much
    who: Asking, found: Fit, destination: Desk, schedule: Schedule, show: Show, *, options: RecapOptions | None = None
) -> None:
    """Make a recap in a chat that is fit, in the language of who asks, and show it; one that is there is only shown."""
    handling, texts = who.handling, who.texts
    written = write_schedule(schedule)

    async def create(conn: Connection) -> None:
        there = [recap for recap in await recaps.of_chat(conn, who.desk.chat_id) if recap.source == who.desk]
        made = next((recap for recap in there if (recap.destination, recap.schedule) == (destination, written)), None)
        if made is None and len(there) >= MOST_RECAPS:
            show(texts.say("recap-too-many", most=MOST_RECAPS), None)
            return
        recap = made or await recaps.create(
            conn,
            owner_id=who.user_id or who.desk.chat_id,
            source=who.desk,
            destination=destination,
            title=texts.say("recap-title"),
            schedule=written,
            options=replace(options or RecapOptions(), lang=texts.lang),
            next_slot=next_slot(schedule, handling.now),
            now=handling.now,
        )
        html, buttons = cards.card(recap, who.desk, await titles(conn, [recap]), texts, handling.now)
        paragraphs = [texts.say("recap-there" if made else "recap-made"), html]
        if found.may_edit:
            what = handling.settings.delivery.when_uncertain
            paragraphs.append(
                texts.say("recap-may-edit", chat=found.chat.title, bot=who.context.bot.username, what=what)
            )
        show("\n\n".join(paragraphs), buttons)

    handling.change(create)


def zone_of(who: Asking) -> ZoneInfo:
    """Tell the time zone of the chat where a recap is set up."""
    return ZoneInfo(who.handling.settings.general.timezone)


async def titles(conn: Connection, found: Sequence[Recap]) -> Mapping[int, str]:
    """Look up what the chats are called where recaps are posted."""
    known = [await chats.get(conn, chat_id) for chat_id in {recap.destination.chat_id for recap in found}]
    return {chat.id: chat.title for chat in known if chat}


async def _when(who: Asking, chat: Chat, destination: Desk, zone: str) -> tuple[str, InlineKeyboardMarkup]:
    """Ask when a recap is to be posted; ``zone`` was chosen, or is empty."""
    at = f"{destination.chat_id}:{destination.thread_id}"
    presets = [_button(who.texts.say(key), f"recap:make:{at}:{preset}:{zone}") for preset, (key, _) in _PRESETS.items()]
    rows = [presets[first : first + 2] for first in range(0, len(presets), 2)]
    named = zone or zone_of(who).key
    rows.append([_button(f"🌍 {cards.city(named, who.texts)}", f"recap:zones:{at}:")])
    title = shortened(chat.title, _TITLE_UNITS)
    return who.texts.say("recap-when", chat=title, zone=write_zone(named)), InlineKeyboardMarkup(rows)


def _channel() -> KeyboardButtonRequestChat:
    """Ask for a channel in which somebody may post; Telegram gives the bot the right to post, too, if he agrees."""
    posting = ChatAdministratorRights.de_json(
        ChatAdministratorRights.no_rights().to_dict() | {"can_manage_chat": True, "can_post_messages": True}, None
    )
    return KeyboardButtonRequestChat(
        _CHANNEL,
        chat_is_channel=True,
        user_administrator_rights=posting,
        bot_administrator_rights=posting,
        request_title=True,
    )


def _group() -> KeyboardButtonRequestChat:
    """Ask for a group that the bot is in, and that somebody manages."""
    managing = ChatAdministratorRights.de_json(
        ChatAdministratorRights.no_rights().to_dict() | {"can_manage_chat": True}, None
    )
    return KeyboardButtonRequestChat(
        _GROUP, chat_is_channel=False, user_administrator_rights=managing, bot_is_member=True, request_title=True
    )


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)
