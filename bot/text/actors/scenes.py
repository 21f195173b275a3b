"""Leave out bodies of an English post that are only where something happens: venues, hospitals, leagues."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from bot.text.actors.mentions import Mention
from bot.text.actors.positions import before, describes, owns, stands_after_of, stands_at_place
from bot.text.words.gazetteers import read_list

# Nothing but an article before the name in its sentence: a verb follows that is not known as one.
_OPENING = re.compile(r"(?:^|[.!?\n:;,“\"]\W*)(?:[Tt]he\s+)?$")


def leave_out_scenes(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions without those of places that nobody there acts for, at any of their mentions."""
    mentions = list(mentions)
    scenes = {
        text[one.start : one.end] for one in mentions if one.kind == "ORG" and _is_scene(text[one.start : one.end])
    }
    scenes -= {text[one.start : one.end] for one in mentions if not _is_idle(text, one)}
    short = {
        text[one.start : one.end]
        for full, one in pairwise(mentions)
        if text[full.start : full.end] in scenes and text[full.end : one.start] == " ("
    }
    return [one for one in mentions if text[one.start : one.end] not in scenes | short]


def _is_scene(surface: str) -> bool:
    return surface.lower().rpartition(" ")[2] in _heads()


def _is_idle(text: str, mention: Mention) -> bool:
    """Tell whether a mention only says where, whose, of what, or of which kind ("won the Premier League title")."""
    if stands_at_place(text, mention.start) or stands_after_of(text, mention.start) or owns(text, mention.end):
        return True
    return describes(text, mention.end) and _OPENING.search(before(text, mention.start)) is None


@cache
def _heads() -> frozenset[str]:
    return frozenset(word for line in read_list("scenes_en.txt") for word in line.split())
