"""The world of a local Telegram: who writes where, and which bot hears of it.

Every message, edit and change of membership goes through here, whoever causes it: a bot through the Bot API, a person
through the control side.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.playground.refusals import bad_request
from bot.playground.world import rights
from bot.playground.world.clock import Clock
from bot.playground.world.facts import Bot, Chat, Json, Message, Pending, State, User
from bot.playground.world.views import chat_json, member_json, user_json

if TYPE_CHECKING:
    from collections.abc import Callable

UPDATE_LIFETIME = 24 * 3600
MAX_PENDING = 100_000
# Not delivered unless asked for (Bot API, getUpdates.allowed_updates).
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "group_chat_created",
    "supergroup_chat_created",
    "channel_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "forum_topic_created",
    "chat_shared",
)


@dataclass
class World:
    """State, clock, and the two ways to hear of changes.

    on_update: called with a bot that has a new update. on_change: called with what changed, for the event stream.
    changes: what was changed so far, newest last; a call notes its own part of it.
    """

    state: State = field(default_factory=State)
    clock: Clock = field(default_factory=Clock)
    on_update: Callable[[Bot], None] = lambda _: None
    on_change: Callable[[Json], None] = lambda _: None
    changes: list[Json] = field(default_factory=list)

    def now(self) -> int:
        """Return the time as messages carry it."""
        return int(self.clock.now())

    # --- who and where

    def account(self, identifier: int) -> User | Bot | None:
        """Return the person or bot with an identifier."""
        return self.state.users.get(identifier, self.state.bots.get(identifier))

    def private_chat(self, bot: Bot, user: User) -> Chat:
        """Return the chat of a user with a bot, which is there from the first look on."""
        if user.id not in bot.chats:
            bot.chats[user.id] = Chat(id=user.id, type="private", owner_bot=bot.id)
        return bot.chats[user.id]

    def chats_of(self, account: int) -> list[Chat]:
        """Return the groups and channels that an account is in."""
        return [chat for chat in self.state.chats.values() if rights.is_in(chat, account)]

    def find_chat(self, bot: Bot, identifier: str) -> Chat:
        """Return a chat that the bot can know, by its number or @username.

        Raises:
            Refusal: "chat not found", or "chat_id is empty".
        """
        if not identifier:
            raise bad_request("chat_id is empty")
        if identifier.startswith("@"):
            name = identifier[1:].lower()
            for chat in self.state.chats.values():
                if chat.username and chat.username.lower() == name:
                    return chat
            raise bad_request("chat not found")
        try:
            number = int(identifier)
        except ValueError:
            raise bad_request("chat not found") from None
        if known := bot.chats.get(number):
            return known
        if user := self.state.users.get(number):
            if any(number in shared.members for shared in self.chats_of(bot.id)):
                return self.private_chat(bot, user)
            raise bad_request("chat not found")
        found = self.state.chats.get(number)
        if found is None or (bot.id not in found.members and not found.username):
            raise bad_request("chat not found")
        return found

    # --- writing

    def post(self, chat: Chat, author: int, content: Json, *, sender_chat: Chat | None = None) -> Message:
        """Write a message; return it. `content` are the fields of its Message object besides sender, chat, id, date."""
        shown: Json = {"message_id": self._next_message_id(chat)}
        if chat.type == "channel":
            shown["sender_chat"] = chat_json(self.state, chat)
            person = self.account(author)
            if chat.signs and person:
                shown["author_signature"] = person.name
        elif sender_chat:
            shown["from"] = _stand_in(sender_chat)
            shown["sender_chat"] = chat_json(self.state, sender_chat)
        else:
            shown["from"] = user_json(self.state.users.get(author) or self.state.bots[author])
        shown |= {"chat": chat_json(self.state, chat), "date": self.now()}
        if chat.protected:
            shown["has_protected_content"] = True
        message = Message(shown | self._with_people(content), author)
        chat.messages[message.id] = message
        self._changed("message", chat, message.id)
        self._tell(chat, message, "channel_post" if chat.type == "channel" else "message")
        return message

    def edit(self, chat: Chat, message: Message, changes: Json, *, editor: int, silent: bool = False) -> None:
        """Replace fields of a message; None removes one. `silent` leaves no edit date (keyboards, reactions)."""
        shown = {**message.shown, **self._with_people(changes)}
        if not silent:
            shown["edit_date"] = self.now()
        message.shown = {name: value for name, value in shown.items() if value is not None}
        self._changed("edit", chat, message.id)
        self._tell(chat, message, "edited_channel_post" if chat.type == "channel" else "edited_message", editor)

    def delete(self, chat: Chat, message: Message) -> None:
        """Remove a message; no bot is told."""
        chat.messages.pop(message.id, None)
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
        self._changed("delete", chat, message.id)

    def react(self, chat: Chat, message: Message, actor: int, reactions: list[Json]) -> None:
        """Set the reactions of an account to a message."""
        old = message.reactions.get(actor, [])
        message.reactions[actor] = reactions
        self._changed("reaction", chat, message.id)
        person = self.state.users.get(actor)
        if not person:
            return
        payload = {
            "chat": chat_json(self.state, chat),
            "message_id": message.id,
            "user": user_json(person),
            "date": self.now(),
            "old_reaction": old,
            "new_reaction": reactions,
        }
        for bot in self._bots_in(chat):
            if chat.type == "private" or rights.is_admin(chat, bot.id):
                self.publish(bot, "message_reaction", payload, chat.id)

    def set_member(self, chat: Chat, account: int, entry: Json, *, by: int) -> None:
        """Change what an account is in a chat, and tell the bots: it (my_chat_member), administrators (chat_member)."""
        before = member_json(self.state, chat, account)
        chat.members[account] = entry
        payload = {
            "chat": chat_json(self.state, chat),
            "from": user_json(self.state.users.get(by) or self.state.bots[by]),
            "date": self.now(),
            "old_chat_member": before,
            "new_chat_member": member_json(self.state, chat, account),
        }
        self._changed("member", chat, None)
        if bot := self.state.bots.get(account):
            self.publish(bot, "my_chat_member", payload, chat.id)
        for other in self._bots_in(chat):
            if other.id != account and rights.is_admin(chat, other.id):
                self.publish(other, "chat_member", payload, chat.id)

    # --- updates

    def publish(self, bot: Bot, kind: str, payload: Json, chat: int) -> None:
        """Queue an update, if the bot wants its kind at this moment."""
        wanted = kind in bot.allowed_updates if bot.allowed_updates else kind not in _ON_REQUEST
        now = self.clock.now()
        dated = payload.get("edit_date") or payload.get("date") or now
        if not wanted or now - dated > UPDATE_LIFETIME or len(bot.pending) >= MAX_PENDING:
            return
        self.hand_over(bot, Pending(self.next_update_id(bot), now + UPDATE_LIFETIME, chat, {kind: payload}))

    def next_update_id(self, bot: Bot) -> int:
        """Return the id of a new update: the first is random, each further one higher by one."""
        if not bot.next_update_id:
            bot.next_update_id = secrets.randbelow(900_000_000) + 100_000_000
        bot.next_update_id += 1
        return bot.next_update_id - 1

    def hand_over(self, bot: Bot, update: Pending) -> None:
        """Put an update where the bot gets it, now or when it is let go."""
        if bot.held is not None:
            bot.held.append(update)
            return
        bot.pending.append(update)
        bot.latest = update
        self.on_update(bot)

    def _tell(self, chat: Chat, message: Message, kind: str, editor: int | None = None) -> None:
        author = message.author if editor is None else editor
        for bot in self._bots_in(chat):
            if (bot.id != author or "pinned_message" in message.shown) and self._hears(bot, chat, message):
                self.publish(bot, kind, message.shown, chat.id)

    def _bots_in(self, chat: Chat) -> list[Bot]:
        if chat.owner_bot:
            return [] if chat.blocked else [self.state.bots[chat.owner_bot]]
        return [bot for bot in self.state.bots.values() if rights.is_in(chat, bot.id)]

    def _hears(self, bot: Bot, chat: Chat, message: Message) -> bool:
        """Apply privacy mode, and that bots don't hear each other in groups."""
        if chat.type in ("private", "channel"):
            return True
        shown = message.shown
        if message.author in self.state.bots and not any(name in shown for name in _SERVICE):
            return False
        if not bot.privacy_mode or rights.is_admin(chat, bot.id) or any(name in shown for name in _SERVICE):
            return True
        replied: Json = shown.get("reply_to_message", {})
        if replied.get("from", {}).get("id") == bot.id:
            return True
        first = (shown.get("text") or "").split(maxsplit=1)[:1]
        if not first or not first[0].startswith("/"):
            return False
        _, at, name = first[0].partition("@")
        return not at or name.lower() == bot.username.lower()

    # --- small parts

    def _with_people(self, content: Json) -> Json:
        """Put accounts in place of the numbers that mentions by number hold; a mention of nobody goes."""
        mentioning = {
            name: content[name]
            for name in ("entities", "caption_entities")
            if any(entity["type"] == "text_mention" for entity in content.get(name) or [])
        }
        return content | {name: self._mentions(entities) for name, entities in mentioning.items()}

    def _mentions(self, entities: list[Json]) -> list[Json]:
        return [entity for entity in map(self._mention, entities) if entity]

    def _mention(self, entity: Json) -> Json | None:
        if entity["type"] != "text_mention":
            return entity
        number = entity["user"].get("id") if isinstance(entity["user"], dict) else None
        account = self.account(number) if isinstance(number, int) else None
        return entity | {"user": user_json(account)} if account else None

    def _next_message_id(self, chat: Chat) -> int:
        """Count per channel and supergroup; private chats and basic groups share the sequence of their bot."""
        if chat.type in ("supergroup", "channel"):
            chat.last_message_id += 1
            return chat.last_message_id
        bots = self._sequence_of(chat)
        chat.last_message_id = max([chat.last_message_id, *(bot.last_message_id for bot in bots)]) + 1
        for bot in bots:
            bot.last_message_id = chat.last_message_id
        return chat.last_message_id

    def _sequence_of(self, chat: Chat) -> list[Bot]:
        if chat.owner_bot:
            return [self.state.bots[chat.owner_bot]]
        return [bot for bot in self.state.bots.values() if bot.id in chat.members]

    def _changed(self, what: str, chat: Chat, message_id: int | None) -> None:
        change: dict[str, Any] = {"type": what, "chat": chat.id}
        if message_id is not None:
            change["message_id"] = message_id
        self.changes.append(change)
        # To people a private chat is that with the bot.
        self.on_change(change | {"chat": chat.owner_bot, "user": chat.id} if chat.owner_bot else change)


def _stand_in(sender_chat: Chat) -> Json:
    """Return the account that Telegram puts in `from` when a chat speaks in a group."""
    if sender_chat.type == "channel":
        return {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    return {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
