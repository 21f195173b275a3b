"""Faults that the control side lets happen to calls.

A fault waits for calls of a method (or any), in a chat (or any), and happens `times` times. The kinds:

    drop_before    the connection breaks, nothing was done
    drop_after     it was done, the connection breaks without an answer
    hang_before    nothing was done, no answer ever comes
    hang_after     it was done, no answer ever comes
    late           the connection breaks at once, and it is done `seconds` later
    slow           the answer comes `seconds` late
    error_before   nothing was done; the answer is `code` (500)
    error_after    it was done; the answer is `code` (500)
    html           a proxy answers with an HTML page and `code` (502); nothing was done
    refuse         nothing was done; `code` and `description` as given
    flood          429, retry after `seconds`
    kicked, blocked, deactivated, restart, migrated     nothing was done; the answer is the server's for this case
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.playground.refusals import Refusal, too_many_requests


class Silence(Enum):
    """What a call gets instead of an answer."""

    DROP = "the connection breaks"
    HANG = "nothing ever comes"


KINDS = frozenset(
    {
        "drop_before",
        "drop_after",
        "hang_before",
        "hang_after",
        "late",
        "slow",
        "error_before",
        "error_after",
        "html",
        "refuse",
        "flood",
        "kicked",
        "blocked",
        "deactivated",
        "restart",
        "migrated",
    }
)
_AFTER = frozenset({"drop_after", "hang_after", "error_after", "slow"})
_KNOWN = {
    "error_before": (500, ""),
    "error_after": (500, ""),
    "refuse": (400, ""),
    "blocked": (403, "bot was blocked by the user"),
    "deactivated": (403, "user is deactivated"),
    "restart": (500, "restart"),
}


@dataclass(slots=True)
class Fault:
    """What is to happen, to which calls, how often."""

    kind: str
    method: str | None = None
    chat: int | None = None
    times: int = 1
    skip: int = 0
    seconds: float = 1.0
    code: int | None = None
    description: str | None = None
    migrate_to: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such fault: {self.kind!r}; there are {', '.join(sorted(KINDS))}")

    @property
    def happens_before(self) -> bool:
        """Tell whether nothing is done of what was asked (at first, if it is late)."""
        return self.kind not in _AFTER

    @property
    def silence(self) -> Silence:
        """Return how this kind says nothing."""
        return Silence.HANG if self.kind.startswith("hang") else Silence.DROP

    def refusal(self, chat_kind: str = "channel") -> Refusal | None:
        """Return the answer that this kind gives, if it gives one; `chat_kind` is the type of the chat."""
        if self.kind == "kicked":
            return Refusal(403, f"bot was kicked from the {chat_kind} chat")
        if self.kind == "flood":
            return too_many_requests(int(self.seconds))
        if self.kind == "migrated":
            migrate_to = self.migrate_to or -1001000000000
            message = "group chat was upgraded to a supergroup chat"
            return Refusal(400, message, migrate_to_chat_id=migrate_to)
        if self.kind not in _KNOWN:
            return None
        code, message = _KNOWN[self.kind]
        return Refusal(self.code or code, self.description or message)


class Faults:
    """The faults that still wait for their calls."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let a fault happen, after those that were added before."""
        self.waiting.append(fault)

    def take(self, method: str, chat: int | None) -> Fault | None:
        """Return the fault that happens to this call, and count it."""
        for fault in self.waiting:
            if (fault.method or method).lower() != method.lower() or fault.chat not in (None, chat):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
            return fault
        return None
