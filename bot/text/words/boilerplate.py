"""Tell what channels put around their news: calls to subscribe, pointers elsewhere, credits, tags, their own name."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from bot.text.words.characters import trim

# A character of Chinese or Japanese counts as a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:[-'’][^\W_]+)*")
_TAG = re.compile(r"[#@]\w+[^\w\s]*")
_STOPPED = re.compile(r"[.!?…:»”\"')\]]$")
# How many words a line has at most that is a call, ends with a call, is a credit, a pointer with a link or alone, and
# one that is a link from end to end.
_CALL, _ENDING, _CREDIT, _POINTER, _BARE_POINTER, _LINK = 12, 9, 6, 9, 2, 4
# No line of so few words is longer.
_LONGEST = 160


def message_ranges(
    text: str, links: Sequence[tuple[int, int]], addresses: Sequence[int], publisher: str | None
) -> list[tuple[int, int]]:
    """Return where the message stands in a text without markup: at most one stretch a line, without decoration.

    ``links`` are where the visible texts of links stand, in order, and ``addresses`` where addresses were cut out.
    """
    ranges = []
    own_name = _words(publisher or "")
    last = True
    link, address = len(links), len(addresses)
    end = len(text)
    while end >= 0:
        start = text.rfind("\n", 0, end) + 1
        first_link, first_address = link, address
        while first_link and links[first_link - 1][1] > start:
            first_link -= 1
        while first_address and addresses[first_address - 1] >= start:
            first_address -= 1
        line = _Line(text, start, end, links[first_link:link], address=first_address < address)
        found = line.message(own_name, last=last)
        if found:
            ranges.append(found)
            last = False
        # A link may reach over the end of a line.
        link = first_link + (first_link < link and links[first_link][0] < start)
        address = first_address
        end = start - 1
    return ranges[::-1]


class _Line:
    """One line, which loses its end piece by piece until the message is left."""

    def __init__(self, text: str, start: int, end: int, links: Sequence[tuple[int, int]], *, address: bool) -> None:
        self._text = text
        self._links = list(links)
        self._linked = bool(links) or address
        self._start, self._end = trim(text, start, end)

    def message(self, publisher: Sequence[str], *, last: bool) -> tuple[int, int] | None:
        """Return where the message stands in this line, or None; ``last`` if no line of the message follows."""
        if self._is_call(last=last):
            return None
        whole = self._end
        while self._cut_link() or self._cut_tag(publisher):
            self._start, self._end = trim(self._text, self._start, self._end)
        if self._end - self._start > _LONGEST:
            return self._start, self._end
        line = self._text[self._start : self._end]
        is_call = self._end < whole and self._is_call(last=last)
        if not _WORD.search(line.casefold()) or is_call or (last and self._is_signature(_words(line), publisher)):
            return None
        return self._start, self._end

    def _is_call(self, *, last: bool) -> bool:
        """Tell whether the whole line asks the reader for something, or points elsewhere."""
        if self._end - self._start > _LONGEST:
            return False
        line = self._text[self._start : self._end]
        words = len(_words(line))
        longest_pointer = _POINTER if self._linked else _BARE_POINTER if last else 0
        return (
            (words <= _CALL and _begins("calls", line))
            or (words <= _CREDIT and _begins("credits", line))
            or (words <= _ENDING and _ends(line))
            or (words <= longest_pointer and _begins("pointers", line))
        )

    def _is_signature(self, words: Sequence[str], publisher: Sequence[str]) -> bool:
        if words == publisher:
            return True
        return len(words) <= _LINK and self._letters_are_linked()

    def _letters_are_linked(self) -> bool:
        done = self._start
        for start, end in self._links:
            if _WORD.search(self._text, done, max(done, start)):
                return False
            done = max(done, end)
        return not _WORD.search(self._text, min(done, self._end), self._end)

    def _cut_link(self) -> bool:
        """Cut a link at the end that is a call: "Read more"."""
        if not self._links:
            return False
        start, end = self._links[-1]
        if start <= self._start or trim(self._text, self._start, end)[1] != self._end:
            return False
        title = self._text[start : self._end].strip()
        if len(title) > _LONGEST or not (_begins("calls", title) or _begins("pointers", title)):
            return False
        before = trim(self._text, self._start, start)[1]
        if not _STOPPED.match(self._text, before - 1, before):
            return False
        self._links.pop()
        self._end = before
        return True

    def _cut_tag(self, publisher: Sequence[str]) -> bool:
        """Cut a hashtag or a channel's handle from the end, if a sentence has ended before it or a tag stands there."""
        start = self._start_of_last_word(self._end)
        word = self._text[start : self._end]
        if not _TAG.fullmatch(word):
            return False
        if start > self._start:
            before = trim(self._text, self._start, start)[1]
            previous = self._text[self._start_of_last_word(before) : before]
            alone = not (_STOPPED.search(previous) or _TAG.fullmatch(previous) or _words(word) == list(publisher))
            if alone:
                return False
        self._end = start
        return True

    def _start_of_last_word(self, end: int) -> int:
        return max(self._start, self._text.rfind(" ", self._start, end) + 1)


def _begins(section: str, line: str) -> bool:
    """Tell whether a line begins with one of the phrases of a section."""
    return _patterns()[section].match(line) is not None


def _ends(line: str) -> bool:
    """Tell whether a line ends with a call, set apart from what is before it."""
    return _patterns()["endings"].search(line) is not None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Read boilerplate.txt: sections of regular expressions."""
    sections: dict[str, list[str]] = {}
    for line in (files("bot.text") / "data" / "boilerplate.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rows = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            rows.append(line.replace(" ", r"\s"))
    patterns = {name: re.compile(rf"\W*(?:{'|'.join(rows)})", re.IGNORECASE) for name, rows in sections.items()}
    patterns["pointers"] = re.compile(rf"\W*(?:{'|'.join(sections['pointers'])})\b", re.IGNORECASE)
    patterns["endings"] = re.compile(rf"(?:^|[\W_])(?:{'|'.join(sections['endings'])})\W*$", re.IGNORECASE)
    return patterns
