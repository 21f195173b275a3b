"""The views of an answer: stories, actors or numbers of the same posts, shorter or longer, one page after another.

Each has a button under the answer, which holds all that its press needs: the posts, by the first and the last of them
and what they were chosen by, and the view. So it works after a restart, and for as long as the posts are there. Buttons
that do something with a view hold it in the same way, behind another verb.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.recap import Length
from bot.telegram.texts import Texts

PRESSED = r"^view:"
CHOICE_PRESSED = r"^from\d{1,3}:"
SHARE_PRESSED = r"^share\d{0,12}:"
_DATA = re.compile(
    r"(view|from|share)(\d{0,12}):([0-9a-f]+)-([0-9a-f]+):([san])([snl])(\d{1,4})(?:\.([0-9a-f]{8}))?:([^|]*)\|(.*)",
    re.DOTALL,
)
# Bot API, InlineKeyboardButton.callback_data.
MOST_BYTES = 64


class Kind(StrEnum):
    """What an answer shows."""

    STORIES = "s"
    ACTORS = "a"
    NUMBERS = "n"


_LABELS = {Kind.STORIES: "view-stories", Kind.ACTORS: "view-actors", Kind.NUMBERS: "view-numbers"}
_LENGTHS = {Length.SHORT: "view-short", Length.NORMAL: "view-normal", Length.LONG: "view-long"}
_BY_LETTER = {length[0]: length for length in Length}


@dataclass(frozen=True, slots=True)
class Further:
    """What else can be done with the posts of a view.

    Attributes:
        sources: so many sources wrote them; of more than one each can be shown alone.
        shared: whether there is a channel where they can be posted.
        views: the kinds and lengths that tell something else of one post; None of several: all do.

    """

    sources: int = 0
    shared: bool = False
    views: frozenset[Kind | Length] | None = None

    def offers(self, view: Kind | Length) -> bool:
        """Tell whether a kind or a length has a button."""
        return self.views is None or view in self.views


_NOTHING_FURTHER = Further()


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
        only: the beginning of a hash (`by_source`): only posts of the source that has it; empty: of all.

    """

    first: int
    last: int
    source: str = ""
    words: str = ""
    kind: Kind = Kind.STORIES
    length: Length = Length.NORMAL
    skipped: int = 0
    only: str = ""

    def written(self, verb: str = "view") -> str:
        """Write it as the data of a button."""
        shown = f"{self.kind}{self.length[0]}{self.skipped}{'.' if self.only else ''}{self.only}"
        return f"{verb}:{self.first:x}-{self.last:x}:{shown}:{self.source}|{self.words}"

    def fits(self, verb: str = "view") -> bool:
        """Tell whether a button can hold it."""
        return len(self.written(verb).encode()) <= MOST_BYTES

    def buttons(
        self, texts: Texts, shown: int, rest: int, further: Further = _NOTHING_FURTHER
    ) -> InlineKeyboardMarkup | None:
        """Make a button for each other view of the posts; so many stories are shown, and the rest is not yet.

        None if what they were chosen by is too long for a button, or if there is no other.
        """
        turns = []
        if self.skipped:
            turns.append(("view-start", replace(self, skipped=0)))
        if rest and self.kind is not Kind.ACTORS:
            turns.append(("view-more", replace(self, skipped=self.skipped + shown)))
        labels_of = _LABELS if further.views is None else {**_LABELS, Kind.STORIES: "view-post"}
        kinds = [
            (labels_of[kind], replace(self, kind=kind, skipped=0))
            for kind in Kind
            if kind is not self.kind and further.offers(kind)
        ]
        lengths = [
            (_LENGTHS[length], replace(self, length=length, skipped=0))
            for length in Length
            if length is not self.length and further.offers(length)
        ]
        rows = [turns, kinds, lengths]
        if not all(view.fits() for row in rows for _, view in row):
            return None
        labels = [[(texts.say(key, stories=rest), view.written()) for key, view in row] for row in rows]
        labels.append(self._further(texts, further))
        buttons = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in labels if row]
        return InlineKeyboardMarkup(buttons) if buttons else None

    def _further(self, texts: Texts, further: Further) -> list[tuple[str, str]]:
        """Label the buttons that narrow the posts down to a source, or share them."""
        all_ = replace(self, skipped=0, only="")
        found = []
        if self.only:
            found.append((texts.say("view-all-sources"), all_.written()))
        elif further.sources > 1 and replace(all_, only="0" * 8).fits() and all_.fits("from999"):
            found.append((texts.say("view-by-source", sources=further.sources), all_.written("from0")))
        if further.shared and self.fits("share" + "9" * 9):
            found.append((texts.say("view-share"), self.written("share")))
        return found


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button with a view does.

    Attributes:
        verb: view, from or share.
        number: what follows it; None if nothing does.

    """

    verb: str
    number: int | None
    view: View


def read_pressed(data: str) -> Pressed | None:
    """Read the data of a button that does something with a view; None if it is none of ours."""
    match = _DATA.fullmatch(data)
    if match is None:
        return None
    verb, number, first, last, kind, length, skipped, only, source, words = match.groups()
    view = View(int(first, 16), int(last, 16), source, words, Kind(kind), _BY_LETTER[length], int(skipped), only or "")
    return Pressed(verb, int(number) if number else None, view)
