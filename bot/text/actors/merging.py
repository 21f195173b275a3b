"""Merge the actors of several posts: for a story, or for a digest."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from bot.posts import Actor, ActorKind, Span
from bot.text.actors.forms import choose_form
from bot.text.actors.identities import Same, same_organisations, same_persons
from bot.text.actors.offices import role_rank
from bot.text.actors.states import fold

_BODIES = (ActorKind.ORGANIZATION, ActorKind.GROUP)
_LONGEST_ACRONYM = 6
# Between a name and its role stand so many characters at most.
_BESIDE = 4


def merge_actors(groups: Sequence[Sequence[Actor]], sources: Sequence[str | None] = ()) -> tuple[Actor, ...]:
    """Merge the actors of several posts; each inner sequence holds those of one post, told by the source in its place.

    The name is the best form of all posts, the role is the one told best, mentions are in the order of the posts.
    Whom many posts of many sources report stands first. Every post counts as much as the actor matters in it, the
    second one of a source half, the third a third, and so on; the score of this sum x is x / (1 + x). The scores of
    one post alone remain.
    """
    if len(groups) == 1:
        return tuple(groups[0])
    told: defaultdict[str, list[tuple[Actor, str]]] = defaultdict(list)
    same = _identities(list(chain.from_iterable(groups)))
    for post, group in enumerate(groups):
        source = (sources[post] if sources else None) or str(post)
        for actor in group:
            told[same.of(_key(actor))].append((actor, source))
    merged = [_merged(key, reports) for key, reports in told.items()]
    return tuple(sorted(_distinct(merged), key=lambda actor: -actor.score))


def _key(actor: Actor) -> str:
    """Return the key, as others may spell it ("Коммерсантъ")."""
    return " ".join(word.removesuffix("ъ") for word in actor.key.split())


def _identities(actors: Sequence[Actor]) -> Same:
    same = Same()
    persons = {_key(actor) for actor in actors if actor.kind is ActorKind.PERSON}
    bodies = {_key(actor) for actor in actors if actor.kind in _BODIES}
    for short, full in chain(same_persons(persons), _acronyms(actors), same_organisations(bodies)):
        same.join(short, full)
    return same


def _acronyms(actors: Sequence[Actor]) -> Iterator[tuple[str, str]]:
    """Yield an acronym that stands alone in a post, and the one full name that other posts give it."""
    full: defaultdict[str, set[str]] = defaultdict(set)
    for actor in actors:
        if actor.kind in _BODIES and " " in actor.key:
            for mention in actor.mentions:
                if mention.text.isupper() and len(mention.text) <= _LONGEST_ACRONYM:
                    full[fold(mention.text)].add(_key(actor))
    for acronym, keys in full.items():
        if len(keys) == 1:
            yield acronym, keys.pop()


def _merged(key: str, reports: Sequence[tuple[Actor, str]]) -> Actor:
    actors = [actor for actor, _ in reports]
    kinds: Counter[ActorKind] = Counter()
    by_source: defaultdict[str, list[float]] = defaultdict(list)
    for actor, source in reports:
        kinds[actor.kind] += actor.score  # type: ignore[assignment] # a Counter adds floats as well
        by_source[source].append(actor.score)
    kind = kinds.most_common(1)[0][0]
    weight = sum(
        score / place
        for scores in by_source.values()
        for place, score in enumerate(sorted(scores, reverse=True), start=1)
    )
    mentions = tuple(mention for actor in actors for mention in actor.mentions)
    name = choose_form((mention.text for mention in mentions), kind)
    return Actor(name, kind, _best_role(name, kind, actors), mentions, weight / (1 + weight), key)


def _best_role(name: str, kind: ActorKind, actors: Sequence[Actor]) -> Span | None:
    """Choose of the roles told with this kind of actor what reads best, rather beside the name that is shown."""
    roles = [(actor.role, actor) for actor in actors if actor.role and actor.kind is kind]
    if not roles:
        return None

    def rank(told: tuple[Span, Actor]) -> tuple[object, ...]:
        span, actor = told
        is_nominative, words, brevity = role_rank(span.text)
        beside = any(mention.text == name and _is_beside(span, mention) for mention in actor.mentions)
        return is_nominative, beside, words, brevity

    return max(roles, key=rank)[0]


def _is_beside(role: Span, mention: Span) -> bool:
    return -_BESIDE <= mention.start - role.end <= _BESIDE or -_BESIDE <= role.start - mention.end <= _BESIDE


def _distinct(actors: Sequence[Actor]) -> Iterator[Actor]:
    """Yield the actors, states of one name as one: a capital that stands for its state, and the town."""
    by_form: defaultdict[tuple[bool, str], list[Actor]] = defaultdict(list)
    for actor in actors:
        is_state = actor.kind is ActorKind.STATE
        by_form[is_state, fold(actor.name) if is_state else actor.key].append(actor)
    for same in by_form.values():
        if len(same) == 1:
            yield same[0]
            continue
        mentions = tuple(mention for actor in same for mention in actor.mentions)
        name = choose_form((mention.text for mention in mentions), ActorKind.STATE)
        weight = sum(actor.score / (1 - actor.score) for actor in same)
        best = max(same, key=lambda actor: actor.score)
        yield replace(best, name=name, mentions=mentions, score=weight / (1 + weight))
