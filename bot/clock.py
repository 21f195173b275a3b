"""The time, as all of the bot sees it.

It is that of the machine, but for the playground and tests: the clock of a local Telegram can be moved ahead there, and
the bot follows it. The variable PLAYGROUND_CLOCK names the file that holds how far, in seconds.
"""

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE = "PLAYGROUND_CLOCK"
# As soon as somebody who pressed a button in the playground expects to see something.
_LOOK_SECONDS = 0.2


def now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC) + timedelta(seconds=_shift())


def seconds_until(moment: datetime) -> float:
    """Tell how long it is until a moment; 0 if it has come."""
    return max(0.0, (moment - now()).total_seconds())


async def watch(on_jump: Callable[[], None]) -> None:
    """Call back whenever the clock was moved, until cancelled; at once over if nobody can move it."""
    if FILE not in os.environ:
        return
    shift = _shift()
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        if shift != (shift := _shift()):
            on_jump()


def _shift() -> float:
    file = os.environ.get(FILE)
    return float(Path(file).read_text(encoding="ascii")) if file else 0.0
