"""How accounts and chats come to be, and who is what in them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from bot.playground.control import named
from bot.playground.control.named import Impossible
from bot.playground.world import rights
from bot.playground.world.facts import Bot, Chat, User
from bot.playground.world.views import chat_json, me_json, user_json

if TYPE_CHECKING:
    from bot.playground.world.facts import Json
    from bot.playground.world.world import World


class Places:
    """The accounts and chats of a world.

    Each method that ACTIONS names is also a call of the control side, with the same arguments.
    """

    ACTIONS = (
        "add_user",
        "add_bot",
        "add_chat",
        "add_topic",
        "join",
        "leave",
        "promote",
        "demote",
        "restrict",
        "migrate",
        "delete_chat",
        "change_user",
    )

    def __init__(self, world: World) -> None:
        self._world = world

    def add_user(  # noqa: PLR0913 - a control call brings each by its name in JSON
        self,
        first_name: str,
        last_name: str | None = None,
        *,
        username: str | None = None,
        language_code: str | None = "en",
        hides_forwards: bool = False,
        viewer: bool = False,
    ) -> dict[str, Any]:
        """Make a person's account; viewer: the page is shown as this person sees it. Return its User object."""
        state = self._world.state
        state.last_user_id += 1
        user = User(state.last_user_id, first_name, last_name, username, language_code, hides_forwards)
        state.users[user.id] = user
        if viewer or state.viewer is None:
            state.viewer = user.id
        return user_json(user)

    def add_bot(  # noqa: PLR0913 - a control call brings each by its name in JSON
        self,
        username: str,
        first_name: str | None = None,
        *,
        token: str | None = None,
        privacy_mode: bool = True,
        can_join_groups: bool = True,
        inline: bool = False,
    ) -> dict[str, Any]:
        """Make a bot, as @BotFather does; return its User object and its token."""
        state = self._world.state
        if token is None:
            token = f"{max([6_000_000_000, *state.bots]) + 1}:{secrets.token_urlsafe(26)}"
        number = int(token.partition(":")[0])
        bot = Bot(number, token, first_name or username, username, privacy_mode, can_join_groups, inline)
        state.bots[number] = bot
        return me_json(bot) | {"token": token}

    def add_chat(  # noqa: PLR0913 - a control call brings each by its name in JSON
        self,
        kind: str,
        title: str,
        *,
        username: str | None = None,
        by: int | None = None,
        members: list[int] | None = None,
        is_forum: bool = False,
        protected: bool = False,
        signs: bool = False,
        description: str | None = None,
    ) -> dict[str, Any]:
        """Make a group, supergroup or channel; return its Chat object.

        by: who owns it; without it somebody is made for that. members: people and bots who are in it from the start
        (no bot is told). signs: posts carry the name of their author.
        """
        if kind not in ("group", "supergroup", "channel"):
            raise Impossible("a chat is a group, a supergroup or a channel")
        state = self._world.state
        owner = named.account(self._world, by).id if by is not None else int(self.add_user(title)["id"])
        if kind == "group":
            state.last_chat_id += 1
            number = -state.last_chat_id
        else:
            state.last_channel_id += 1
            number = int(f"-100{state.last_channel_id}")
        chat = Chat(number, kind, title, username, description, is_forum, protected, signs)
        others = [named.account(self._world, number).id for number in members or []]
        # Who owns it may be named among the members too.
        chat.members = {number: rights.member() for number in (owner, *others)} | {owner: rights.owner()}
        state.chats[number] = chat
        self._world.on_change({"type": "chat", "chat": number})
        return chat_json(state, chat)

    def add_topic(self, chat: int, name: str) -> int:
        """Make a topic of a forum; return its message_thread_id."""
        place = named.chat(self._world, chat)
        content = {"forum_topic_created": {"name": name, "icon_color": 7322096}, "is_topic_message": True}
        message = self._world.post(place, named.owner(place), content)
        message.shown = message.shown | {"message_thread_id": message.id}
        place.topics[message.id] = name
        return message.id

    def join(self, chat: int, account: int, *, by: int | None = None) -> bool:
        """Come into a chat, or be added by somebody; a channel takes bots only as administrators."""
        place = named.chat(self._world, chat)
        who = named.account(self._world, account)
        if isinstance(who, Bot) and not who.can_join_groups:
            raise Impossible("this bot can't be added to groups")
        if isinstance(who, Bot) and place.type == "channel":
            return self.promote(chat, account=account, by=by)
        if rights.is_in(place, account):
            return True
        # A bot comes nowhere by itself.
        actor = self._actor(place, by if by is not None or isinstance(who, Bot) else account)
        self._world.set_member(place, account, rights.member(), by=actor)
        if place.type != "channel":
            shown: Json = user_json(who)
            content = {"new_chat_members": [shown], "new_chat_member": shown, "new_chat_participant": shown}
            self._world.post(place, actor, content)
        return True

    def leave(self, chat: int, account: int, *, by: int | None = None, kicked: bool = False) -> bool:
        """Go, or be removed by somebody; kicked: for good."""
        place = named.chat(self._world, chat)
        who = named.account(self._world, account)
        actor = self._actor(place, account if by is None else by)
        if place.type != "channel":
            self._world.post(place, actor, {"left_chat_member": user_json(who)})
        self._world.set_member(place, account, rights.kicked() if kicked else rights.left(), by=actor)
        return True

    def promote(
        self,
        chat: int,
        *,
        account: int | None = None,
        rights_given: dict[str, bool] | None = None,
        by: int | None = None,
    ) -> bool:
        """Make somebody an administrator, by default the first bot; rights_given override what is usually ticked."""
        place = named.chat(self._world, chat)
        number = account if account is not None else named.bot(self._world, None).id
        entry = rights.administrator(place, rights_given)
        return self._set(place, number, entry, by)

    def demote(self, chat: int, account: int, *, by: int | None = None) -> bool:
        """Make an administrator a member again; a bot leaves a channel with that."""
        place = named.chat(self._world, chat)
        bot_in_channel = place.type == "channel" and account in self._world.state.bots
        entry = rights.left() if bot_in_channel else rights.member()
        return self._set(place, account, entry, by)

    def restrict(
        self, chat: int, permissions: dict[str, bool], *, account: int | None = None, by: int | None = None
    ) -> bool:
        """Take permissions from one member, or from all who are no administrators."""
        place = named.chat(self._world, chat)
        if account is None:
            place.permissions |= permissions
            return True
        entry = rights.restricted(dict.fromkeys(rights.PERMISSIONS, True) | permissions)
        return self._set(place, account, entry, by)

    def migrate(self, chat: int) -> dict[str, Any]:
        """Turn a group into a supergroup; return the new Chat object."""
        place = named.chat(self._world, chat)
        if place.type != "group":
            raise Impossible("only a group becomes a supergroup")
        owner = named.owner(place)
        new = self.add_chat("supergroup", place.title or "", by=owner)
        successor = named.chat(self._world, new["id"])
        bots = {account: entry for account, entry in place.members.items() if account in self._world.state.bots}
        successor.members = {account: entry for account, entry in place.members.items() if account not in bots}
        for account, entry in bots.items():  # they are told that they came; not that they left the old one
            self._world.set_member(successor, account, entry, by=owner)
        self._world.post(place, owner, {"migrate_to_chat_id": successor.id})
        place.migrated_to = successor.id
        self._world.post(successor, owner, {"migrate_from_chat_id": place.id})
        return new

    def delete_chat(self, chat: int) -> bool:
        """Delete a group or channel for everybody."""
        named.chat(self._world, chat).deleted = True
        self._world.on_change({"type": "chat", "chat": chat})
        return True

    def change_user(self, user: int, *, hides_forwards: bool | None = None, deleted: bool | None = None) -> bool:
        """Change whether forwards link to an account, or delete it."""
        person = named.user(self._world, user)
        person.hides_forwards = person.hides_forwards if hides_forwards is None else hides_forwards
        person.deleted = person.deleted if deleted is None else deleted
        return True

    def _actor(self, place: Chat, by: int | None) -> int:
        """Return the number of who does something; it is the owner's, if nobody is named."""
        return named.owner(place) if by is None else named.account(self._world, by).id

    def _set(self, place: Chat, account: int, entry: Json, by: int | None) -> bool:
        """Change what an account is in a chat."""
        number = named.account(self._world, account).id
        self._world.set_member(place, number, entry, by=self._actor(place, by))
        return True
