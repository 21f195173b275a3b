"""Choose the sentences of a summary: rank those of some posts, and take the best while the budget lasts."""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.posts import Analysis, Candidate, Post, Sentence, Span
from bot.text.fitness import introduces, is_fragment, is_question, leans_on_others
from bot.text.question import read_question
from bot.text.ranking import Item, Weights, weights_for, without_repeats
from bot.text.stems import stems
from bot.text.stories.known import Known

# A post of so many sentences is told whole.
_SHORT_POST = 3
# Actors and numbers of a sentence count up to this sum of their scores.
_MOST_CARRIED = 2.0
# A headline is told again, in full, if the next sentence, or one of the two after it, holds these shares of its stems.
_RETOLD = (0.4, 0.5, 0.5)
# By how much more the first and the last post count than one of the oldest: the first tells the event, the last the
# state of things.
_DATE_GAIN = 1.0
# How much a sentence gains by each word that was asked for: more than by anything else.
_QUERY_GAIN = 100.0
# More content words than this are a paragraph, not a headline.
_LONGEST_TITLE = 25
# The share of its score that a sentence keeps by each better one of its story.
_SAME_STORY = 0.8
# Under this fitness a sentence does not take the place of those that follow it.
_FIT = 0.5
# A headline may be shorter than other sentences, but must say something.
_FIT_TITLE = 0.4
# What a headline among the posts of a story gains as its title, and what is left of a quotation. With these 14 of 214
# titles of five days are others than headlines alone would be: 7 better ones, 1 worse; with a gain of 1.15 twice as
# many are, as often worse as better.
_HEADLINE_GAIN, _QUOTED = 1.5, 0.7
_QUOTATION = re.compile(r'\W*[«“„"]')
# A sentence of many posts is left out if this share of what it says stands in the best so many. ROUGE-1 and 2 of the
# topics of tools/fit_ranking.py: 46.95 and 19.30 without that, 47.20 and 19.30 with it, 47.39 and 18.93 from 0.45 on.
_KNOWN_TOGETHER, _REMEMBERED = 0.55, 15
# Of a story that several posts tell, sentences of fewer content words are not told: credits ("Ministry of Defence").
_LEAST_TERMS = 3
# What is left of the score of a sentence that gives a figure which is no longer true.
_OUTDATED = 0.2


@dataclass(frozen=True, slots=True)
class Options:
    """What a digest should hold.

    Attributes:
        method: "sitrep", or a name of `bot.text.summarizers.METHODS`.
        sentences, words, chars: budgets of the summary; None is no limit, but one of them should be given.
        actors, numbers: how many at most, in the digest and in each story.
        query: only posts that hold these words (`bot.text.question`), and of them rather the sentences that do.
        about: the same, but which posts hold the words was seen to before; the sentences that hold most come first.
        lang: language of the posts; None: their own, or detected.

    """

    method: str = "sitrep"
    sentences: int | None = 3
    words: int | None = None
    chars: int | None = None
    actors: int = 8
    numbers: int = 8
    query: str | None = None
    about: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """The sentences of some posts in reading order, each with what the ranker saw of it and its score.

    ``lang`` is the language of the first post.
    """

    lang: str
    candidates: tuple[Candidate, ...]
    items: tuple[Item, ...]
    scores: tuple[float, ...]


def rank_sentences(
    posts: Sequence[Post], analyses: Sequence[Analysis], options: Options, weights: Weights | None = None
) -> Ranked:
    """Rank the sentences of posts by the method of the options; ``weights`` are for trying others than ours."""
    from bot.text.summarizers import score_sentences

    candidates = [candidate for analysis in analyses for candidate in analysis.candidates]
    if not candidates:
        return Ranked("", (), (), ())
    lang = analyses[0].lang
    weights = weights or weights_for(lang, len(posts))
    dates = _date_weights(posts)
    asked = _asked(options.query or options.about)
    items = [
        item
        for number, analysis in enumerate(analyses)
        for item in _items(analysis, number, dates[number], asked, weights)
    ]
    texts = [candidate.span.text for candidate in candidates]
    scores = score_sentences(options.method, texts, lang, items, weights)
    return Ranked(lang, tuple(candidates), tuple(items), tuple(scores))


