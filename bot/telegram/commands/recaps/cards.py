"""Recaps as people see them in a conversation: lists, cards and their buttons.

The data of a button holds all that its press needs: ``recap:<number>:<verb>:<value>``, or ``recap:<verb>:<values>``
while there is no recap yet.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_day_names
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.posts import Desk
from bot.recap import Length, PausedWhy, Recap, RecapOptions, RecapState, Run, RunState
from bot.recaps.schedule import parse_schedule
from bot.recaps.slots import EVERY_DAY, Schedule
from bot.recaps.zones import write_zone
from bot.telegram.texts import LANGUAGES, Texts
from bot.telegram.writing.markup import Markup, bold, italic, joined, plain, share_out, shortened

Buttons = list[list[InlineKeyboardButton]]

ZONES = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Asia/Tbilisi",
    "Asia/Yerevan",
    "Asia/Baku",
    "Asia/Dubai",
    "Asia/Tehran",
    "Asia/Yekaterinburg",
    "Asia/Tashkent",
    "Asia/Almaty",
    "Asia/Kolkata",
    "Asia/Novosibirsk",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Africa/Cairo",
    "Africa/Lagos",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
)
"""Zones that can be chosen by a button; any other can be written."""

LANGUAGE_NAMES = {"en": "English", "ru": "Русский"}
LENGTHS = {Length.SHORT: "recap-short", Length.NORMAL: "recap-normal", Length.LONG: "recap-long"}
MOST_SOURCES = 3
"""The largest minimum of sources that a button offers."""

# The CLDR, from which the names of cities are, has these zones under older names.
_CLDR_ZONES = {"Europe/Kyiv": "Europe/Kiev", "Asia/Kolkata": "Asia/Calcutta"}
_TITLE_UNITS = 60
_LABEL_UNITS = 30
_HOURS_IN_ROW = 6
_WHY = {
    PausedWhy.ASKED: "recap-paused",
    PausedWhy.REMOVED: "recap-paused-removed",
    PausedWhy.RIGHTS: "recap-paused-rights",
}
_BECAME = {
    RunState.WAITING: "run-waiting",
    RunState.SENDING: "run-sending",
    RunState.POSTED: "run-posted",
    RunState.EMPTY: "run-empty",
    RunState.SKIPPED: "run-skipped",
    RunState.FAILED: "run-failed",
}


def schedule_of(recap: Recap) -> Schedule:
    """Read the schedule of a recap."""
    return parse_schedule(recap.schedule, ZoneInfo("UTC"))


def describe(schedule: Schedule, texts: Texts) -> str:
    """Write a schedule as people say it, with its zone."""
    days = {EVERY_DAY: "recap-daily", frozenset(range(5)): "recap-weekdays", frozenset((5, 6)): "recap-weekends"}
    names = get_day_names("abbreviated", locale=texts.lang)
    key = next((key for group, key in days.items() if group == schedule.weekdays), None)
    when = texts.say(key) if key else ", ".join(names[day] for day in sorted(schedule.weekdays))
    return f"{when}, {', '.join(f'{at:%H:%M}' for at in schedule.times)} ({write_zone(schedule.zone.key)})"


def city(zone: str, texts: Texts) -> str:
    """Name a zone by its city, in the reader's language."""
    named = Locale(texts.lang).time_zones.get(_CLDR_ZONES.get(zone, zone), {}).get("city")
    return str(named or write_zone(zone).rpartition("/")[2].replace("_", " "))


def listed(
    recaps: Sequence[Recap], here: Desk, titles: Mapping[int, str], texts: Texts, now: datetime
) -> tuple[str, InlineKeyboardMarkup]:
    """Write the recaps of a chat, with a button for each."""
    lines, rows = [], []
    for recap in recaps:
        named = f"№ {recap.id}"
        where = name_of(recap, here, titles, texts)
        lines.append(joined(" · ", [bold(named), plain(where), *_when(recap, texts, now)]))
        rows.append([_button(f"{named} · {shortened(where, _LABEL_UNITS)}", f"recap:{recap.id}:show")])
    rows.append([_button(texts.say("recap-button-new"), "recap:new")])
    (written,) = share_out([[plain("🗓 ") + bold(texts.say("recap-list"))], lines])
    return written, InlineKeyboardMarkup(rows)


