"""Tell from the words around a name whether it is where something happens, or who makes it happen."""

import re

_AT_PLACE = re.compile(
    r"(?:^|\W)(?:in|at|near|from|to|into|across|outside|inside|around|through|throughout|over|off|toward|towards|within|on|"
    r"в|во|на|из|под|над|около|возле|по|до|через|близ|вблизи|к|ко)(?:\s+the|\s+[a-z]+ern|\s+всей)?\s*[«\"*]*$",
    re.IGNORECASE,
)
_IN = re.compile(r"(?:^|\W)во?\s+[«\"*]*$", re.IGNORECASE)
_THEY_DO = re.compile(r"[»\"*]*\s+(?:\w+\s+){0,2}?(?:не\s+)?\w{2,}(?:ли|лись|ют|ут|ат|ят|ются|утся)\b")
_REACH = 40


def before(text: str, start: int) -> str:
    """Return what stands before a name, as far as it matters."""
    return text[max(0, start - _REACH) : start]


def after(text: str, end: int) -> str:
    """Return what stands after a name, as far as it matters."""
    return text[end : end + _REACH]


def stands_at_place(text: str, start: int) -> bool:
    """Tell whether a preposition of place stands before the name."""
    return _AT_PLACE.search(before(text, start)) is not None


def acts_inside(text: str, start: int, end: int) -> bool:
    """Tell whether the name is the agent of "in the Duma they proposed", as Russian says for "the Duma proposed"."""
    return _IN.search(before(text, start)) is not None and _THEY_DO.match(after(text, end)) is not None
