"""docs/playground.md names everything that there is."""

from pathlib import Path

import pytest

from bot.playground.bot_api.faults import KINDS
from bot.playground.bot_api.methods import NAMES
from bot.playground.client import cast, local_telegram, seen
from bot.playground.control.conditions import Conditions
from bot.playground.control.inject import Injector
from bot.playground.control.people import People
from bot.playground.control.places import Places

DOCS = (Path(__file__).parents[2] / "docs" / "playground.md").read_text(encoding="utf-8")
ACTIONS = [name for part in (People, Places, Injector, Conditions) for name in part.ACTIONS]
PLAYERS = (cast.User, cast.Bot, cast.Group, cast.Channel, seen.Message, local_telegram.LocalTelegram)
# The ways to the wire, and what the classes need of Python.
_BELOW = {"act", "read", "close", "chat", "id", "problems", "view"}


def _public(player: type) -> set[str]:
    return {name for name in dir(player) if not name.startswith("_")} - set(getattr(player, "__dataclass_fields__", ()))


STORY = sorted(set().union(*map(_public, PLAYERS)) - _BELOW)


@pytest.mark.parametrize("name", [*NAMES.values(), *sorted(KINDS), *ACTIONS, *STORY])
def test_it_is_documented(name: str) -> None:
    assert f"`{name}`" in DOCS
