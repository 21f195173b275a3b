"""What a chat may choose for itself; whoever runs the bot has chosen the rest (`bot.settings`)."""

from dataclasses import dataclass

from bot.recap import Length
from bot.settings import Settings

LONG_CHARS = 600
"""A post of so many characters is long, if nobody has said otherwise: about four sentences of news."""


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """What a chat has chosen; None where it has not, and the settings of the bot hold.

    Attributes:
        lang: language of the bot's texts; None: that of whoever asks.
        timezone: IANA name.
        length: how much a summary shows.
        acknowledge: whether a forwarded post gets a reaction.
        at_once: whether a long post that comes alone is summed up at once.
        keep_days: after so many days posts are deleted, if those of the bot are not fewer.

    """

    lang: str | None = None
    timezone: str | None = None
    length: Length = Length.NORMAL
    acknowledge: bool | None = None
    at_once: bool | None = None
    keep_days: int | None = None

    def over(self, settings: Settings) -> Settings:
        """Return the settings that hold in the chat."""
        general = settings.general.model_copy(update={"timezone": self.timezone or settings.general.timezone})
        intake: dict[str, object] = {}
        if self.acknowledge is not None:
            intake["acknowledge"] = "reaction" if self.acknowledge else "none"
        if self.at_once is not None:
            intake["summarise_at_once"] = (settings.intake.summarise_at_once or LONG_CHARS) if self.at_once else 0
        most = settings.database.keep_days
        database = settings.database.model_copy(update={"keep_days": min(self.keep_days or most, most)})
        sizes = {name: _sized(getattr(settings.summary, name), self.length) for name in _SIZES}
        return settings.model_copy(
            update={
                "general": general,
                "database": database,
                "intake": settings.intake.model_copy(update=intake),
                "summary": settings.summary.model_copy(update=sizes),
            }
        )


_SIZES = ("sentences", "actors", "numbers", "stories")


def _sized(usual: int, length: Length) -> int:
    """Show half as much, rounded up, or twice as much as usual."""
    match length:
        case Length.SHORT:
            return (usual + 1) // 2
        case Length.LONG:
            return usual * 2
    return usual
