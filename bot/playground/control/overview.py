"""What a person's client shows: the list of chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.bot_api.methods.profile import commands_for
from bot.playground.control.named import Impossible
from bot.playground.control.people import People
from bot.playground.world import rights
from bot.playground.world.views import chat_json, me_json, private_json, user_json

if TYPE_CHECKING:
    from bot.playground.world.facts import Chat, Json, User
    from bot.playground.world.world import World


def overview(world: World, user: int | None) -> Json:
    """Return {me, bot, now, chats} as a person sees them; without a number, as the viewer of the page.

    bot: the first one, None when there is none. chats: first those with bots.
    """
    state = world.state
    person = state.users.get(user or state.viewer or 0)
    if not person:
        raise Impossible("there is no such user")
    first = next(iter(state.bots.values()), None)
    chats = [_with_bot(world, person, number) for number in state.bots]
    there = [chat for chat in world.chats_of(person.id) if not chat.migrated_to and not chat.deleted]
    chats += [_shared(world, person, chat) for chat in there]
    return {
        "me": user_json(person),
        "bot": me_json(first) if first else None,
        "now": world.now(),
        "chats": chats,
    }


def _with_bot(world: World, person: User, number: int) -> Json:
    bot = world.state.bots[number]
    chat = world.private_chat(bot, person)
    return {
        "chat": private_json(bot),
        "last": _last(world, number, chat, person),
        "may_write": True,
        "mine": True,
        "started": chat.started,
        "blocked": chat.blocked,
        "commands": commands_for(bot.commands, person.language_code),
        "description": bot.descriptions.get(person.language_code or "", bot.descriptions.get("", "")),
    }


def _shared(world: World, person: User, chat: Chat) -> Json:
    bots = [bot for bot in world.state.bots if rights.is_in(chat, bot)]
    admin = rights.is_admin(chat, person.id)
    return {
        "chat": chat_json(world.state, chat),
        "last": _last(world, chat.id, chat, person),
        "may_write": admin or chat.type != "channel",
        "mine": chat.members[person.id]["status"] == "creator",
        "members": sum(rights.is_in(chat, account) for account in chat.members),
        "bots": bots,
        "bot_is_admin": any(rights.is_admin(chat, bot) for bot in bots),
        "topics": chat.topics,
        "pinned": chat.pinned,
        "description": chat.description or "",
        "commands": [] if chat.type == "channel" else _commands_in_group(world, person, bots),
    }


def _commands_in_group(world: World, person: User, bots: list[int]) -> list[Json]:
    menus = (commands_for(world.state.bots[bot].commands, person.language_code, in_group=True) for bot in bots)
    return [command for menu in menus for command in menu]


def _last(world: World, number: int, chat: Chat, person: User) -> Json | None:
    """Return the newest message, as the line in the list shows it."""
    if not chat.messages:
        return None
    newest = next(reversed(chat.messages))
    return People(world).message(number, newest, user=person.id)
