"""What a Telegram knows: accounts, chats, messages, files.

Objects that bots see are kept as the Bot API writes them (dictionaries); around them stands what bots don't see.
Everything here can be written to JSON and read back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

Json = dict[str, Any]


@dataclass(slots=True)
class User:
    """A person with an account."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    hides_forwards: bool = False
    deleted: bool = False

    @property
    def name(self) -> str:
        """Return the full name, as Telegram shows it."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass(slots=True)
class Message:
    """A message: `shown` is its Message object of the Bot API, replaced (never changed in place) by an edit."""

    shown: Json
    author: int
    reply_keyboard: Json | None = None
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Return the identifier in its chat."""
        return int(self.shown["message_id"])


@dataclass(slots=True)
class Chat:
    """A chat; a private one belongs to a bot and is identified by the user, as the bot sees it.

    members: the ChatMember object of each account that is or was in the chat, without its `user`.
    started, blocked: of a private chat; the user pressed Start, the user blocked the bot.
    """

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    description: str | None = None
    is_forum: bool = False
    protected: bool = False
    signs: bool = False
    deleted: bool = False
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    owner_bot: int | None = None
    last_message_id: int = 0
    members: dict[int, Json] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    topics: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Pending:
    """An update that waits for a bot.

    content: an Update without its update_id; raw replaces the JSON on the wire.
    again: it was confirmed before, and is handed out once more whatever the offset says.
    """

    update_id: int
    expires: float
    chat: int
    content: Json
    raw: str | None = None
    again: bool = False


@dataclass(slots=True)
class Webhook:
    """Where and how a bot wants its updates."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str | None = None
    has_custom_certificate: bool = False
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass(slots=True)
class Bot:
    """A bot: its account, its chats with users, its settings, its updates.

    pending: the updates that wait for it, in the order in which it gets them.
    held: while this is a list, new updates gather here, and the bot does not get them yet.
    latest: the newest update that it got or can get, confirmed or not.
    """

    id: int
    token: str
    first_name: str
    username: str
    privacy_mode: bool = True
    can_join_groups: bool = True
    inline: bool = False
    last_message_id: int = 0
    chats: dict[int, Chat] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    held: list[Pending] | None = None
    latest: Pending | None = None
    next_update_id: int = 0
    allowed_updates: list[str] = field(default_factory=list)
    webhook: Webhook = field(default_factory=Webhook)

    @property
    def name(self) -> str:
        """Return the name, as Telegram shows it."""
        return self.first_name


@dataclass(slots=True)
class File:
    """The bytes of an upload, base64 when written to JSON."""

    __pydantic_config__: ClassVar[Json] = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}

    id: str
    unique_id: str
    content: bytes
    name: str | None = None
    mime_type: str | None = None
    kind: str = "document"


@dataclass(slots=True)
class Query:
    """A pressed button or a typed inline query: who waits, and what the bot answered."""

    id: str
    bot: int
    user: int
    made: float
    answer: Json | None = None


@dataclass(slots=True)
class State:
    """Everything."""

    users: dict[int, User] = field(default_factory=dict)
    bots: dict[int, Bot] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    shift: float = 0.0
    last_user_id: int = 700_000_000
    last_chat_id: int = 4_000_000_000
    last_channel_id: int = 2_000_000_000
    last_query_id: int = 1_000_000_000_000
    viewer: int | None = None
