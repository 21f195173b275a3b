"""Updates that come twice, out of order, late, or broken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.playground.control import named
from bot.playground.control.named import Impossible
from bot.playground.world.facts import Pending
from bot.playground.world.world import UPDATE_LIFETIME

if TYPE_CHECKING:
    from bot.playground.world.world import World


class Injector:
    """Changes what waits for a bot.

    Each method that ACTIONS names is also a call of the control side, with the same arguments; without `bot` the
    first one is meant.
    """

    ACTIONS = (
        "updates",
        "duplicate",
        "hold",
        "release",
        "inject",
    )

    def __init__(self, world: World) -> None:
        self._world = world

    def updates(self, *, bot: int | None = None) -> list[dict[str, Any]]:
        """Return the updates that wait for a bot, with their ids."""
        return [{"update_id": update.update_id, **update.content} for update in named.bot(self._world, bot).pending]

    def duplicate(self, *, bot: int | None = None) -> int:
        """Hand the latest update out once more, even when it was confirmed; return its id."""
        receiver = named.bot(self._world, bot)
        if not receiver.latest:
            raise Impossible("there was no update")
        receiver.pending.append(replace(receiver.latest, again=True))
        self._world.on_update(receiver)
        return receiver.latest.update_id

    def hold(self, *, bot: int | None = None) -> bool:
        """Keep new updates back from now on."""
        receiver = named.bot(self._world, bot)
        receiver.held = receiver.held or []
        return True

    def release(self, order: list[int] | None = None, *, bot: int | None = None) -> int:
        """Let go what was kept back; return how many.

        order: the positions of the updates as they were made, in the order to hand them out; what it does not name
        is lost.
        """
        receiver = named.bot(self._world, bot)
        held = receiver.held or []
        if order and not 0 <= min(order) <= max(order) < len(held):
            raise Impossible(f"{len(held)} updates are held back, counted from 0")
        receiver.held = None
        chosen = held if order is None else [held[position] for position in order]
        for update in chosen:
            self._world.hand_over(receiver, update)
        return len(chosen)

    def inject(
        self, content: dict[str, Any] | None = None, raw: str | None = None, *, bot: int | None = None, chat: int = 0
    ) -> int:
        """Queue an update made by hand; return its id.

        content: stands in the Update beside its update_id, whether it can be parsed or not. raw: what goes over the
        wire in place of the whole Update, such as broken JSON.
        """
        receiver = named.bot(self._world, bot)
        number = self._world.next_update_id(receiver)
        expires = self._world.clock.now() + UPDATE_LIFETIME
        self._world.hand_over(receiver, Pending(number, expires, chat, content or {}, raw))
        return number