def without_outdated(ranked: Ranked, outdated: frozenset[Span]) -> Ranked:
    """Let sentences that are no longer true lose."""
    scores = (
        score * _OUTDATED if candidate.span in outdated else score
        for score, candidate in zip(ranked.scores, ranked.candidates, strict=True)
    )
    return replace(ranked, scores=tuple(scores))


def spread(ranked: Ranked, stories: Sequence[int], worth: Sequence[float]) -> Ranked:
    """Let the sentences of the stories that matter gain, and those of one story lose by each better one of the same.

    ``stories`` holds the number of the story of each post, ``worth`` how much each story matters.
    """
    taken: Counter[int] = Counter()
    scores = list(ranked.scores)
    for index in sorted(range(len(scores)), key=lambda index: (-scores[index], index)):
        story = stories[ranked.items[index].post]
        scores[index] *= math.sqrt(worth[story] / max(worth)) * _SAME_STORY ** taken[story]
        taken[story] += 1
    return replace(ranked, scores=tuple(scores))


def find_title(ranked: Ranked) -> int:
    """Return the index of the sentence that can stand as a title: the best headline, else the best sentence.

    Of several posts one may have a headline that tells a detail, or what somebody says of the event: how another one
    begins can be better. Rather somebody's own words than a quotation.
    """
    several = len({item.post for item in ranked.items}) > 1
    titles = [
        index
        for index, (candidate, item) in enumerate(zip(ranked.candidates, ranked.items, strict=True))
        if (candidate.headline or (several and not item.position)) and _is_title(candidate)
    ]

    def worth(index: int) -> tuple[float, int]:
        candidate, gain = ranked.candidates[index], 1.0
        if several:
            gain *= _HEADLINE_GAIN if candidate.headline else 1.0
            gain *= _QUOTED if _QUOTATION.match(candidate.span.text) else 1.0
        return ranked.scores[index] * gain, -index

    return max(titles or range(len(ranked.candidates)), key=worth)


def summarise(ranked: Ranked, options: Options, title: int | None = None) -> tuple[Sentence, ...]:
    """Take the best sentences that fit the budget, in reading order, before them what they are to be about.

    A short post is told whole.

    ``title`` is the index of a sentence that the reader has read: it is left out, and so are those that repeat it.
    """
    scores = list(ranked.scores)
    if title is not None:
        scores[title] = math.inf
    order = without_repeats([item.terms for item in ranked.items], scores)
    if len({item.post for item in ranked.items}) > 1:
        order = _untold(ranked, order) if title is None else _tells_more(ranked, order)
    elif len(scores) <= _SHORT_POST:
        order = iter(sorted(range(len(scores)), key=lambda index: -scores[index]))
    budget = _Budget(options)
    chosen = []
    for index in order:
        if budget.spent:
            break
        if index != title and budget.take(ranked.candidates[index].span.text):
            chosen.append(index)
    if asked := _asked(options.about):
        held = {index: len(asked.intersection(stems(ranked.candidates[index].span.text))) for index in chosen}
        chosen.sort(key=lambda index: (-held[index], index))
    else:
        chosen.sort()
    return tuple(Sentence(ranked.candidates[index].span, ranked.scores[index]) for index in chosen)


def _untold(ranked: Ranked, order: Iterable[int]) -> Iterator[int]:
    """Leave out of many posts, best sentence first, what the best ones have told together."""
    known = Known(ranked.lang, _KNOWN_TOGETHER)
    told = 0
    for index in order:
        if told and known.holds(ranked.items[index].terms):
            continue
        if told < _REMEMBERED:
            known.add(ranked.items[index].terms)
        told += 1
        yield index


