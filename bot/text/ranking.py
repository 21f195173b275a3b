"""Rank sentences: how much of what the posts talk about a sentence covers, and where it stands in its post.

Coverage over stems and bigrams of stems follows SumBasic's idea (Nenkova & Vanderwende 2005) with frequencies dampened;
position follows the inverted pyramid of news. The weights were chosen by tools/fit_ranking.py.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence as the ranker sees it.

    Attributes:
        terms: stems of its content words.
        position: how many sentences that are fit to be quoted stand before it in its post.
        weight: multiplies its score: fitness to be quoted, actors and numbers it carries, date.
        post: which of the posts it stands in.

    """

    terms: tuple[str, ...]
    position: int
    weight: float = 1.0
    post: int = 0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much the properties of a sentence count.

    Attributes:
        position: the power of its place by which it loses.
        bigrams: how much pairs of terms count in coverage, beside single ones.
        headline, retold: the factors of a headline that is not told again, and of one that is.
        actors, numbers: what it gains by each of those that it holds, times their own scores.

    """

    position: float = 0.6
    bigrams: float = 0.0
    headline: float = 1.5
    retold: float = 0.3
    actors: float = 0.2
    numbers: float = 0.2


# English news says the main thing first, Russian posts often begin with a hook; others go by the mean.
_ONE_POST = {"en": Weights(position=1.2), "ru": Weights(position=0.3)}
# What many posts say is told by what they share, less by where each says it; their headlines serve as titles.
_MANY_POSTS = Weights(position=0.3, bigrams=0.25, headline=1.0, retold=1.0)
# A sentence of which one taken sentence holds more than this share of stems says nothing new.
_REPEATED = 0.5


def weights_for(lang: str, posts: int) -> Weights:
    """Return the weights for the sentences of so many posts in a language."""
    return _MANY_POSTS if posts > 1 else _ONE_POST.get(lang, Weights())


def rank(items: Sequence[Item], weights: Weights) -> list[float]:
    """Return a score for every sentence, 0 for those without content words; linear in their number."""
    stems, bigrams = Counter[str](), Counter[tuple[str, str]]()
    for item in items:
        stems.update(set(item.terms))
        if weights.bigrams:
            bigrams.update(set(pairwise(item.terms)))
    return [
        _coverage(item, stems, bigrams, weights.bigrams) * (item.position + 1) ** -weights.position * item.weight
        for item in items
    ]


def _coverage(item: Item, stems: Counter[str], bigrams: Counter[tuple[str, str]], bigram_weight: float) -> float:
    gain = sum(math.log1p(stems[term]) for term in set(item.terms))
    if bigram_weight:
        gain += bigram_weight * sum(math.log(bigrams[pair]) for pair in set(pairwise(item.terms)))
    # Divided by the square root of the length: neither the shortest nor the longest sentence wins by length alone.
    return gain / math.sqrt(len(item.terms) + 3)


def without_repeats(terms: Sequence[Sequence[str]], scores: Sequence[float]) -> Iterator[int]:
    """Yield indexes of sentences, best first, without those that have no terms or repeat a better sentence.

    A sentence that shares so many stems with another one shares one of its rarest with it, so it is compared only with
    those that do (prefix filtering, Chaudhuri et al. 2006): the work grows with the text, hardly with its square.
    """
    sets = [set(sentence) for sentence in terms]
    frequency = Counter(term for sentence in sets for term in sentence)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index in sorted(range(len(sets)), key=lambda index: (-scores[index], index)):
        rarest_first = sorted(sets[index], key=lambda term: (frequency[term], term))
        most_shared = math.floor(_REPEATED * len(rarest_first))
        near = {other for term in rarest_first[: len(rarest_first) - most_shared] for other in holders[term]}
        if rarest_first and all(len(sets[index] & sets[other]) <= most_shared for other in near):
            for term in rarest_first:
                holders[term].append(index)
            yield index
