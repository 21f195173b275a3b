"""Telegram's flood limits, when they are switched on.

30 messages a second in all, one a second in a chat, 20 a minute in a group or channel (Bots FAQ, "My bot is hitting
limits"). Telegram allows short bursts that it does not document; here the limits are strict.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from typing import TYPE_CHECKING

from bot.playground.refusals import too_many_requests

if TYPE_CHECKING:
    from bot.playground.world.clock import Clock

_ALL = (30, 1.0)
_CHAT = (1, 1.0)
_GROUP = (20, 60.0)
LIMITED = frozenset(
    {
        "sendmessage",
        "sendphoto",
        "senddocument",
        "sendmediagroup",
        "forwardmessage",
        "copymessage",
        "editmessagetext",
        "editmessagecaption",
        "editmessagereplymarkup",
    }
)


class FloodLimits:
    """Counts what each bot sends."""

    def __init__(self, clock: Clock, *, on: bool = False) -> None:
        self.on = on
        self._clock = clock
        self._sent: dict[tuple[int, str, float], deque[float]] = defaultdict(deque)

    def check(self, bot: int, chat: int) -> None:
        """Count a message.

        Raises:
            Refusal: 429, with the seconds until the next one is allowed; a refused one is not counted.
        """
        if not self.on:
            return
        now = self._clock.now()
        rules = [("", _ALL), (str(chat), _CHAT), *([(str(chat), _GROUP)] if chat < 0 else [])]
        pause = 0.0
        for place, (most, seconds) in rules:
            sent = self._sent[bot, place, seconds]
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                pause = max(pause, sent[0] + seconds - now)
        if pause > 0:
            raise too_many_requests(max(1, math.ceil(pause)))
        for place, (_, seconds) in rules:
            self._sent[bot, place, seconds].append(now)
