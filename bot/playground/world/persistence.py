"""The state of a world as JSON."""

from __future__ import annotations

from pydantic import TypeAdapter

from bot.playground.world.facts import State

_STATE = TypeAdapter(State)


def save_state(state: State) -> bytes:
    """Return a state as JSON."""
    return _STATE.dump_json(state)


def load_state(saved: bytes) -> State:
    """Return the state that was saved.

    Raises:
        ValueError: it is no state.
    """
    return _STATE.validate_json(saved)
