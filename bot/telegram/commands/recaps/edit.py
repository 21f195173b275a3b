"""Change the options and the times of a recap by buttons; each shows what is set, and holds what it will set."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.recap import Length, RecapOptions
from bot.recaps.schedule import write_schedule
from bot.recaps.slots import Schedule, next_slot
from bot.store.recapping import recaps
from bot.telegram.commands.recaps import cards
from bot.telegram.commands.recaps.manage import Action, Press, View, change
from bot.telegram.texts import LANGUAGES

_FLAGS: Mapping[str, Callable[[RecapOptions, bool], RecapOptions]] = {
    "silent": lambda options, on: replace(options, silent=on),
    "pin": lambda options, on: replace(options, pin=on),
    "skip": lambda options, on: replace(options, skip_empty=on),
    "public": lambda options, on: replace(options, public=on),
    "picture": lambda options, on: replace(options, picture=on),
    "edits": lambda options, on: replace(options, follow_edits=on),
}
_SOURCES = {str(number): number for number in range(1, cards.MOST_SOURCES + 1)}


def with_option(options: RecapOptions, option: str, value: str) -> RecapOptions | None:
    """Return options of which one has the value of a button; None if there is no such option or value."""
    if option in _FLAGS and value in {"0", "1"}:
        return _FLAGS[option](options, value == "1")
    if option == "length" and value in set(Length):
        return replace(options, length=Length(value))
    if option == "lang" and value in LANGUAGES:
        return replace(options, lang=value)
    if option == "sources" and value in _SOURCES:
        return replace(options, min_sources=_SOURCES[value])
    return None


async def _show(press: Press) -> None:
    press.tell()
    change(press, lambda conn: recaps.get(conn, press.recap.id), cards.edit_page)


async def _set(press: Press) -> None:
    options = with_option(press.recap.options, *press.values)
    if options is None:
        press.tell(press.who.texts.say("too-old"))
        return
    press.tell()
    change(press, lambda conn: recaps.change(conn, press.recap.id, options=options), cards.edit_page)


async def _show_times(press: Press) -> None:
    press.tell()
    press.rewrite(*cards.time_page(press.recap, press.who.texts))


async def _set_times(press: Press) -> None:
    hours, days = (int(bits, 16) for bits in press.values)
    schedule = cards.with_hours(cards.schedule_of(press.recap), hours, days)
    if schedule is None:
        press.tell(press.who.texts.say("recap-needs-time"))
        return
    press.tell()
    _reschedule(press, schedule, lambda changed, *_: cards.time_page(changed, press.who.texts))


async def _show_zones(press: Press) -> None:
    number, texts = press.recap.id, press.who.texts
    press.tell()
    buttons = cards.zone_buttons(texts, f"recap:{number}:zone", f"recap:{number}:edit")
    press.rewrite(texts.say("recap-zones"), buttons)


async def _set_zone(press: Press) -> None:
    (zone,) = press.values
    if zone not in cards.ZONES:
        press.tell(press.who.texts.say("too-old"))
        return
    press.tell()
    _reschedule(press, replace(cards.schedule_of(press.recap), zone=ZoneInfo(zone)), cards.edit_page)


def _reschedule(press: Press, schedule: Schedule, view: View) -> None:
    written, slot = write_schedule(schedule), next_slot(schedule, press.who.handling.now)
    change(press, lambda conn: recaps.change(conn, press.recap.id, schedule=written, next_slot=slot), view)


ACTIONS: Mapping[str, Action] = {
    "edit": _show,
    "set": _set,
    "time": _show_times,
    "hours": _set_times,
    "zones": _show_zones,
    "zone": _set_zone,
}
"""What is done by which verb in a button's data."""
