"""What the parsers of mark-up that nests have in common: how far they are, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.parsing.entities import utf16_length

if TYPE_CHECKING:
    from bot.playground.parsing.entities import Entity


class Parser:
    """Reads a text with mark-up.

    Attributes:
        at: how far it is in the text.
        pieces: of the text without its mark-up.
        offset: the length of the pieces, as Telegram counts: in UTF-16 code units.
        entities: those that have ended.

    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.entities: list[Entity] = []

    def emit(self, piece: str) -> None:
        """Add to the text without its mark-up."""
        self.pieces.append(piece)
        self.offset += utf16_length(piece)

    def bytes_before(self, at: int) -> int:
        """Return the place as faults tell it, in bytes of UTF-8."""
        return len(self.text[:at].encode())
