"""The views of an answer: stories, actors or numbers of the same posts, shorter or longer, one page after another.

Each has a button under the answer, which holds all that its press needs: the posts, by the first and the last of them
and what they were chosen by, and the view. So it works after a restart, and for as long as the posts are there.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.recap import Length
from bot.telegram.texts import Texts

PRESSED = r"^view:"
_DATA = re.compile(r"view:([0-9a-f]+)-([0-9a-f]+):([san])([snl])(\d{1,4}):([^|]*)\|(.*)", re.DOTALL)
# Bot API, InlineKeyboardButton.callback_data.
_MOST_BYTES = 64


class Kind(StrEnum):
    """What an answer shows."""

    STORIES = "s"
    ACTORS = "a"
    NUMBERS = "n"


_LABELS = {Kind.STORIES: "view-stories", Kind.ACTORS: "view-actors", Kind.NUMBERS: "view-numbers"}
_LENGTHS = {Length.SHORT: "view-short", Length.NORMAL: "view-normal", Length.LONG: "view-long"}
_BY_LETTER = {length[0]: length for length in Length}


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at some posts of a desk.

    Attributes:
        first: the seq of the oldest of them.
        last: that of the newest.
        source: only posts of this source, casefolded; empty: of all.
        words: only posts that hold them; empty: all.
        kind: what is shown.
        length: how much of it.
        skipped: how many stories were shown before.

    """

    first: int
    last: int
    source: str = ""
    words: str = ""
    kind: Kind = Kind.STORIES
    length: Length = Length.NORMAL
    skipped: int = 0

    def written(self) -> str:
        """Write it as the data of a button."""
        shown = f"{self.kind}{self.length[0]}{self.skipped}"
        return f"view:{self.first:x}-{self.last:x}:{shown}:{self.source}|{self.words}"

    def buttons(self, texts: Texts, shown: int, rest: int) -> InlineKeyboardMarkup | None:
        """Make a button for each other view of the posts; so many stories are shown, and the rest is not yet.

        None if what they were chosen by is too long for a button.
        """
        turns = []
        if self.skipped:
            turns.append(("view-start", replace(self, skipped=0)))
        if rest and self.kind is Kind.STORIES:
            turns.append(("view-more", replace(self, skipped=self.skipped + shown)))
        kinds = [(_LABELS[kind], replace(self, kind=kind, skipped=0)) for kind in Kind if kind is not self.kind]
        lengths = [(_LENGTHS[length], replace(self, length=length, skipped=0)) for length in Length]
        rows = [turns, kinds, [row for row in lengths if row[1].length is not self.length]]
        if any(len(view.written().encode()) > _MOST_BYTES for row in rows for _, view in row):
            return None
        return InlineKeyboardMarkup(
            [
                [InlineKeyboardButton(texts.say(key, stories=rest), callback_data=view.written()) for key, view in row]
                for row in rows
                if row
            ]
        )


def read_view(data: str) -> View | None:
    """Read the data of a button; None if it is none of ours."""
    match = _DATA.fullmatch(data)
    if match is None:
        return None
    first, last, kind, length, skipped, source, words = match.groups()
    return View(int(first, 16), int(last, 16), source, words, Kind(kind), _BY_LETTER[length], int(skipped))
