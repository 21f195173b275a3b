"""Leave out who only wrote or sent an English report: the dateline before it, the byline, the credits behind it."""

import re
from collections.abc import Iterator, Sequence

from bot.text.actors.names import Name, overlapping
from bot.text.actors.states import find_state
from bot.text.words.document import Document
from bot.text.words.gazetteers import base, known_names

_WORD = r"[A-Z][\w.'’/-]*"
_PLACE = rf"{_WORD}(?:[ ](?:of|de|la|el|al|{_WORD})){{0,3}}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH}[ ]\d{{1,2}}|\d{{1,2}}[ ]{_MONTH})(?:,?[ ]\d{{4}})?"
# Marks and pictures that a line may begin with.
_START = r"^[^\w\n(]{0,8}"
# A place, perhaps its region, the date and the agency ("SUNBURY, Pa., June 2 —", "MANILA (Reuters) -", "Lima:"); the
# hyphen behind an agency may touch the next word.
_DATELINE = re.compile(
    rf"{_START}(?P<place>{_PLACE})(?P<region>(?:,[ ]?(?!{_DATE}){_PLACE}){{1,2}})?(?P<date>,?[ ]{_DATE})?"
    r"(?P<agency>[ ]?\([^()\n]{2,40}\))?(?:[ ]*(?:--+|[–—])[ ]*|[ ]-[ ]|(?(agency)[ ]-|(?!))|[ ]?(?P<colon>:)[ ]?)"
    r"(?=(?P<next>[^\n]*))",
    re.MULTILINE,
)
# The date and the agency alone.
_UNPLACED = re.compile(rf"{_START}{_DATE}[ ]?\([^()\n]{{2,40}}\)[ ]*(?:-|–|—)", re.MULTILINE)
# "By Ann Lee and Bo Fox", "By Ann Lee, Staff Writer"
_BYLINE = re.compile(rf"{_START}By {_WORD}(?:,?[ ](?:{_WORD}|and|of|the|for)){{1,9}}$", re.MULTILINE)
_CREDITS = re.compile(
    r"\b(?:(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Pp]hotos?|[Pp]hotograph)[ ][Bb]y|"
    r"(?:Photos?|Photograph|Images?|Video|Picture|Credit|Author|Editor|Writer)(?:[ ](?:[Cc]redit|[Bb]y))?:)[ ][^\n)]*|"
    r"\b(?:REUTERS|AFP|AP|EPA|TASS|Getty Images|Reuters)/[A-Z][a-z]+[ ][A-Z][a-z]+",
)
# Who speaks after his name and a colon.
_SPOKEN = re.compile(r"[\"“‘']|(?:We|I|Our|My|It['’]s|You|They|He|She|No|Yes)\b")
# So many words behind a bare place make it a report from there, and no heading.
_SENTENCE = 5


def leave_out_credits(document: Document, names: Sequence[Name]) -> list[Name]:
    """Return the names without those that only tell from where, by whom and through whom an English post came."""
    spans = (*_datelines(document.text, names), *_credits(document.text))
    inside = {place for start, end in spans for place in range(start, end)}
    return [name for name in names if name.start not in inside]


def _credits(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_UNPLACED, _BYLINE, _CREDITS):
        yield from (match.span() for match in pattern.finditer(text))


def _datelines(text: str, names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    for match in _DATELINE.finditer(text):
        if _is_dateline(text, match, names):
            yield match.start("place"), match.end()


def _is_dateline(text: str, match: re.Match[str], names: Sequence[Name]) -> bool:
    """Tell a place before a report from a speaker, and from what is spoken of: by capitals, by what is beside it."""
    place, after = match["place"], match["next"]
    if len(after.split()) < _SENTENCE or not (after[0].isupper() or after[0] in "\"“‘'" or after[0].isdigit()):
        return False
    is_place = _is_town(place) or any(
        name.kind in ("GPE", "LOC") for name in names[overlapping(names, *match.span("place"))]
    )
    if match["colon"]:
        return (is_place or bool(match["agency"])) and _is_town(place) and not _SPOKEN.match(after)
    shouted = place.isupper()
    if match["agency"] or match["date"] or match["region"]:
        return shouted or is_place
    return (is_place and not _is_state(place) and (shouted or _is_town(place))) or (shouted and _again(text, place))


def _is_town(place: str) -> bool:
    state = find_state(place)
    words = tuple(base(word) for word in place.split())
    return bool(state and state.town) or (state is None and known_names("en").get(words) == "city")


def _is_state(place: str) -> bool:
    state = find_state(place)
    return state is not None and not state.town


def _again(text: str, place: str) -> bool:
    """Tell whether a name in capitals stands elsewhere as a text writes names."""
    return re.search(rf"\b{re.escape(place.title())}\b", text) is not None
