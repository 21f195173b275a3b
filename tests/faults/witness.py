"""What can be seen of a bot from outside, whatever becomes of its processes meanwhile."""

import time
from collections.abc import Callable, Iterable

from bot.playground.client.local_telegram import LocalTelegram
from bot.playground.world.facts import Json
from tests.faults.oracle import History, Sent, sent_by
from tests.faults.traffic import Carrier


class Witness:
    """Remembers what the server was asked, when processes were killed, and what the bot had written down by then.

    Args:
        telegram: the server.
        noted: reads which messages the bot has written down as sent.

    """

    def __init__(self, telegram: LocalTelegram, noted: Callable[[], Iterable[Carrier]]) -> None:
        self._telegram = telegram
        self._read_noted = noted
        self.last_call = 0
        self._sent: list[Sent] = []
        self._kills: list[float] = []
        self._noted: set[Carrier] = set()

    def look(self) -> list[Json]:
        """See what the server was asked since we looked last."""
        calls = self._telegram.calls(after=self.last_call)
        now = time.monotonic()
        self._sent += [sent for call in calls if (sent := sent_by(call, now))]
        self.last_call = calls[-1]["number"] if calls else self.last_call
        return calls

    def note_kill(self) -> None:
        """Note that a process was killed just now, or made to stand still."""
        self.look()
        self._kills.append(time.monotonic())
        self.note()

    def note(self) -> None:
        """See which messages the bot has written down as sent."""
        self._noted |= set(self._read_noted())

    def history(self, reactions: frozenset[Carrier]) -> History:
        """Tell what happened, with the messages that have a reaction now."""
        return History(self._sent, self._kills, frozenset(self._noted), reactions)
