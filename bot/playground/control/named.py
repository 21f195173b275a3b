"""The accounts and chats that calls of the control side name by their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import SitrepError

if TYPE_CHECKING:
    from bot.playground.world.facts import Bot, Chat, User
    from bot.playground.world.world import World


class Impossible(SitrepError):
    """A person can't do that."""


def user(world: World, number: int) -> User:
    """Return a person.

    Raises:
        Impossible: nobody has that number.
    """
    if number not in world.state.users:
        raise Impossible(f"there is no user {number}")
    return world.state.users[number]


def bot(world: World, number: int | None) -> Bot:
    """Return a bot; without a number the first one.

    Raises:
        Impossible: none has that number, or there is none at all.
    """
    bots = world.state.bots
    if number is None and bots:
        return next(iter(bots.values()))
    if number not in bots:
        raise Impossible("there is no such bot")
    return bots[number]


def account(world: World, number: int) -> User | Bot:
    """Return a person or a bot.

    Raises:
        Impossible: neither has that number.
    """
    found = world.account(number)
    if found is None:
        raise Impossible(f"there is no account {number}")
    return found


def chat(world: World, number: int) -> Chat:
    """Return a group or channel.

    Raises:
        Impossible: none has that number.
    """
    if number not in world.state.chats:
        raise Impossible(f"there is no chat {number}")
    return world.state.chats[number]


def owner(place: Chat) -> int:
    """Return the number of who owns a group or channel.

    Raises:
        Impossible: nobody does any more.
    """
    owners = (number for number, entry in place.members.items() if entry["status"] == "creator")
    if (found := next(owners, None)) is None:
        raise Impossible(f"nobody owns the chat {place.id} any more")
    return found
