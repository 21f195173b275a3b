"""What is loaded stays: Python need not look through it for garbage, again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect no garbage while the block loads what stays, and leave that out of collections from then on.

    They found next to nothing in a fifth of the time that it takes to import the bot.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
