"""Leave out bodies of an English post that are only where something happens: venues, hospitals, leagues."""

from collections.abc import Iterable
from functools import cache

from bot.text.actors.mentions import Mention
from bot.text.actors.positions import describes, owns, stands_after_of, stands_at_place
from bot.text.words.gazetteers import read_list


def leave_out_scenes(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions without those of places that nobody there acts for, at any of their mentions."""
    mentions = list(mentions)
    surfaces = {text[one.start : one.end] for one in mentions if _is_scene(text[one.start : one.end])}
    busy = {text[one.start : one.end] for one in mentions if not _is_idle(text, one)}
    return [one for one in mentions if text[one.start : one.end] not in surfaces - busy]


def _is_scene(surface: str) -> bool:
    return surface.lower().rpartition(" ")[2] in _heads()


def _is_idle(text: str, mention: Mention) -> bool:
    """Tell whether a mention only says where, of what, or of which kind ("the Premier League title")."""
    return (
        stands_at_place(text, mention.start)
        or stands_after_of(text, mention.start)
        or owns(text, mention.end)
        or describes(text, mention.end)
    )


@cache
def _heads() -> frozenset[str]:
    return frozenset(word for line in read_list("scenes_en.txt") for word in line.split())
