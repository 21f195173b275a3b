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

from bot.playground.refusals import Refusal, too_many_requests

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
_KNOWN = {
    "kicked": (403, "bot was kicked from the channel chat"),
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

    def refusal(self) -> Refusal | None:
        """Return the answer to give instead of doing what was asked, for the kinds that have one."""
        if self.kind == "flood":
            return too_many_requests(int(self.seconds))
        if self.kind == "migrated":
            migrate_to = self.migrate_to or -1001000000000
            message = "group chat was upgraded to a supergroup chat"
            return Refusal(400, message, migrate_to_chat_id=migrate_to)
        if self.kind in _KNOWN:
            return Refusal(*_KNOWN[self.kind])
        if self.kind in ("error_before", "error_after"):
            return Refusal(self.code or 500)
        if self.kind == "refuse":
            return Refusal(self.code or 400, self.description or "")
        return None


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
