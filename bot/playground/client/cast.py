"""The people, bots and chats of a story: small objects that know their number, and what they do."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.playground.client.seen import Message, Question

if TYPE_CHECKING:
    from bot.playground.client.wire import Wire
    from bot.playground.world.facts import Json

# A picture of one grey pixel: the smallest that is one.
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==")


@dataclass(frozen=True)
class User:
    """A person, who does things."""

    telegram: Wire
    id: int

    def starts(self, bot: Bot, payload: str = "") -> Message:
        """Press Start, perhaps behind a deep link."""
        return self.writes(f"/start {payload}".strip(), to=bot)

    def writes(self, text: str, *, to: Place, **options: Any) -> Message:
        """Write a message; options are those of People.send (reply_to may be a Message).

        What is too long for one message becomes several; the last comes back.
        """
        if isinstance(reply_to := options.get("reply_to"), Message):
            options["reply_to"] = reply_to.id
        *_, shown = self.telegram.act("send", chat=to.id, text=text, user=self.id, **options)
        return self._sees(shown)

    def sends_photo(self, caption: str = "", *, to: Place, content: bytes = PIXEL, **options: Any) -> Message:
        """Send a picture."""
        [message] = self._sends_files([_file("photo", content, "photo.png", caption)], to, options)
        return message

    def sends_document(
        self, content: bytes, caption: str = "", *, to: Place, name: str = "file.bin", **options: Any
    ) -> Message:
        """Send a file."""
        [message] = self._sends_files([_file("document", content, name, caption)], to, options)
        return message

    def sends_album(self, *captions: str, to: Place, **options: Any) -> list[Message]:
        """Send an album with one picture for each caption."""
        return self._sends_files([_file("photo", PIXEL, "photo.png", caption) for caption in captions], to, options)

    def forwards(self, *messages: Message, to: Place) -> Message:
        """Forward messages of one chat; return the last of them as it came out."""
        return self.forwards_all(*messages, to=to)[-1]

    def forwards_all(self, *messages: Message, to: Place) -> list[Message]:
        """Forward messages of one chat; an album stays one."""
        numbers = [message.id for message in messages]
        shown = self.telegram.act(
            "forward", from_chat=messages[0].chat, message_ids=numbers, to_chat=to.id, user=self.id
        )
        return [self._sees(one) for one in shown]

    def pastes(self, text: str, origin: str | Json, *, to: Place, **options: Any) -> Message:
        """Write a text as if it were a forward; origin is a name or a MessageOrigin."""
        *_, shown = self.telegram.act("paste", chat=to.id, text=text, origin=origin, user=self.id, **options)
        return self._sees(shown)

    def edits(self, message: Message, text: str, **options: Any) -> Message:
        """Replace the text or caption of a message."""
        shown = self.telegram.act("edit", chat=message.chat, message_id=message.id, text=text, user=self.id, **options)
        return self._sees(shown)

    def deletes(self, message: Message) -> None:
        """Delete a message for everybody."""
        self.telegram.act("delete", chat=message.chat, message_id=message.id, user=self.id)

    def reacts(self, message: Message, emoji: str = "") -> None:
        """Set a reaction, or take it back."""
        self.telegram.act("react", chat=message.chat, message_id=message.id, emoji=emoji, user=self.id)

    def presses(self, message: Message, button: str) -> Question:
        """Press the inline button with this text."""
        data = message.buttons[button]
        query = self.telegram.act("press", chat=message.chat, message_id=message.id, data=data, user=self.id)
        return Question(self.telegram, query)

    def asks_inline(self, bot: Bot, text: str) -> Question:
        """Type a text behind the bot's name."""
        return Question(self.telegram, self.telegram.act("ask_inline", bot=bot.id, text=text, user=self.id))

    def shares(self, place: Group | Channel, *, to: Bot, request_id: int) -> Message:
        """Choose a chat behind a `request_chat` button."""
        shown = self.telegram.act("share_chat", bot=to.id, request_id=request_id, shared=place.id, user=self.id)
        return self._sees(shown)

    def shares_location(self, latitude: float, longitude: float, *, to: Bot) -> Message:
        """Send where one is, behind a `request_location` button."""
        where = {"latitude": latitude, "longitude": longitude}
        return self._sees(self.telegram.act("share_location", bot=to.id, user=self.id, **where))

    def blocks(self, bot: Bot) -> None:
        """Block a bot."""
        self.telegram.act("block", bot=bot.id, user=self.id)

    def unblocks(self, bot: Bot) -> None:
        """Let a bot write again."""
        self.telegram.act("block", bot=bot.id, user=self.id, blocked=False)

    def joins(self, place: Group | Channel) -> None:
        """Come into a group or channel."""
        self.telegram.act("join", chat=place.id, account=self.id)

    def leaves(self, place: Group | Channel) -> None:
        """Go."""
        self.telegram.act("leave", chat=place.id, account=self.id)

    def hides_forwards(self) -> None:
        """Let forwards no longer link to the account."""
        self.telegram.act("change_user", user=self.id, hides_forwards=True)

    def deletes_account(self) -> None:
        """Be gone."""
        self.telegram.act("change_user", user=self.id, deleted=True)

    def sees(self, place: Place) -> list[Message]:
        """Return the messages of a chat."""
        shown = self.telegram.read(f"/chats/{place.id}/messages?user={self.id}")
        return [self._sees(one) for one in shown]

    def view(self) -> Json:
        """Return the list of chats as the page shows it."""
        shown: Json = self.telegram.read(f"/view?user={self.id}")
        return shown

    def _sends_files(self, files: list[Json], to: Place, options: Json) -> list[Message]:
        shown = self.telegram.act("send", chat=to.id, files=files, user=self.id, **options)
        return [self._sees(one) for one in shown]

    def _sees(self, shown: Json) -> Message:
        return Message(self.telegram, shown, self.id)


