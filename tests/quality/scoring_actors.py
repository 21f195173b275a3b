"""Score the actors of posts: found, key, first, of the right kind, with the right role.

An actor is found if one of its surfaces is a name of the annotated one: the same words, or one name holding all
words of the other. Each annotated actor can be found once; a second one of ours for it is wrong. Recall asks for key
actors only, since a digest need not name everybody; precision lets every annotated actor count.
"""

from collections.abc import Iterable, Sequence

from bot.posts import Actor
from tests.quality.gold import GoldActor
from tests.quality.matching import f1, one_holds_other, overlap, ratio, words

_ROLE_OVERLAP = 0.5


def score_actors(posts: Iterable[tuple[Sequence[GoldActor], Sequence[Actor]]]) -> dict[str, float]:
    """Return the figures over all posts; actors of each post come best first."""
    given = key = with_actors = key_first = 0
    found: list[tuple[GoldActor, Actor]] = []
    for gold, actors in posts:
        pairs = match_actors(gold, actors)
        found += pairs
        given += len(actors)
        key += sum(true.key for true in gold)
        with_actors += bool(gold)
        key_first += any(true.key for true, mine in pairs if mine is actors[0])
    precision = ratio(len(found), given)
    key_recall = ratio(sum(true.key for true, _ in found), key)
    return {
        "actors_f1": f1(precision, key_recall),
        "actors_precision": precision,
        "key_actors_found": key_recall,
        "top_actor_is_key": ratio(key_first, with_actors),
        "kind_accuracy": ratio(sum(mine.kind == true.kind for true, mine in found), len(found)),
        "roles_f1": _roles(found),
    }


def match_actors(gold: Sequence[GoldActor], actors: Sequence[Actor]) -> list[tuple[GoldActor, Actor]]:
    """Pair actors, best first, with the annotated ones that they are; one that is none, or one again, is left out."""
    pairs: dict[int, tuple[GoldActor, Actor]] = {}
    for mine in actors:
        place = _find(gold, mine)
        if place is not None and place not in pairs:
            pairs[place] = gold[place], mine
    return list(pairs.values())


def _find(gold: Sequence[GoldActor], mine: Actor) -> int | None:
    """Return the place of the annotated actor: one of exactly the same name, else one of a longer or shorter one."""
    surfaces = [mine.name, *(mention.text for mention in mine.mentions)]
    for alike in (_same, one_holds_other):
        for place, true in enumerate(gold):
            if any(alike(surface, name) for surface in surfaces for name in true.names):
                return place
    return None


def _same(one: str, other: str) -> bool:
    return words(one) == words(other)


def _roles(found: Sequence[tuple[GoldActor, Actor]]) -> float:
    """Return the F1 of the roles of found actors; one is right if it shares half of its words with the annotated."""
    right = sum(
        overlap(words(mine.role.text), words(true.role)) >= _ROLE_OVERLAP
        for true, mine in found
        if true.role and mine.role
    )
    given = sum(mine.role is not None for _, mine in found)
    annotated = sum(bool(true.role) for true, _ in found)
    return f1(ratio(right, given), ratio(right, annotated))
