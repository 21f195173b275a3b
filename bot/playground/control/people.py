"""What people do: they write, forward, edit, delete, press buttons.

A person's client knows a chat with a bot by the bot's id; groups and channels have one id for everybody. What comes
back are Message objects as that person sees them.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from bot.playground.control import named
from bot.playground.control.named import Impossible
from bot.playground.parsing.formatted import MAX_TEXT, caption_fields, text_fields
from bot.playground.world import rights
from bot.playground.world.copies import can_be_copied, content_of, forward_fields, origin_of
from bot.playground.world.facts import Query
from bot.playground.world.storage import file_fields, keep_file, new_album_id
from bot.playground.world.views import private_json, quoted, user_json

if TYPE_CHECKING:
    from bot.playground.world.facts import Bot, Chat, Json, Message, User
    from bot.playground.world.world import World


class People:
    """The people of a world, and what they do.

    Each method that ACTIONS names is also a call of the control side, with the same arguments. `user` is who
    does it; None stands for the owner of the chat.
    """

    ACTIONS = (
        "send",
        "forward",
        "paste",
        "edit",
        "delete",
        "react",
        "press",
        "ask_inline",
        "share_chat",
        "share_location",
        "block",
    )

    def __init__(self, world: World) -> None:
        self._world = world

    def send(  # noqa: PLR0913 - a control call brings each by its name in JSON
        self,
        chat: int,
        text: str = "",
        *,
        user: int | None = None,
        parse_mode: str = "",
        entities: list[dict[str, Any]] | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
        as_chat: int | None = None,
        files: list[dict[str, str]] | None = None,
    ) -> list[dict[str, Any]]:
        """Write a message; with several files it is an album of as many messages, and a long text is several too.

        files: each {"kind": "photo" or "document", "content": base64, "name", "caption"}.
        as_chat: the group itself (an anonymous administrator), or a channel that speaks in a group.
        """
        place, person = self._writer(chat, user)
        options: Json = {}
        if reply_to is not None:
            options["reply_to_message"] = quoted(self._message(place, reply_to))
        if topic is not None:
            options |= {"message_thread_id": topic, "is_topic_message": True}
        sender = named.chat(self._world, as_chat) if as_chat is not None else None
        contents = self._files(files, text, parse_mode) if files else _texts(text, parse_mode, entities)
        messages = [self._world.post(place, person.id, options | content, sender_chat=sender) for content in contents]
        return [self._seen(place, message) for message in messages]

    def forward(self, from_chat: int, message_ids: list[int], to_chat: int, *, user: int) -> list[dict[str, Any]]:
        """Forward messages; an album stays one, with a group id of its own."""
        source = self.place(from_chat, user)
        target, person = self._writer(to_chat, user)
        groups: dict[str, str] = {}
        contents = []
        for number in message_ids:
            message = self._message(source, number)
            if not can_be_copied(source, message):
                raise Impossible("this message can't be forwarded")
            content = content_of(message) | forward_fields(origin_of(self._world, source, message))
            if group := message.shown.get("media_group_id"):
                content["media_group_id"] = groups.setdefault(group, new_album_id())
            contents.append(content)
        return [self._seen(target, self._world.post(target, person.id, content)) for content in contents]

    def paste(
        self, chat: int, text: str, origin: str | dict[str, Any], *, user: int, parse_mode: str = ""
    ) -> list[dict[str, Any]]:
        """Write a text as if it had been forwarded.

        origin: a MessageOrigin; or a name: that of a channel here gets the text as a post, which is then forwarded,
        any other is that of somebody whose account is hidden.
        """
        if isinstance(origin, str):
            for channel in self._world.state.chats.values():
                if channel.type == "channel" and channel.title == origin:
                    posts = self.send(channel.id, text, parse_mode=parse_mode)
                    return self.forward(channel.id, [post["message_id"] for post in posts], chat, user=user)
            origin = {"type": "hidden_user", "date": self._world.now(), "sender_user_name": origin}
        place, person = self._writer(chat, user)
        try:
            fields = forward_fields({"date": self._world.now()} | origin)
        except KeyError as missing:
            raise Impossible(f"the origin has no {missing}") from None
        contents = [content | fields for content in _texts(text, parse_mode, None)]
        return [self._seen(place, self._world.post(place, person.id, content)) for content in contents]

    def edit(
        self, chat: int, message_id: int, text: str, *, user: int | None = None, parse_mode: str = ""
    ) -> dict[str, Any]:
        """Replace the text or the caption of a message."""
        place, person = self._writer(chat, user)
        message = self._message(place, message_id)
        if message.author != person.id and not (place.type == "channel" and rights.is_admin(place, person.id)):
            raise Impossible("only who wrote a message can edit it")
        if "text" in message.shown:
            changes = {"entities": None} | _text(text, parse_mode, None)
        else:
            changes = {"caption": None, "caption_entities": None} | caption_fields(text, parse_mode, None)
        self._world.edit(place, message, changes, editor=person.id)
        return self._seen(place, message)

    def delete(self, chat: int, message_id: int, *, user: int | None = None) -> bool:
        """Delete a message for everybody; bots are not told."""
        place = self.place(chat, user)
        self._world.delete(place, self._message(place, message_id))
        return True

    def react(self, chat: int, message_id: int, emoji: str = "", *, user: int) -> bool:
        """Set a person's reaction, or take it back."""
        place = self.place(chat, user)
        reactions = [{"type": "emoji", "emoji": emoji}] if emoji else []
        self._world.react(place, self._message(place, message_id), named.user(self._world, user).id, reactions)
        return True

    def press(self, chat: int, message_id: int, data: str, *, user: int) -> str:
        """Press the button with this data; return the id of the query that the bot gets."""
        place = self.place(chat, user)
        message = self._message(place, message_id)
        rows = message.shown.get("reply_markup", {}).get("inline_keyboard", [])
        if not any(button.get("callback_data") == data for row in rows for button in row):
            raise Impossible("there is no such button")
        bot = self._world.state.bots.get(message.author)
        if not bot:
            raise Impossible("no bot waits for this button")
        sender = user_json(named.user(self._world, user))
        query = self._query(bot, user)
        shown = {"id": query.id, "from": sender, "message": message.shown, "data": data}
        instance = str(abs(hash((place.id, bot.id))))
        self._world.publish(bot, "callback_query", shown | {"chat_instance": instance}, place.id)
        return query.id

    def ask_inline(self, bot: int, text: str, *, user: int, offset: str = "") -> str:
        """Type a text behind the bot's name in some chat; return the id of the query that the bot gets."""
        asked = named.bot(self._world, bot)
        if not asked.inline:
            raise Impossible("this bot does not answer inline queries")
        sender = user_json(named.user(self._world, user))
        query = self._query(asked, user)
        shown = {"id": query.id, "from": sender, "query": text, "offset": offset, "chat_type": "sender"}
        self._world.publish(asked, "inline_query", shown, user)
        return query.id

    def share_chat(self, bot: int, request_id: int, shared: int, *, user: int) -> dict[str, Any]:
        """Press a `request_chat` button and choose a chat."""
        place, person = self._writer(bot, user)
        content = {"chat_shared": {"request_id": request_id, "chat_id": shared}}
        return self._seen(place, self._world.post(place, person.id, content))

    def share_location(self, bot: int, latitude: float, longitude: float, *, user: int) -> dict[str, Any]:
        """Press a `request_location` button: send where one is."""
        place, person = self._writer(bot, user)
        content = {"location": {"latitude": latitude, "longitude": longitude}}
        return self._seen(place, self._world.post(place, person.id, content))

    def block(self, bot: int, *, user: int, blocked: bool = True) -> bool:
        """Block a bot, or let it write again."""
        place = self.place(named.bot(self._world, bot).id, user)
        place.blocked = blocked
        entry = rights.kicked() if blocked else rights.member()
        self._world.set_member(place, bot, entry, by=place.id)
        return True

    def messages(self, chat: int, *, user: int | None = None) -> list[dict[str, Any]]:
        """Return the messages of a chat, the oldest first."""
        place = self.place(chat, user)
        return [self._seen(place, message) for message in place.messages.values()]

    def message(self, chat: int, message_id: int, *, user: int | None = None) -> dict[str, Any]:
        """Return one message."""
        place = self.place(chat, user)
        return self._seen(place, self._message(place, message_id))

    def place(self, chat: int, user: int | None) -> Chat:
        """Return the chat that a person's client knows by a number."""
        state = self._world.state
        if bot := state.bots.get(chat):
            person = state.users.get(user or state.viewer or 0)
            if not person:
                raise Impossible("whose chat with the bot is meant?")
            return self._world.private_chat(bot, person)
        return named.chat(self._world, chat)

    # --- small parts

    def _writer(self, chat: int, user: int | None) -> tuple[Chat, User]:
        """Return where somebody writes and who that is; a first message to a bot starts the chat with it."""
        place = self.place(chat, user)
        person = named.user(self._world, user if user is not None else named.owner(place))
        if place.type == "private":
            if place.blocked:
                raise Impossible("the bot is blocked")
            place.started = True
        elif place.migrated_to or place.deleted:
            raise Impossible("the chat is no more")
        elif place.type == "channel" and not rights.is_admin(place, person.id):
            raise Impossible("only administrators write in a channel")
        elif not rights.is_in(place, person.id):
            raise Impossible(f"{person.name} is not a member")
        return place, person

    def _message(self, place: Chat, number: int) -> Message:
        if number not in place.messages:
            raise Impossible(f"there is no message {number}")
        return place.messages[number]

    def _query(self, bot: Bot, user: int) -> Query:
        state = self._world.state
        state.last_query_id += 1
        query = Query(str(state.last_query_id), bot.id, user, self._world.clock.now())
        state.queries[query.id] = query
        return query

    def _files(self, files: list[dict[str, str]], text: str, parse_mode: str) -> list[Json]:
        group = {"media_group_id": new_album_id()} if len(files) > 1 else {}
        contents = []
        for number, file in enumerate(files):
            if not {"kind", "content"} <= file.keys():
                raise Impossible("a file has a kind and a content")
            content = base64.b64decode(file["content"])
            kept = keep_file(self._world.state, file["kind"], content, file.get("name"), file.get("mime_type"))
            caption = file.get("caption") or (text if number == 0 else "")
            contents.append(group | file_fields(kept) | caption_fields(caption, parse_mode, None))
        return contents

    def _seen(self, place: Chat, message: Message) -> Json:
        """Return a message as people see it: with reactions, and in a private chat with the bot as the chat."""
        shown = dict(message.shown)
        if place.owner_bot:
            shown["chat"] = private_json(self._world.state.bots[place.owner_bot])
        if reactions := [reaction for given in message.reactions.values() for reaction in given]:
            shown["reactions"] = reactions
        if message.reply_keyboard:
            shown["reply_keyboard"] = message.reply_keyboard
        return shown


def _texts(text: str, parse_mode: str, entities: list[Json] | None) -> list[Json]:
    """Return the content of a text message, or of several: a person's client cuts what is too long for one."""
    if parse_mode or entities:
        return [_text(text, parse_mode, entities)]
    parts = []
    while len(text) > MAX_TEXT:
        end = max(text.rfind(space, 1, MAX_TEXT) for space in "\n ")
        end = end if end > 0 else MAX_TEXT
        parts.append(text[:end])
        text = text[end:]
    return [_text(part, "", None) for part in [*parts, text] if part.strip() or not parts]


def _text(text: str, parse_mode: str, entities: list[Json] | None) -> Json:
    content = text_fields(text, parse_mode, entities)
    if not content["text"]:
        raise Impossible("the text is empty")
    if len(content["text"]) > MAX_TEXT:
        raise Impossible("the text is too long")
    return content
