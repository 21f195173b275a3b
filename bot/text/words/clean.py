"""Take from a post's text what is not its message, and remember where every kept character stood."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bot.posts import Mark
from bot.text.words.boilerplate import message_ranges
from bot.text.words.characters import plain, uniform
from bot.text.words.markup import VOWELS, Cut, find_markup

_NEWLINES = re.compile(r"\n+")
# Offsets of texts that are as long as posts are, at hand; to count them anew takes longer than all else here.
_OFFSETS = array("l", range(8193))
_WRITING = re.compile(rf"(?<=[\u0600-\u0dff])[\u200c\u200d](?=[\u0600-\u0dff])|\w[{VOWELS}]+")
_HASH = re.compile(r"(?<!\w)#(?=\w)")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text; its i-th character stood at ``offsets[i]`` in the original, and ended before ``ends[i]``.

    A letter takes with it the marks that were on it, so ``ends[i]`` may be past the next character.
    """

    text: str
    offsets: "array[int]"
    ends: "array[int]"

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Turn offsets of the cleaned text (``start < end``) into offsets of the original."""
        return self.offsets[start], self.ends[end - 1]


def clean(text: str, marks: Sequence[Mark] = (), publisher: str | None = None) -> Cleaned:
    """Drop markup, addresses, invisible characters, decoration and the lines that channels put around their news.

    Newlines stay, since they are hard boundaries. ``publisher`` is the name of the channel, which a last line may
    repeat. Takes linear time and never raises, whatever the text.
    """
    text = uniform(plain(text))
    markup = find_markup(text, marks)
    bare = _without(text, markup.cuts)
    links = [(bisect_left(bare.offsets, start), bisect_left(bare.offsets, end)) for start, end in markup.links]
    addresses = [bisect_left(bare.offsets, start) for start in markup.addresses]
    return _message(bare, message_ranges(bare.text, links, addresses, publisher))


def without_markup(text: str) -> str:
    """Return a text as a reader sees it: without markup, addresses and invisible characters; no word is lost."""
    text = plain(text)
    return _without(text, [cut for cut in find_markup(text).cuts if not _is_writing(text, cut)]).text


def _is_writing(text: str, cut: Cut) -> bool:
    """Tell whether readers see what reading does without: joiners inside of words, vowels of Arabic and Hebrew."""
    match = _WRITING.match(text, cut.start)
    return match is not None and match.end() == cut.end


def _without(text: str, cuts: Sequence[Cut]) -> Cleaned:
    parts = []
    offsets, ends = array("l"), array("l")
    places = _OFFSETS if len(text) < len(_OFFSETS) else array("l", range(len(text) + 1))
    done = 0
    for cut in (*cuts, Cut(len(text), len(text))):
        parts.append(text[done : cut.start])
        offsets += places[done : cut.start]
        ends += places[done + 1 : cut.start + 1]
        if cut.instead:
            parts.append(cut.instead)
            offsets.append(cut.start)
            ends.append(cut.end)
        done = cut.end
    return Cleaned("".join(parts), offsets, ends)


def _message(bare: Cleaned, ranges: Sequence[tuple[int, int]]) -> Cleaned:
    """Keep the ranges and the newlines between them; a hash sign goes, its word stays."""
    parts = []
    offsets, ends = array("l"), array("l")
    done = ranges[0][0] if ranges else 0
    for start, end in ranges:
        kept = [match.span() for match in _NEWLINES.finditer(bare.text, done, start)]
        hashed = bare.text.find("#", start, end) >= 0
        kept += _without_hashes(bare.text, start, end) if hashed else [(start, end)]
        for first, last in kept:
            parts.append(bare.text[first:last])
            offsets.extend(bare.offsets[first:last])
            ends.extend(bare.ends[first:last])
        done = end
    return Cleaned("".join(parts), offsets, ends)


def _without_hashes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the pieces of a range between the hash signs that stand before words."""
    hashes = [match.start() for match in _HASH.finditer(text, start, end)]
    return list(zip([start, *(position + 1 for position in hashes)], [*hashes, end], strict=True))