def card(
    recap: Recap, here: Desk, titles: Mapping[int, str], texts: Texts, now: datetime
) -> tuple[str, InlineKeyboardMarkup]:
    """Write a recap, with what can be done to it from a chat: the one that it reads can do all."""
    number = recap.id
    if recap.state is RecapState.ACTIVE:
        turn = _button(texts.say("recap-button-pause"), f"recap:{number}:pause")
    else:
        turn = _button(texts.say("recap-button-resume"), f"recap:{number}:resume")
    delete = _button(texts.say("recap-button-delete"), f"recap:{number}:delete")
    back = [_button(texts.say("recap-button-all"), "recap:list")]
    if recap.source.chat_id != here.chat_id:
        stop = [turn, delete] if recap.state is RecapState.ACTIVE else [delete]
        return _described(recap, here, titles, texts, now), InlineKeyboardMarkup([stop, back])
    rows = [
        [
            _button(texts.say("recap-button-preview"), f"recap:{number}:preview"),
            _button(texts.say("recap-button-post"), f"recap:{number}:post"),
        ],
        [turn, _button(texts.say("recap-button-edit"), f"recap:{number}:edit")],
        [_button(texts.say("recap-button-history"), f"recap:{number}:history"), delete],
        back,
    ]
    return _described(recap, here, titles, texts, now), InlineKeyboardMarkup(rows)


def edit_page(
    recap: Recap, here: Desk, titles: Mapping[int, str], texts: Texts, now: datetime
) -> tuple[str, InlineKeyboardMarkup]:
    """Write a recap with a button for each option; it shows what is set, and sets the next value."""
    options, number = recap.options, recap.id
    lengths, languages = list(LENGTHS), list(LANGUAGES)
    longer = lengths[(lengths.index(options.length) + 1) % len(lengths)]
    spoken = languages[(languages.index(options.lang) + 1) % len(languages)] if options.lang in languages else "en"
    sources = options.min_sources % MOST_SOURCES + 1
    on_off = {True: "✅", False: "▫️"}

    def setting(label: str, option: str, value: str | int) -> InlineKeyboardButton:
        return _button(label, f"recap:{number}:set:{option}:{value}")

    def flag(key: str, option: str, *, on: bool) -> InlineKeyboardButton:
        return setting(f"{on_off[on]} {texts.say(key)}", option, int(not on))

    rows = [
        [
            _button(texts.say("recap-button-time"), f"recap:{number}:time"),
            _button(texts.say("recap-button-zone"), f"recap:{number}:zones"),
        ],
        [
            setting(f"✂️ {texts.say(LENGTHS[options.length])}", "length", longer),
            setting(f"🗣 {LANGUAGE_NAMES.get(options.lang, options.lang)}", "lang", spoken),
        ],
        [
            flag("recap-silent", "silent", on=options.silent),
            flag("recap-pin", "pin", on=options.pin),
        ],
        [
            flag("recap-skip", "skip", on=options.skip_empty),
            flag("recap-public", "public", on=options.public),
        ],
        [
            flag("recap-picture", "picture", on=options.picture),
            flag("recap-edits", "edits", on=options.follow_edits),
        ],
        [setting(texts.say("recap-sources", sources=options.min_sources), "sources", sources)],
        [_button(texts.say("back"), f"recap:{number}:show")],
    ]
    hint = texts.say("recap-edit-hint", number=str(number))
    return f"{_described(recap, here, titles, texts, now)}\n\n{hint}", InlineKeyboardMarkup(rows)


def time_page(recap: Recap, texts: Texts) -> tuple[str, InlineKeyboardMarkup]:
    """Write the times of a recap, with a button for each hour of the day and each day of the week.

    A button holds the hours and days that are chosen once it was pressed, as bits.
    """
    schedule = schedule_of(recap)
    hours = sum(1 << at.hour for at in schedule.times if not at.minute)
    days = sum(1 << day for day in schedule.weekdays)
    rows: Buttons = []
    for first in range(0, 24, _HOURS_IN_ROW):
        rows.append(
            [
                _toggle(f"{hour:02}", recap.id, hours ^ 1 << hour, days, on=bool(hours >> hour & 1))
                for hour in range(first, first + _HOURS_IN_ROW)
            ]
        )
    names = get_day_names("short", locale=texts.lang)
    rows.append([_toggle(names[day], recap.id, hours, days ^ 1 << day, on=bool(days >> day & 1)) for day in range(7)])
    rows.append([_button(texts.say("back"), f"recap:{recap.id}:edit")])
    said = texts.say("recap-time-page", when=describe(schedule, texts), number=str(recap.id))
    return said, InlineKeyboardMarkup(rows)


def with_hours(schedule: Schedule, hours: int, days: int) -> Schedule | None:
    """Return the schedule with the full hours and the days that are given as bits; None if no time or day is left."""
    kept = {at for at in schedule.times if at.minute} | {time(hour) for hour in range(24) if hours >> hour & 1}
    weekdays = frozenset(day for day in range(7) if days >> day & 1)
    return Schedule(tuple(sorted(kept)), schedule.zone, weekdays) if kept and weekdays else None


def zone_buttons(texts: Texts, prefix: str, back: str) -> InlineKeyboardMarkup:
    """Make a button for each zone; the name of the zone follows the prefix in its data."""
    named = [_button(city(zone, texts), f"{prefix}:{zone}") for zone in ZONES]
    rows = [named[first : first + 3] for first in range(0, len(named), 3)]
    return InlineKeyboardMarkup([*rows, [_button(texts.say("back"), back)]])


