"""What all parts of a process share."""

import socket
from dataclasses import dataclass, field

from bot.metrics import LEADS
from bot.running.bell import Bell
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.leadership import Leadership, leadership
from bot.store.processes import Presence
from bot.telegram.handling import BotApplication
from bot.telegram.limits import Limits
from bot.web.flood import Flood


@dataclass(frozen=True, slots=True)
class Common:
    """What all parts of a process share.

    Attributes:
        store: open.
        application: what handles updates and talks to Telegram, once the process has greeted it.
        presence: by it, others know whether this process lives; its number names who holds a row.
        health: the port at which it is told how the bot fares, if there is one.
        bell: wakes who works through a table.
        flood: knows whether many updates come at once.
        limits: of what is sent to Telegram.

    """

    settings: Settings
    store: Store
    application: BotApplication
    presence: Presence
    health: socket.socket | None = None
    bell: Bell = field(default_factory=Bell)
    flood: Flood = field(default_factory=Flood)
    limits: Limits = field(default_factory=Limits)
    _leaderships: dict[str, Leadership] = field(default_factory=dict)

    def candidate(self, what: str) -> Leadership:
        """Become a candidate for one of `bot.store.leadership.LOCKS`."""
        candidate = leadership(self.store, self.settings.database.url, what)
        self._leaderships[what] = candidate
        LEADS.labels(what).set_function(lambda: candidate.is_ours)
        return candidate

    def led_here(self) -> frozenset[str]:
        """Tell what this process leads."""
        return frozenset(what for what, candidate in self._leaderships.items() if candidate.is_ours)
