"""What an engineer assembles in a day, to be set beside our reading: each baseline knows one trick.

Their digests are of the same types as ours, so one scorer serves both.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from bot.posts import Actor, ActorKind, Digest, Number, NumberKind, Post, Qualifier, Sentence, Span
from bot.text.words.language import detect_language
from tests.quality.sumy_alone import best_sentence

_MOST = 8
# Words with a capital in a row. One at the start of a sentence counts only if it has company.
_CAPITALISED = re.compile(r"[^\W\d_a-zа-яё][\w-]*(?: [^\W\d_a-zа-яё][\w-]*)*")
_AFTER_STOP = re.compile(r"(?:^|[.!?…:\n])[^\w]*$")
_QUANTITY = re.compile(r"(?P<currency>[$€£])? ?(?P<digits>\d+(?:[., ]\d{3})*(?:[.,]\d+)?) ?(?P<unit>%|[^\W\d_]+)?")
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP"}


def read_by_patterns(posts: Sequence[Post]) -> Digest:
    """Read one post: capitalised runs by frequency, digits with the word after them, the best sentence of LexRank."""
    (post,) = posts
    lang = post.lang or detect_language(post.text)
    best = best_sentence("lexrank", post, lang)
    return Digest(
        lang,
        "patterns",
        sentences=(Sentence(Span(best, post.id, post.text.index(best), post.text.index(best) + len(best)), 1.0),),
        actors=_capitalised(post),
        numbers=_quantities(post),
    )


def _capitalised(post: Post) -> tuple[Actor, ...]:
    mentions: defaultdict[str, list[Span]] = defaultdict(list)
    for match in _CAPITALISED.finditer(post.text):
        if " " in match[0] or not _AFTER_STOP.search(post.text, 0, match.start()):
            mentions[match[0]].append(Span(match[0], post.id, match.start(), match.end()))
    actors = [
        Actor(
            name,
            ActorKind.PERSON if " " in name else ActorKind.ORGANIZATION,
            role=None,
            mentions=tuple(spans),
            score=len(spans),
            key=name.casefold(),
        )
        for name, spans in mentions.items()
    ]
    return tuple(sorted(actors, key=lambda actor: -actor.score)[:_MOST])


def _quantities(post: Post) -> tuple[Number, ...]:
    numbers = []
    for match in _QUANTITY.finditer(post.text):
        digits = re.sub(r"[ ,.](?=\d{3}(?!\d))", "", match["digits"]).replace(",", ".")
        unit = _CURRENCIES.get(match["currency"] or "") or match["unit"]
        span = Span(match[0], post.id, match.start(), match.end())
        numbers.append(Number(span, float(digits), unit, Qualifier.EXACT, NumberKind.COUNT, about=None, score=1.0))
    return tuple(numbers[:_MOST])