def history_page(recap: Recap, runs: Sequence[Run], texts: Texts, now: datetime) -> tuple[str, InlineKeyboardMarkup]:
    """Write what became of the last slots of a recap, the newest first."""
    zone = schedule_of(recap).zone.key
    local = Texts(texts.lang, zone)
    lines = [
        plain(f"{local.moment(run.slot, now)} — ")
        + plain(texts.say(_BECAME[run.state], posts=run.posts or 0, parts=run.parts or 0))
        for run in runs
    ]
    title = bold(shortened(recap.title, _TITLE_UNITS))
    named = plain("" if zone == texts.timezone else write_zone(zone))
    head = joined(" · ", [plain("🕓 ") + title, plain(texts.say("recap-history")), named])
    (written,) = share_out([[head], lines or [italic(texts.say("recap-no-history"))]])
    return written, back_to_card(recap, texts)


def confirm(recap: Recap, verb: str, label: str, texts: Texts) -> InlineKeyboardMarkup:
    """Make the buttons that ask whether to do what can't be undone."""
    return InlineKeyboardMarkup(
        [[_button(label, f"recap:{recap.id}:{verb}"), _button(texts.say("recap-button-no"), f"recap:{recap.id}:show")]]
    )


def back_to_card(recap: Recap, texts: Texts) -> InlineKeyboardMarkup:
    """Make a button that leads back to a recap."""
    return InlineKeyboardMarkup([[_button(texts.say("back"), f"recap:{recap.id}:show")]])


def name_of(recap: Recap, here: Desk, titles: Mapping[int, str], texts: Texts) -> str:
    """Say where a recap is posted."""
    if recap.destination == here:
        return texts.say("recap-here")
    return shortened(titles.get(recap.destination.chat_id) or str(recap.destination.chat_id), _TITLE_UNITS)


def _described(recap: Recap, here: Desk, titles: Mapping[int, str], texts: Texts, now: datetime) -> str:
    lines = [
        plain("📣 ") + plain(name_of(recap, here, titles, texts)),
        plain("⏰ ") + plain(describe(schedule_of(recap), texts)),
        *_when(recap, texts, now),
    ]
    if chosen := [plain(said) for said in _chosen(recap.options, texts)]:
        lines.append(joined(" · ", chosen))
    if recap.options.desks:
        lines.append(plain("📥 ") + plain(texts.say("recap-desks", desks=1 + len(recap.options.desks))))
    if recap.options.public:
        lines.append(plain("🔔 ") + plain(texts.say("recap-open")))
    for sign, values in (("🔎 ", recap.options.words), ("📚 ", recap.options.sources)):
        if values:
            lines.append(plain(sign) + plain(shortened(", ".join(values), 300)))
    title = bold(shortened(recap.title, _TITLE_UNITS))
    head = joined(" · ", [plain("🗓 ") + title, plain(texts.say("recap-number", number=str(recap.id)))])
    (written,) = share_out([[head], lines])
    return written


def _when(recap: Recap, texts: Texts, now: datetime) -> Iterator[Markup]:
    if recap.state is RecapState.PAUSED:
        yield plain(texts.say(_WHY[recap.paused_why or PausedWhy.ASKED]))
    else:
        yield plain(texts.say("recap-next", time=_moment(recap.next_slot, recap, texts, now)))


def _moment(moment: datetime, recap: Recap, texts: Texts, now: datetime) -> str:
    """Write a time by the clock of a recap, and name its zone if it is another than the chat's."""
    zone = schedule_of(recap).zone.key
    written = Texts(texts.lang, zone).moment(moment, now, zoned=True)
    named = zone == texts.timezone or written.endswith(write_zone(zone))
    return written if named else f"{written} ({write_zone(zone)})"


def _chosen(options: RecapOptions, texts: Texts) -> Iterator[str]:
    """Name the options that are other than usual, but for those that have a line of their own."""
    flags = {
        "recap-has-picture": options.picture,
        "recap-has-edits": options.follow_edits,
        "recap-has-no-sound": options.silent,
        "recap-has-pin": options.pin,
        "recap-has-empty": not options.skip_empty,
        "recap-has-short": options.length is Length.SHORT,
        "recap-has-long": options.length is Length.LONG,
    }
    yield from (texts.say(key) for key, holds in flags.items() if holds)
    if options.min_sources > 1:
        yield texts.say("recap-has-sources", sources=options.min_sources)
    if options.lang != texts.lang:
        yield f"🗣 {LANGUAGE_NAMES.get(options.lang, options.lang)}"


def _toggle(label: str, number: int, hours: int, days: int, *, on: bool) -> InlineKeyboardButton:
    return _button(f"✅{label}" if on else label, f"recap:{number}:hours:{hours:x}:{days:x}")


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)
