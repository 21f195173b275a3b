"""Score the sentence that a digest of one post holds to be the best."""

from collections.abc import Iterable, Sequence

from bot.posts import Sentence
from tests.quality.matching import overlap, ratio, words

_SAME = 0.7


def score_leads(posts: Iterable[tuple[Sequence[str], Sequence[Sentence]]]) -> dict[str, float]:
    """Return how often the best sentence is one that annotators would open with, or shares most of its words."""
    hits = [_hit(lead, sentences) for lead, sentences in posts]
    return {"lead_hit": ratio(sum(hits), len(hits))}


def _hit(lead: Sequence[str], sentences: Sequence[Sentence]) -> bool:
    if not sentences:
        return False
    best = max(sentences, key=lambda sentence: sentence.score)
    return any(overlap(_set(best.span.text), _set(sentence)) >= _SAME for sentence in lead)


def _set(text: str) -> list[str]:
    return sorted(set(words(text)))
