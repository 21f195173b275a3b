"""What the bot says, in the reader's language: Fluent messages of bot/locales, dates and times by babel.

Messages are Telegram HTML. What is put into them is text and is escaped here, so that a name can't break a message.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from html import escape
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("en", "ru")
_UTC = {"UTC", "Etc/UTC"}


@dataclass(frozen=True, slots=True)
class Texts:
    """The bot's texts in one language, with times in one time zone (an IANA name)."""

    lang: str
    timezone: str = "UTC"

    def say(self, key: str, **values: str | int) -> str:
        """Return the message of a key as HTML.

        Raises:
            LookupError: there is no such message, or it needs a value that was not given.

        """
        bundle = _bundle(self.lang)
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise LookupError(f"{key}.{self.lang}: it is empty")
        text, faults = bundle.format_pattern(pattern, {name: _escaped(value) for name, value in values.items()})
        if faults:
            raise LookupError(f"{key}.{self.lang}: {faults[0]}")
        return str(text)

    def moment(self, moment: datetime, now: datetime, *, zoned: bool = False) -> str:
        """Write a time as short as it is clear: without the day if that is today's, without the year if this one.

        With ``zoned`` the time zone is named where readers could take the time for their own: if it is UTC, which
        nobody chose for them.
        """
        local, today = self._local(moment), self._local(now).date()
        clock = self._clock(local)
        written = clock if local.date() == today else f"{self._day(local.date(), today)}, {clock}"
        return f"{written} UTC" if zoned and self.timezone in _UTC else written

    def day(self, moment: datetime, now: datetime) -> str:
        """Write the day of a time, without the year if that is this one."""
        return self._day(self._local(moment).date(), self._local(now).date())

    def period(self, first: datetime, last: datetime, now: datetime) -> str:
        """Write a span of time, zoned; a day that both ends share is named once."""
        start, end = self._local(first), self._local(last)
        if start.date() != end.date():
            return f"{self.moment(first, now)} – {self.moment(last, now, zoned=True)}"
        if (start.hour, start.minute) == (end.hour, end.minute):
            return self.moment(first, now, zoned=True)
        clock = f"{self.moment(first, now)}–{self._clock(end)}"
        return f"{clock} UTC" if self.timezone in _UTC else clock

    def tick(self, clock: datetime, now: datetime) -> str:
        """Write a time of the reader's clock, which has no zone, under an axis: midnight by the day that begins."""
        today = self._local(now).date()
        return self._clock(clock) if clock.hour or clock.minute else self._day(clock.date(), today)

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.timezone))

    def _clock(self, local: datetime) -> str:
        return format_skeleton("Hm", local, locale=self.lang)

    def _day(self, day: date, today: date) -> str:
        noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - only its day is shown
        return format_skeleton("MMMd" if day.year == today.year else "yMMMd", noon, locale=self.lang)


def language_for(code: str | None, default: str) -> str:
    """Choose the language for a user whose Telegram speaks ``code`` (an IETF tag such as "pt-BR", or nothing)."""
    spoken = (code or "").lower().partition("-")[0]
    return spoken if spoken in LANGUAGES else default


def _escaped(value: str | int) -> str | int:
    return escape(value, quote=False) if isinstance(value, str) else value


@cache
def _bundle(lang: str) -> FluentBundle:
    # Isolating marks around values would make commands and numbers hard to copy.
    bundle = FluentBundle([lang], use_isolating=False)
    bundle.add_resource(FluentResource(files("bot").joinpath("locales", f"{lang}.ftl").read_text(encoding="utf-8")))
    return bundle
