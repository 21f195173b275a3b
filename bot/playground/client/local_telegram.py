"""A client of the control side, in which tests read like stories.

    anna.forwards(channel.post("The river rose by two metres."), to=bot)
    answer = anna.writes("/summary", to=bot).answer()

cast.py holds the people, bots and chats that it hands out, seen.py the messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.client.cast import Bot, Channel, Group, User
from bot.playground.client.seen import waits_until
from bot.playground.client.wire import Wire

if TYPE_CHECKING:
    from bot.playground.world.facts import Json


class LocalTelegram(Wire):
    """A running local Telegram: who and what is there, the conditions, and what bots called."""

    # --- who and what is there

    def user(self, first_name: str, last_name: str | None = None, **options: Any) -> User:
        """Make a person's account; options are those of Places.add_user."""
        return User(self, self.act("add_user", first_name=first_name, last_name=last_name, **options)["id"])

    def bot(self, username: str = "sitrep_bot", **options: Any) -> Bot:
        """Make a bot, as @BotFather does; options are those of Places.add_bot."""
        made = self.act("add_bot", username=username, **options)
        return Bot(self, made["id"], made["token"], username)

    def group(self, title: str, *members: User | Bot, by: User | None = None, **options: Any) -> Group:
        """Make a basic group with some members."""
        return Group(self, self._add_chat("group", title, members, by, options))

    def supergroup(self, title: str, *members: User | Bot, by: User | None = None, **options: Any) -> Group:
        """Make a supergroup with some members; is_forum=True gives it topics."""
        return Group(self, self._add_chat("supergroup", title, members, by, options))

    def channel(self, title: str, *members: User, by: User | None = None, **options: Any) -> Channel:
        """Make a channel."""
        return Channel(self, self._add_chat("channel", title, members, by, options))

    # --- time, faults, limits

    def advance(self, seconds: float) -> float:
        """Move the clock ahead; return what it shows, in seconds since 1970."""
        return float(self.act("clock", advance=seconds))

    def fault(self, kind: str, method: str | None = None, **options: Any) -> None:
        """Let a fault happen to the next call (of a method); options are those of Conditions.fault."""
        self.act("fault", kind=kind, method=method, **options)

    def clear_faults(self) -> int:
        """Forget the faults that have not happened; return how many."""
        return int(self.act("clear_faults"))

    def limit_floods(self, *, on: bool = True) -> None:
        """Switch Telegram's flood limits on or off."""
        self.act("limits", on=on)

    # --- what happened

    def calls(self, method: str | None = None, *, after: int = 0) -> list[Json]:
        """Return the calls of bots, the oldest first: {number, method, params, status, result, changes, ...}."""
        calls: list[Json] = self.read(f"/log?after={after}")
        return [call for call in calls if method in (None, call["method"])]

    def problems(self) -> list[str]:
        """Return what the Bot API's description has against calls and answers so far."""
        return self.wrong_requests() + self.wrong_answers()

    def wrong_requests(self) -> list[str]:
        """Return what the Bot API's description has against the calls of bots so far: should be nothing."""
        found: list[str] = self.read("/problems")["requests"]
        return found

    def wrong_answers(self) -> list[str]:
        """Return what the Bot API's description has against the answers so far: a bug of this server."""
        found: list[str] = self.read("/problems")["answers"]
        return found

    def waits_for_call(self, method: str, *, after: int = 0, seconds: float = 60.0) -> Json:
        """Return the first call of a method after the call with a number, as soon as there is one."""
        return waits_until(lambda: next(iter(self.calls(method, after=after)), None), seconds, f"a call of {method}")

    def _add_chat(self, kind: str, title: str, members: tuple[User | Bot, ...], by: User | None, options: Json) -> int:
        numbers = [member.id for member in members]
        owner = by.id if by else None
        made = self.act("add_chat", kind=kind, title=title, members=numbers, by=owner, **options)
        return int(made["id"])
