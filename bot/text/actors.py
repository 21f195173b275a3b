"""Find who acts in a post: names merged into actors, with their roles, the ones that matter first."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from bot.posts import Actor, ActorKind
from bot.text.aliases import Alias, group_aliases
from bot.text.document import Document
from bot.text.gazetteers import read_list
from bot.text.mentions import Mention, find_mentions
from bot.text.merging import merge_actors
from bot.text.morphology import parse
from bot.text.names import Name
from bot.text.roles import Role, find_roles
from bot.text.salience import LEAST, salience
from bot.text.states import fold

__all__ = ["find_actors", "find_candidates", "merge_actors"]

_KINDS = {"PER": ActorKind.PERSON, "ORG": ActorKind.ORGANIZATION, "GPE": ActorKind.STATE, "NORP": ActorKind.GROUP}


def find_actors(document: Document, names: Sequence[Name]) -> tuple[Actor, ...]:
    """Return the actors of a post, best first; scores run from 0 to 1 and compare between posts."""
    candidates = find_candidates(document, names)
    actors = (_actor(document, group, role) for group, role in candidates)
    return tuple(sorted((actor for actor in actors if actor.score >= LEAST), key=lambda actor: -actor.score))


def find_candidates(document: Document, names: Sequence[Name]) -> list[tuple[list[Alias], Role | None]]:
    """Return the mentions of everybody who is named, with the role that the text gives."""
    mentions = find_mentions(document, names)
    roles = find_roles(document, [*_as_names(mentions), *(name for name in names if name.kind in ("MISC", "LOC"))])
    publisher = _publisher(document)
    groups = [
        group
        for group in group_aliases(document, mentions)
        if not any(fold(document.text[alias.start : alias.end]) in publisher for alias in group)
    ]
    return [(group, _role_of(group, roles)) for group in groups]


def _as_names(mentions: Iterable[Mention]) -> list[Name]:
    return [Name(mention.start, mention.end, mention.kind) for mention in mentions]


def _publisher(document: Document) -> frozenset[str]:
    """Return the names of the channel that wrote the post: it signs, but does not act."""
    origin = document.post.origin
    if origin is None:
        return frozenset()
    titles = [origin.title, *re.split(r"[|/—–•.]", origin.title), origin.username or ""]
    return frozenset(fold(title) for title in titles if title.strip())


def _role_of(group: Sequence[Alias], roles: Sequence[Role]) -> Role | None:
    starts = {alias.start for alias in group}
    return next((role for role in roles if role.name.start in starts), None)


def _actor(document: Document, group: list[Alias], role: Role | None) -> Actor:
    kind = kind_of(group)
    best = max(group, key=lambda alias: _fullness(document, alias))
    return Actor(
        name=document.span(best.start, best.end).text,
        kind=ActorKind.GROUP if group[0].key in _groups() else _KINDS[kind],
        role=document.span(role.start, role.end) if role else None,
        mentions=tuple(document.span(alias.start, alias.end) for alias in group),
        score=salience(document, group, kind, has_role=role is not None),
        key=max((alias.key for alias in group), key=lambda key: (len(key.split()), key)),
    )


def kind_of(group: Sequence[Alias]) -> str:
    """Return the kind that most mentions have."""
    return Counter(alias.kind for alias in group).most_common(1)[0][0]


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
