"""Merge the actors of several posts: for a story, or for a digest."""

import math
from collections.abc import Sequence

from bot.posts import Actor, ActorKind


def merge_actors(groups: Sequence[Sequence[Actor]]) -> tuple[Actor, ...]:
    """Merge the actors of several posts by their keys; each inner sequence holds those of one post.

    The fullest name and the role of the best-scored mention are kept, mentions are in the order of the posts, and an
    actor of many posts stands before one of few: score 1 - (1 - s1)(1 - s2)..., as if every post were a witness.
    """
    full = _full_names([actor.key for group in groups for actor in group if actor.kind is ActorKind.PERSON])
    merged: dict[str, list[Actor]] = {}
    for group in groups:
        for actor in group:
            key = full.get(actor.key, actor.key) if actor.kind is ActorKind.PERSON else actor.key
            merged.setdefault(key, []).append(actor)
    actors = [_merged(key, same) for key, same in merged.items()]
    return tuple(sorted(actors, key=lambda actor: -actor.score))


def _full_names(keys: Sequence[str]) -> dict[str, str]:
    """Map a surname to the full name that ends with it, if there is one only."""
    by_surname: dict[str, set[str]] = {}
    for key in keys:
        words = key.split()
        if len(words) > 1:
            by_surname.setdefault(words[-1], set()).add(key)
    return {surname: next(iter(names)) for surname, names in by_surname.items() if len(names) == 1}


def _merged(key: str, same: Sequence[Actor]) -> Actor:
    if len(same) == 1:
        return same[0]
    best = max(same, key=lambda actor: (len(actor.name.split()), actor.score))
    with_role = [actor for actor in same if actor.role]
    return Actor(
        name=best.name,
        kind=best.kind,
        role=max(with_role, key=lambda actor: actor.score).role if with_role else None,
        mentions=tuple(mention for actor in same for mention in actor.mentions),
        score=1 - math.prod(1 - actor.score for actor in same),
        key=key,
    )
