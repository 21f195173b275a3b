"""Living: other processes are told that this one does, and what those have left that do no longer is freed."""

from collections.abc import Sequence

from bot.running.common import Common
from bot.running.parts import Part


def living(common: Common) -> Sequence[Part]:
    """Make the part that ends after those that have anything in hand: what they leave is then for other processes."""
    return [Part("presence", common.presence.run)] if common.store.is_shared else []
