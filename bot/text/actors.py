"""Find who acts in a post: names merged into actors, with their roles, the ones that matter first."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from bot.posts import Actor, ActorKind
from bot.text.aliases import Alias, extend, group_aliases
from bot.text.document import Document
from bot.text.morphology import parse
from bot.text.names import Name
from bot.text.roles import Role, find_roles

_KINDS = {"PER": ActorKind.PERSON, "ORG": ActorKind.ORGANIZATION, "GPE": ActorKind.STATE, "NORP": ActorKind.GROUP}
# A place after one of these is where something happens, not who acts.
_AT_PLACE = re.compile(
    r"(?:^|\W)(?:in|at|near|from|to|into|across|outside|inside|around|through|throughout|over|off|between|toward|towards|within|of|"
    r"в|во|на|из|под|над|около|возле|по|до|у|с|со|через|близ|вблизи|к|ко)(?:\s+the|\s+[a-z]+ern|\s+всей)?\s*[«\"*]*$",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\s*(?:['’]s\s|[,–—-]?\s*(?:has|have|had|is|was|were|will|would|said|says|and\s)|\w+(?:ed|s)\s)", re.IGNORECASE
)
_SPEAKS = re.compile(
    r"^\W*(?:said|says|told|announced|reported|warned|confirmed|added|stated|denied|accused|called|urged|сообщил|заявил|сказал|"
    r"рассказал|объявил|отметил|подчеркнул|предложил|потребовал|подтвердил|обвинил|добавил|пишет|передает|написал)",
    re.IGNORECASE,
)


def find_actors(document: Document, names: Sequence[Name]) -> tuple[Actor, ...]:
    """Return the actors of a post, best first; scores run from 0 to 1."""
    names = extend(document, [name for name in names if name.kind not in ("MISC", "LOC")])
    roles = find_roles(document, names)
    actors = []
    for group in group_aliases(document, names):
        actor = _actor(document, group, roles)
        if actor.score >= _LEAST:
            actors.append(actor)
    return tuple(sorted(actors, key=lambda actor: -actor.score))


_LEAST = 0.3


def _actor(document: Document, group: list[Alias], roles: Sequence[Role]) -> Actor:
    kind = Counter(alias.kind for alias in group).most_common(1)[0][0]
    if group[0].key.startswith("state:"):
        kind = "GPE"
    mentions = tuple(document.span(alias.start, alias.end) for alias in group)
    best = max(group, key=lambda alias: _fullness(document, alias))
    starts = {alias.start for alias in group}
    role = next((role for role in roles if role.name.start in starts), None)
    name = document.span(best.start, best.end).text
    actor_kind = ActorKind.GROUP if group[0].key in _groups() else _KINDS[kind]
    score = 1 / (1 + math.exp(-salience(document, group, kind, role is not None)))
    span = document.span(role.start, role.end) if role else None
    return Actor(name, actor_kind, span, mentions, score, group[0].key)


def _fullness(document: Document, alias: Alias) -> tuple[object, ...]:
    """Prefer a name to a metonym, more words, the nominative, mixed case."""
    surface = document.text[alias.start : alias.end]
    words = surface.split()
    nominative = all(parse(word.lower()).case in ("nomn", None) for word in words if "а" <= word[0].lower() <= "я")
    return (not alias.metonym, len(words), nominative, not surface.isupper(), len(surface), -alias.start)


@cache
def _groups() -> frozenset[str]:
    from bot.text.states import fold

    lines = (files("bot.text") / "data" / "groups.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word.replace("-", " ") if word.istitle() else word) for line in lines if line[0] != "#" for word in line.split())


def salience(document: Document, group: Sequence[Alias], kind: str, has_role: bool) -> float:
    """Return the log-odds that a reader of the post must know this actor."""
    features = salience_features(document, group, kind, has_role)
    return sum(WEIGHTS[name] * value for name, value in features.items())


def salience_features(document: Document, group: Sequence[Alias], kind: str, has_role: bool) -> dict[str, float]:
    """Return what speaks for and against an actor."""
    lines = document.lines
    headline = next((line for line in lines if line.headline), None)
    first = next((line for line in lines if not line.headline), None)

    def stands_in(line: object) -> float:
        return float(line is not None and any(line.start <= alias.start < line.end for alias in group))  # type: ignore[attr-defined]

    before = [document.text[max(0, alias.start - 25) : alias.start] for alias in group]
    after = [document.text[alias.end : alias.end + 25] for alias in group]
    place = sum(bool(_AT_PLACE.search(text)) for text in before) / len(group)
    starts = {line.start for line in lines}
    return {
        "one": 1.0,
        "person": float(kind == "PER"),
        "org": float(kind == "ORG"),
        "norp": float(kind == "NORP"),
        "state": float(group[0].key.startswith("state:")),
        "headline": stands_in(headline),
        "first": stands_in(first),
        "count": math.log(len(group)),
        "early": 1 - group[0].start / max(1, len(document.text)),
        "place": place,
        "place_gpe": place * (kind == "GPE"),
        "speaks": float(any(_SPEAKS.search(text) for text in after)),
        "subject": float(any(alias.start in starts for alias in group)),
        "acts": float(any(_ACTS.match(text) for text in after)) * (kind == "GPE"),
        "role": float(has_role),
        "single": float(kind == "PER" and all(" " not in document.text[a.start : a.end] for a in group)),
    }


WEIGHTS = {
    "one": -1.0, "person": 1.0, "org": 1.0, "norp": -1.5, "state": 0.8, "headline": 1.2, "first": 0.8, "count": 0.9, "early": 0.4,
    "place": -0.5, "place_gpe": -2.0, "speaks": 0.6, "subject": 0.6, "acts": 0.5, "role": 0.6, "single": -0.4,
}  # fmt: skip


def merge_actors(groups: Sequence[Sequence[Actor]]) -> tuple[Actor, ...]:
    """Merge the actors of several posts by their keys; each inner sequence holds those of one post.

    The fullest name and the first role are kept, mentions are in the order of the posts, and an actor of many posts
    stands before one of few: score 1 - (1 - s1)(1 - s2)..., as if every post were a witness.
    """
    merged: dict[str, list[Actor]] = {}
    surnames: dict[str, str] = {}
    for actor in (actor for group in groups for actor in group):
        key = actor.key
        if actor.kind is ActorKind.PERSON:
            words = key.split()
            key = surnames.setdefault(words[-1], key) if len(words) == 1 else key
            surnames[words[-1]] = key
        merged.setdefault(key, []).append(actor)
    actors = [_merged(same) for same in merged.values()]
    return tuple(sorted(actors, key=lambda actor: -actor.score))


def _merged(same: Sequence[Actor]) -> Actor:
    if len(same) == 1:
        return same[0]
    best = max(same, key=lambda actor: (len(actor.name.split()), actor.score))
    return Actor(
        name=best.name,
        kind=best.kind,
        role=next((actor.role for actor in same if actor.role), None),
        mentions=tuple(mention for actor in same for mention in actor.mentions),
        score=1 - math.prod(1 - actor.score for actor in same),
        key=best.key,
    )
