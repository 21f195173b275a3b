"""docs/playground.md names everything that there is."""

from pathlib import Path

import pytest

from bot.playground import cast, client, seen
from bot.playground.conditions import Conditions
from bot.playground.faults import KINDS
from bot.playground.inject import Injector
from bot.playground.methods import NAMES
from bot.playground.people import People
from bot.playground.places import Places

DOCS = (Path(__file__).parents[2] / "docs" / "playground.md").read_text(encoding="utf-8")
ACTIONS = [name for part in (People, Places, Injector, Conditions) for name in part.ACTIONS]
PLAYERS = (cast.User, cast.Bot, cast.Group, cast.Channel, seen.Message, client.LocalTelegram)
# The ways to the wire, and what the classes need of Python.
_BELOW = {"act", "read", "close", "chat", "id", "problems", "view"}


def _public(player: type) -> set[str]:
    return {name for name in dir(player) if not name.startswith("_")} - set(getattr(player, "__dataclass_fields__", ()))


STORY = sorted(set().union(*map(_public, PLAYERS)) - _BELOW)


@pytest.mark.parametrize("name", [*NAMES.values(), *sorted(KINDS), *ACTIONS, *STORY])
def test_it_is_documented(name: str) -> None:
    assert f"`{name}`" in DOCS