def _tells_more(ranked: Ranked, order: Iterable[int]) -> Iterator[int]:
    """Leave out of a story, best sentence first, what those before have told, and what makes no sense beside them.

    A sentence that leans on the one before it in its post makes sense if the reader knows what that one says.
    """
    known = Known(ranked.lang)
    for place, index in enumerate(order):
        terms, text = ranked.items[index].terms, ranked.candidates[index].span.text
        if place:
            if len(terms) < _LEAST_TERMS or introduces(text) or is_question(text) or is_fragment(text):
                continue
            if known.holds(terms) or (_leans(ranked, index) and not known.holds(ranked.items[index - 1].terms)):
                continue
        known.add(terms)
        yield index


def _leans(ranked: Ranked, index: int) -> bool:
    """Tell whether a sentence leans on the one before it in its post."""
    stands_first = not index or ranked.items[index].post != ranked.items[index - 1].post
    return not stands_first and leans_on_others(ranked.candidates[index].span.text)


def _asked(words: str | None) -> frozenset[str]:
    return frozenset(stem for phrase in read_question(words or "").wanted for stem in phrase)


class _Budget:
    """What is left of the options' sentences, words and characters."""

    def __init__(self, options: Options) -> None:
        limits = (options.sentences, options.words, options.chars)
        self._left = [math.inf if limit is None else limit for limit in limits]

    @property
    def spent(self) -> bool:
        """Nothing more can fit."""
        return min(self._left) < 1

    def take(self, text: str) -> bool:
        """Spend a sentence, if it fits."""
        left = [have - price for have, price in zip(self._left, (1, len(text.split()), len(text)), strict=True)]
        if min(left) < 0:
            return False
        self._left = left
        return True


def _date_weights(posts: Sequence[Post]) -> list[float]:
    """Weigh posts by their dates: the more the later, and the first as much as the last."""
    times = [post.date.timestamp() if post.date else None for post in posts]
    known = [time for time in times if time is not None]
    first, last = (min(known), max(known)) if known else (0.0, 0.0)
    if first == last:
        return [1.0] * len(posts)
    return [
        1 + _DATE_GAIN * (0.5 if time is None else 1.0 if time == first else (time - first) / (last - first))
        for time in times
    ]


def _items(analysis: Analysis, post: int, date_weight: float, asked: frozenset[str], weights: Weights) -> list[Item]:
    actors = sorted((mention.start, actor.score) for actor in analysis.actors for mention in actor.mentions)
    numbers = sorted((number.span.start, number.score) for number in analysis.numbers)
    items = []
    position = 0
    for index, candidate in enumerate(analysis.candidates):
        weight = candidate.weight * date_weight
        weight *= 1 + weights.actors * _carried(actors, candidate) + weights.numbers * _carried(numbers, candidate)
        if candidate.headline:
            retold = _is_retold(candidate, analysis.candidates[index + 1 :])
            weight *= weights.retold if retold else weights.headline
        if asked:
            weight *= 1 + _QUERY_GAIN * len(asked.intersection(stems(candidate.span.text)))
        items.append(Item(candidate.terms, position, weight, post))
        position += candidate.weight >= _FIT
    return items


def _carried(facts: Sequence[tuple[int, float]], candidate: Candidate) -> float:
    """Sum the scores of the facts that a sentence holds; facts are (start, score), sorted."""
    first = bisect_left(facts, (candidate.span.start, -math.inf))
    last = bisect_left(facts, (candidate.span.end, -math.inf))
    return min(_MOST_CARRIED, sum(score for _, score in facts[first:last]))


def _is_title(candidate: Candidate) -> bool:
    return candidate.weight >= _FIT_TITLE and len(candidate.terms) <= _LONGEST_TITLE


def _is_retold(headline: Candidate, following: Sequence[Candidate]) -> bool:
    terms = set(headline.terms)
    return any(
        len(terms.intersection(candidate.terms)) >= share * len(terms)
        for share, candidate in zip(_RETOLD, following, strict=False)
    )
