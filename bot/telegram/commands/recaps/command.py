"""/recap: digests that the bot posts by itself, on time.

    /recap                                      the recaps of this chat; a button sets up another
    /recap add @channel daily 09:00,18:30       a new one, by one line; without a channel it is for this chat
    /recap @channel                             the same, and the time by a button
    in a reply to a forwarded post              the same for the channel that it is from
    /recap 3 weekdays 8:00                      recap 3 at other times
    /recap 3 picture                            recap 3 with a picture; no picture: without (`flags`)
    /recap 3 title Morning news                 recap 3 under another title; so do words and sources, which filter
    /recap 3 also                               in another chat: recap 3, which is the same person's, reads that, too
    /recap 3 only                               it reads its own chat alone again

Whoever may manage a chat may manage its recaps.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Message, MessageOriginChannel, Update

from bot.errors import ScheduleFault
from bot.posts import Desk
from bot.recap import Recap, RecapOptions
from bot.recaps.schedule import parse_schedule, write_schedule
from bot.recaps.slots import Schedule, next_slot
from bot.store.connection import Connection
from bot.store.recapping import recaps
from bot.telegram.access import may_manage
from bot.telegram.commands.recaps import cards
from bot.telegram.commands.recaps.destination import Unfit, read_reference
from bot.telegram.commands.recaps.flags import take_flags, with_flags
from bot.telegram.commands.recaps.reply import Question, asks_for_schedule
from bot.telegram.commands.recaps.setup import (
    MOST_TIMES,
    Asking,
    ask_when,
    ask_where,
    asking,
    find_destination,
    make,
    refusal,
    titles,
    zone_of,
)
from bot.telegram.handling import Context, addressed
from bot.telegram.writing.markup import shortened

_ADD = {"add", "new", "добавить", "новый"}
_HERE = {"here", "сюда", "здесь", "тут"}
_TITLE = {"title", "название"}
_WORDS = {"words", "слова"}
_SOURCES = {"sources", "источники"}
_ALSO = {"also", "также"}
_ONLY = {"only", "только"}
_MOST_VALUES = 20
_VALUE_UNITS = 60
_MOST_DIGITS = 12


async def recap(update: Update, context: Context) -> None:
    """Answer /recap."""
    message, words = addressed(update), context.args or []
    who = asking(context, message, message.from_user)
    if not await may_manage(message, message.from_user, context):
        who.handling.answer(message, who.texts.say("for-administrators"))
        return
    post = message.reply_to_message
    if post and isinstance(post.forward_origin, MessageOriginChannel):
        origin = post.forward_origin
        await ask_when(who, message, origin.chat.id, title=origin.chat.title, seen=origin.message_id)
    elif not words:
        await _show_all(who, message)
    elif (number := _number(words[0])) is not None:
        await _change(who, message, number, words[1:])
    elif words[0].casefold() in _ADD:
        await _add(who, message, words[1:])
    elif read_reference(words[0]) is not None:
        await _add(who, message, words)
    else:
        wrong = shortened(" ".join(words), 100)
        who.handling.answer(message, who.texts.say("recap-wrong", words=wrong))


async def schedule_replied(update: Update, context: Context) -> None:
    """Take a schedule that somebody writes in a reply to our question when, or to the times of a recap."""
    message = addressed(update)
    who = asking(context, message, message.from_user)
    if not await may_manage(message, message.from_user, context):
        who.handling.answer(message, who.texts.say("for-administrators"))
        return
    asked = asks_for_schedule(message)
    words = (message.text or "").split()
    if isinstance(asked, int):
        await _change(who, message, asked, words)
    elif asked:
        await _make_at(who, message, asked.chat_id, words, asked)


async def _show_all(who: Asking, message: Message) -> None:
    async with who.handling.store.read() as conn:
        found = await recaps.of_chat(conn, who.desk.chat_id)
        named = await titles(conn, found)
    if found:
        who.handling.answer(message, *cards.listed(found, who.desk, named, who.texts, who.handling.now))
    else:
        ask_where(who, message, rewrite=False)


async def _add(who: Asking, message: Message, words: Sequence[str]) -> None:
    """Set a recap up by one line: where, and when; without either it is asked for."""
    chat = read_reference(words[0]) if words else None
    here = chat is None
    when = words[1:] if words and (not here or words[0].casefold() in _HERE) else words
    if here and not words:
        ask_where(who, message, rewrite=False)
        return
    if not when:
        await ask_when(who, message, who.desk.chat_id if chat is None else chat)
        return
    await _make_at(who, message, who.desk.chat_id if chat is None else chat, when)


async def _make_at(
    who: Asking, message: Message, chat: str | int, words: Sequence[str], asked: Question | None = None
) -> None:
    """Make a recap for a chat at the times that words say, or say what is wrong with either."""
    flags, words = take_flags(words)
    schedule = await _schedule(who, message, words, asked.zone if asked else None)
    if schedule is None:
        return
    found = await find_destination(who, chat)
    if isinstance(found, Unfit):
        who.handling.answer(message, *refusal(who, found))
        return
    thread_id = who.desk.thread_id if found.chat.id == who.desk.chat_id else 0
    destination = Desk(found.chat.id, asked.thread_id if asked else thread_id)
    options = with_flags(RecapOptions(), flags)
    make(
        who,
        found,
        destination,
        schedule,
        lambda html, buttons: who.handling.answer(message, html, buttons),
        options=options,
    )


async def _change(who: Asking, message: Message, number: int, words: Sequence[str]) -> None:
    """Change the recap with a number by one line."""
    async with who.handling.store.read() as conn:
        known = await recaps.get(conn, number)
    what, rest = (words[0].casefold() if words else ""), " ".join(words[1:])
    if known and what in _ALSO and known.owner_id == who.user_id and known.source != who.desk:
        desks = tuple(dict.fromkeys((*known.options.desks, who.desk)))[:_MOST_VALUES]
        also = replace(known.options, desks=desks)
        who.handling.change(lambda conn: recaps.change(conn, number, options=also))
        who.handling.answer(message, who.texts.say("recap-also", title=known.title))
        return
    if known is None or known.source.chat_id != who.desk.chat_id:
        who.handling.answer(message, who.texts.say("recap-gone", number=str(number)))
        return
    if not words:
        _show_changed(who, message, known)
    elif what in _TITLE:
        _show_changed(who, message, known, title=shortened(rest, _VALUE_UNITS) or who.texts.say("recap-title"))
    elif what in _ONLY:
        _show_changed(who, message, known, options=replace(known.options, desks=()))
    elif what in _WORDS:
        _show_changed(who, message, known, options=replace(known.options, words=_values(rest)))
    elif what in _SOURCES:
        _show_changed(who, message, known, options=replace(known.options, sources=_values(rest)))
    else:
        await _change_schedule(who, message, known, words)


async def _change_schedule(who: Asking, message: Message, known: Recap, words: Sequence[str]) -> None:
    """Change when a recap is posted, or options that are switched in the same line, or both."""
    flags, when = take_flags(words)
    changes: dict[str, Any] = {"options": with_flags(known.options, flags)} if flags else {}
    if when:
        schedule = await _schedule(who, message, when, cards.schedule_of(known).zone.key, known)
        if schedule is None:
            return
        changes |= {"schedule": write_schedule(schedule), "next_slot": next_slot(schedule, who.handling.now)}
    _show_changed(who, message, known, **changes)


def _show_changed(who: Asking, message: Message, known: Recap, **changes: Any) -> None:
    """Change a recap and answer with its card as it is then."""

    async def change(conn: Connection) -> None:
        if changed := await recaps.change(conn, known.id, **changes):
            named = await titles(conn, [changed])
            shown = cards.card(changed, who.desk, named, who.texts, who.handling.now)
            who.handling.answer(message, *shown)

    who.handling.change(change)


async def _schedule(
    who: Asking, message: Message, words: Sequence[str], zone: str | None = None, known: Recap | None = None
) -> Schedule | None:
    """Read a schedule, perhaps for a recap that is known; if it makes no sense, say what is wrong and return None."""
    try:
        schedule = parse_schedule(" ".join(words), ZoneInfo(zone) if zone else zone_of(who))
    except ScheduleFault as fault:
        wrong = shortened(_as_written(fault.word or "", " ".join(words)), 100)
        if known and fault.word:
            said = who.texts.say("recap-wrong-change", words=wrong, number=str(known.id))
        else:
            said = who.texts.say("recap-wrong-word" if fault.word else "recap-no-time", words=wrong)
        who.handling.answer(message, said)
        return None
    if len(schedule.times) > MOST_TIMES:
        who.handling.answer(message, who.texts.say("recap-too-often", most=MOST_TIMES))
        return None
    return schedule


def _as_written(word: str, text: str) -> str:
    """Return a word that was read in lower case as it stands in a text."""
    low = text.casefold().replace("ё", "е")
    place = low.find(word) if len(low) == len(text) else -1
    return text[place : place + len(word)] if place >= 0 else word


def _number(word: str) -> int | None:
    digits = word.removeprefix("№").removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS else None


def _values(text: str) -> tuple[str, ...]:
    """Read words or names that commas divide; none, or a dash, is no filter."""
    values = (shortened(value.strip(), _VALUE_UNITS) for value in text.split(","))
    return tuple(value for value in values if value.strip("-–—"))[:_MOST_VALUES]
