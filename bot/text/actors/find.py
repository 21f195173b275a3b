"""Find who acts in a post: names merged into actors, with their roles, the ones that matter first."""

from collections.abc import Sequence
from functools import cache

from bot.posts import Actor, ActorKind
from bot.text.actors.contenders import Contender, find_contenders
from bot.text.actors.features import Features
from bot.text.actors.foreign.find import READ_NATIVELY
from bot.text.actors.forms import choose_form
from bot.text.actors.merging import merge_actors
from bot.text.actors.names import Name
from bot.text.actors.salience import LEAST, LEAST_STATE, LEAST_UNREAD, salience
from bot.text.actors.states import fold
from bot.text.words.document import Document
from bot.text.words.gazetteers import read_list

__all__ = ["find_actors", "merge_actors"]

_KINDS = {"PER": ActorKind.PERSON, "ORG": ActorKind.ORGANIZATION, "GPE": ActorKind.STATE, "NORP": ActorKind.GROUP}


def find_actors(document: Document, names: Sequence[Name], features: Features | None = None) -> tuple[Actor, ...]:
    """Return the actors of a post, best first; scores run from 0 to 1 and compare between posts.

    ``features`` are those of the document, if they are known already.
    """
    actors = (_actor(document, contender) for contender in find_contenders(document, names, features))
    told = (actor for actor in actors if actor.score >= _least(actor, document.lang))
    return tuple(sorted(told, key=lambda actor: -actor.score))


def _least(actor: Actor, lang: str) -> float:
    """Return the score below which an actor is not told of."""
    if lang not in READ_NATIVELY:
        return LEAST_UNREAD
    return LEAST_STATE if actor.kind is ActorKind.STATE else LEAST


def _actor(document: Document, contender: Contender) -> Actor:
    group, role = contender.aliases, contender.role
    kind = ActorKind.GROUP if group[0].key in _groups() else _KINDS[contender.kind]
    mentions = tuple(document.span(alias.start, alias.end) for alias in group)
    return Actor(
        name=choose_form((mention.text for mention in mentions), kind),
        kind=kind,
        role=document.span(role.start, role.end) if role else None,
        mentions=mentions,
        score=salience(document, contender),
        key=max((alias.key for alias in group), key=lambda key: (len(key.split()), key)),
    )


@cache
def _groups() -> frozenset[str]:
    """Return the keys of armed groups and movements."""
    return frozenset(fold(name) for line in read_list("groups.txt") for name in line.split(","))
