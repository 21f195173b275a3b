"""Find who acts in a post: names merged into actors, with their roles, the ones that matter first."""

from collections.abc import Sequence
from functools import cache

from bot.posts import Actor, ActorKind
from bot.text.aliases import Alias
from bot.text.contenders import Contender, find_contenders
from bot.text.document import Document
from bot.text.gazetteers import read_list
from bot.text.merging import merge_actors
from bot.text.morphology import parse
from bot.text.names import Name
from bot.text.salience import LEAST, salience
from bot.text.states import fold

__all__ = ["find_actors", "merge_actors"]

_KINDS = {"PER": ActorKind.PERSON, "ORG": ActorKind.ORGANIZATION, "GPE": ActorKind.STATE, "NORP": ActorKind.GROUP}


def find_actors(document: Document, names: Sequence[Name]) -> tuple[Actor, ...]:
    """Return the actors of a post, best first; scores run from 0 to 1 and compare between posts."""
    actors = (_actor(document, contender) for contender in find_contenders(document, names))
    return tuple(sorted((actor for actor in actors if actor.score >= LEAST), key=lambda actor: -actor.score))


def _actor(document: Document, contender: Contender) -> Actor:
    group, role = contender.aliases, contender.role
    best = max(group, key=lambda alias: _fullness(document, alias))
    return Actor(
        name=document.span(best.start, best.end).text,
        kind=ActorKind.GROUP if group[0].key in _groups() else _KINDS[contender.kind],
        role=document.span(role.start, role.end) if role else None,
        mentions=tuple(document.span(alias.start, alias.end) for alias in group),
        score=salience(document, contender),
        key=max((alias.key for alias in group), key=lambda key: (len(key.split()), key)),
    )


def _fullness(document: Document, alias: Alias) -> tuple[object, ...]:
    """Prefer a name to a metonym, more words, the nominative, mixed case."""
    surface = document.text[alias.start : alias.end]
    words = surface.split()
    nominative = all(parse(word.lower()).case in ("nomn", None) for word in words if "а" <= word[0].lower() <= "я")
    return (not alias.metonym, len(words), nominative, not surface.isupper(), len(surface), -alias.start)


@cache
def _groups() -> frozenset[str]:
    """Return the keys of armed groups and movements."""
    return frozenset(fold(name) for line in read_list("groups.txt") for name in line.split(","))