@dataclass(frozen=True)
class Bot:
    """A bot's account; the program that uses its token lives elsewhere."""

    telegram: Wire
    id: int
    token: str
    username: str

    def updates(self) -> list[Json]:
        """Return the updates that wait for it."""
        found: list[Json] = self.telegram.act("updates", bot=self.id)
        return found

    def is_polling(self) -> bool:
        """Tell whether its program waits for updates now, in a call of getUpdates."""
        return bool(self.telegram.read(f"/polling/{self.id}"))

    def gets_again(self) -> int:
        """Hand its latest update out once more, confirmed or not; return the update_id."""
        return int(self.telegram.act("duplicate", bot=self.id))

    def gets(self, content: Json | None = None, *, raw: str | None = None) -> int:
        """Queue an update made by hand, parsable or not; return its update_id."""
        return int(self.telegram.act("inject", content=content, raw=raw, bot=self.id))

    def held_back(self) -> None:
        """Keep new updates back."""
        self.telegram.act("hold", bot=self.id)

    def let_go(self, *order: int) -> int:
        """Hand out what was kept back, in its order or in this one; return how many."""
        return int(self.telegram.act("release", order=list(order) or None, bot=self.id))


@dataclass(frozen=True)
class _Shared:
    telegram: Wire
    id: int

    def messages(self) -> list[Message]:
        """Return the messages, the oldest first."""
        return [Message(self.telegram, shown, None) for shown in self.telegram.read(f"/chats/{self.id}/messages")]

    def adds(self, *accounts: User | Bot) -> None:
        """Take accounts in; a bot comes into a channel as an administrator."""
        for account in accounts:
            self.telegram.act("join", chat=self.id, account=account.id)

    def promotes(self, account: User | Bot, **rights: bool) -> None:
        """Make somebody an administrator; rights override what is usually ticked."""
        self.telegram.act("promote", chat=self.id, account=account.id, rights_given=rights)

    def demotes(self, account: User | Bot) -> None:
        """Take an administrator's rights."""
        self.telegram.act("demote", chat=self.id, account=account.id)

    def kicks(self, account: User | Bot) -> None:
        """Remove somebody for good."""
        self.telegram.act("leave", chat=self.id, account=account.id, kicked=True)

    def restricts(self, account: User | Bot | None = None, **permissions: bool) -> None:
        """Set permissions of one member, or of all."""
        number = account.id if account else None
        self.telegram.act("restrict", chat=self.id, account=number, permissions=permissions)

    def vanishes(self) -> None:
        """Be deleted."""
        self.telegram.act("delete_chat", chat=self.id)


@dataclass(frozen=True)
class Group(_Shared):
    """A group or supergroup."""

    def topic(self, name: str) -> int:
        """Make a topic of a forum; return its message_thread_id."""
        return int(self.telegram.act("add_topic", chat=self.id, name=name))

    def becomes_supergroup(self) -> Group:
        """Turn a basic group into a supergroup."""
        return Group(self.telegram, self.telegram.act("migrate", chat=self.id)["id"])


@dataclass(frozen=True)
class Channel(_Shared):
    """A channel."""

    def post(self, text: str, **options: Any) -> Message:
        """Post a text as the owner; options are those of People.send."""
        [shown] = self.telegram.act("send", chat=self.id, text=text, **options)
        return Message(self.telegram, shown, None)

    def post_album(self, *captions: str) -> list[Message]:
        """Post an album with one picture for each caption."""
        files = [_file("photo", PIXEL, "photo.png", caption) for caption in captions]
        return [Message(self.telegram, shown, None) for shown in self.telegram.act("send", chat=self.id, files=files)]

    def edits(self, post: Message, text: str, **options: Any) -> Message:
        """Replace the text or caption of a post."""
        shown = self.telegram.act("edit", chat=self.id, message_id=post.id, text=text, **options)
        return Message(self.telegram, shown, None)

    def deletes(self, post: Message) -> None:
        """Delete a post."""
        self.telegram.act("delete", chat=self.id, message_id=post.id)


Place = Bot | Group | Channel


def _file(kind: str, content: bytes, name: str, caption: str) -> Json:
    return {"kind": kind, "content": base64.b64encode(content).decode(), "name": name, "caption": caption}
