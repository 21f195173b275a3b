"""Find the markup in a text: Telegram's Markdown, addresses, code, characters that nobody sees.

Exports, scrapers and people who copy give posts with their Markdown in the text; the Bot API gives it as marks.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.posts import Mark, MarkKind
from bot.text.words.characters import INVISIBLE

# Every repetition either eats what it has seen or is bounded, so that no text takes more than linear time.
_TARGET = r"(?:[^\s()]|\([^\s()]*\))"
_ADDRESS = r"(?:[^\s()<>\[\]«»\"*~|`_]|_(?=[^\W_]|\()|\([^\s()]*\))"
# The vowels of Hebrew and Arabic, which stand on letters. Inside of a character class.
VOWELS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670"
# A letter with its marks; what is more than that, or stands on no letter, is no writing.
_CLUSTER = rf"(?P<cluster>\w[\u0300-\u036f{VOWELS}]{{1,4}})|[\u0300-\u036f]+"
_WITH_ADDRESS = (
    rf"(?P<address>(?:https?|ftp|tg|ton)://{_ADDRESS}+|(?<![^\W_])www\.{_ADDRESS}+"
    rf"|(?<![^\W_])(?<![@.-])[a-z0-9-]{{1,40}}(?:\.[a-z0-9-]{{1,40}}){{0,3}}\.[a-z]{{2,10}}/{_ADDRESS}*)"
)
_OTHERS = (
    rf"(?P<code>```[^`]*```)|(?P<close>\]\(\s?(?:[a-z]{{2,8}}:|www\.|[\w-]{{1,60}}\.|/|#){_TARGET}*\s?\))|(?P<bracket>[\[\]])"
    r"|\*{2,}|(?<!\w)\*|\*(?!\w)|_{2,}|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)|~{2,}|\|{2,}|`+"
    rf"|[{INVISIBLE}]+"
)
# In the order of a character class; \u017f and \u212a are an s and a k in other cases.
_BEGINS_ADDRESS, _BEGINS_OTHERS = "-A-Za-z0-9\u017f\u212a", rf"\[\]*_~|`{INVISIBLE}"
_MARKS_ON_LETTERS, _ADDRESSED = re.compile(f"[\u0300-\u036f{VOWELS}]"), re.compile(r"/|www\.", re.IGNORECASE)
# What ends a sentence or closes a quotation after an address is no part of it.
_AFTER_ADDRESS = ".,;:!?…'”"
_CODE = re.compile(r"[{}=;<>]|\(\)")
_STRESS = "\u0300\u0301"
_CYRILLIC_VOWELS = frozenset("аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ")


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A stretch of the text that is markup, and the character that stands for it, if any."""

    start: int
    end: int
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    """The markup of a text: disjoint cuts in order, and where the visible texts of links and the addresses stand."""

    cuts: tuple[Cut, ...]
    links: tuple[tuple[int, int], ...]
    addresses: tuple[int, ...]


def find_markup(text: str, marks: Sequence[Mark] = ()) -> Markup:
    """Find what is not to be read; ``marks`` are the formatting that came beside the text."""
    cuts: list[Cut] = []
    links = [(mark.start, mark.end) for mark in marks if mark.kind is MarkKind.LINK]
    addresses = []
    brackets: list[int] = []
    pattern = _markup(marked=_MARKS_ON_LETTERS.search(text) is not None, addressed=_ADDRESSED.search(text) is not None)
    for match in pattern.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "bracket":
            if text[start] == "[":
                brackets.append(start)
            elif brackets:
                brackets.pop()
            continue
        if kind == "close":
            if brackets:
                opened = brackets.pop()
                cuts.append(Cut(opened, opened + 1))
                links.append((opened + 1, start))
        elif kind == "address":
            start, end = _bounds_of_address(text, start, end)
            addresses.append(start)
        elif kind == "code" and ("\n" not in match[0] or not _CODE.search(match[0])):
            cuts += (Cut(start, start + 3), Cut(end - 3, end))
            continue
        cuts.append(Cut(start, end, _composed(match[0]) if kind == "cluster" else ""))
    cuts += _marked_code(text, marks)
    return Markup(tuple(_disjoint(cuts)), tuple(sorted(links)), tuple(sorted(addresses)))


@cache
def _markup(*, marked: bool, addressed: bool) -> re.Pattern[str]:
    """Return the pattern for texts with or without marks on letters and addresses: most have neither.

    One look at a character tells whether something may begin there, unless it is a letter that may have marks.
    """
    address, begins_address = (f"{_WITH_ADDRESS}|", _BEGINS_ADDRESS) if addressed else ("", "")
    pattern = f"(?=[{begins_address}{_BEGINS_OTHERS}])(?:{address}{_OTHERS})"
    return re.compile(f"{_CLUSTER}|{pattern}" if marked else pattern, re.IGNORECASE)


def _bounds_of_address(text: str, start: int, end: int) -> tuple[int, int]:
    while text[end - 1] in _AFTER_ADDRESS:
        end -= 1
    if start and text[start - 1] == "(" and text[end : end + 1] == ")":
        return start - 1, end + 1
    return start, end


def _composed(cluster: str) -> str:
    """Return one character for a letter and the marks on it: й for и and a breve, о for a stressed о.

    At most four marks come here: more are not writing, and to normalise very many takes quadratic time.
    """
    if cluster[0] in _CYRILLIC_VOWELS:
        cluster = cluster[0] + cluster[1:].translate(dict.fromkeys(map(ord, _STRESS)))
    return unicodedata.normalize("NFC", cluster)[0]


def _marked_code(text: str, marks: Sequence[Mark]) -> Iterator[Cut]:
    for mark in marks:
        inside = text[mark.start : mark.end]
        if mark.kind is MarkKind.CODE and "\n" in inside and _CODE.search(inside):
            yield Cut(mark.start, mark.start + len(inside))


def _disjoint(cuts: list[Cut]) -> Iterator[Cut]:
    """Yield the cuts in order, without what an earlier one has taken."""
    done = 0
    for cut in sorted(cuts):
        if cut.start >= done:
            yield cut
            done = cut.end
        elif cut.end > done:
            yield Cut(done, cut.end)
            done = cut.end
