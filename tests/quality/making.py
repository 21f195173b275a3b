"""Make actors, numbers and digests for the tests of the scorers, from what they are asked about."""

from bot.posts import Actor, ActorKind, Number, NumberKind, Qualifier, Sentence, Span
from tests.quality.gold import GoldActor, GoldNumber, Value


def span(text: str, start: int = 0) -> Span:
    return Span(text, "p", start, start + len(text))


def actor(name: str, *others: str, kind: str = "person", role: str | None = None) -> Actor:
    mentions = tuple(span(surface) for surface in (name, *others))
    return Actor(name, ActorKind(kind), span(role) if role else None, mentions, 1.0, name.casefold())


def gold_actor(*names: str, kind: str = "person", role: str | None = None, key: bool = True) -> GoldActor:
    return GoldActor(names, kind, role, key)


def number(text: str, value: Value, start: int = 0, unit: str | None = None, about: str | None = None) -> Number:
    return Number(
        span(text, start), value, unit, Qualifier.EXACT, NumberKind.COUNT, span(about) if about else None, score=1.0
    )


def gold_number(
    bounds: tuple[int, int], value: Value, unit: str = "", qualifier: str = "=", what: str = ""
) -> GoldNumber:
    return GoldNumber(*bounds, value, unit, qualifier, what)


def sentence(text: str, score: float) -> Sentence:
    return Sentence(span(text), score)
