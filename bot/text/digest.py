"""Make a digest of posts: the sentences, actors, numbers and stories that a reader needs."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.posts import Actor, Analysis, Digest, Post, Sentence, Story
from bot.text.actors import merge_actors
from bot.text.numbers import find_conflicts, merge_numbers
from bot.text.ranking import Item, choose, rank
from bot.text.stories import group_posts
from bot.text.tokens import is_stopword, stem, tokenise

_SHORT_POST = 3
_STORY_SENTENCES = 3
# How much a sentence gains by each actor and number that it holds, and by being the headline.
_ACTOR_GAIN = 0.12
_NUMBER_GAIN = 0.08
_HEADLINE_GAIN = 1.25


@dataclass(frozen=True, slots=True)
class Options:
    """What a digest should hold.

    Attributes:
        method: "sitrep", or a name of `bot.text.summarizers.METHODS`.
        sentences, words, chars: budgets of the summary; None is no limit, but one of them should be given.
        actors, numbers: how many at most, in the digest and in each story.
        query: only posts and sentences that hold these words.
        lang: language of the posts; None: their own, or detected.

    """

    method: str = "sitrep"
    sentences: int | None = 3
    words: int | None = None
    chars: int | None = None
    actors: int = 8
    numbers: int = 8
    query: str | None = None
    lang: str | None = None


class _Budget:
    """What is left of the options' sentences, words and characters."""

    def __init__(self, options: Options) -> None:
        self._left = {
            "sentences": math.inf if options.sentences is None else options.sentences,
            "words": math.inf if options.words is None else options.words,
            "chars": math.inf if options.chars is None else options.chars,
        }

    def take(self, text: str) -> bool:
        """Spend a sentence, if it fits."""
        price = {"sentences": 1, "words": len(text.split()), "chars": len(text)}
        if any(price[name] > left for name, left in self._left.items()):
            return False
        for name, amount in price.items():
            self._left[name] -= amount
        return True


def digest(posts: Sequence[Post], analyses: Sequence[Analysis], options: Options | None = None) -> Digest:
    """Make the digest of posts from their analyses, one for each post in the same order."""
    options = options or Options()
    if options.query:
        posts, analyses = _matching(posts, analyses, options.query)
    if len(posts) == 1:
        analyses = [replace(analyses[0], noise=False)]  # a reader who gives one post wants it read
    groups = group_posts(posts, analyses)
    told = [index for index, analysis in enumerate(analyses) if not analysis.noise]
    stories = tuple(
        _story(f"s{number}", group.score, [posts[i] for i in group.posts], [analyses[i] for i in group.posts], options)
        for number, group in enumerate(groups, start=1)
    )
    read = [analyses[index] for index in told]
    return Digest(
        lang=_main_language(analyses, options),
        method=options.method,
        sentences=summarise(read, options),
        actors=merge_actors([analysis.actors for analysis in read])[: options.actors],
        numbers=merge_numbers([analysis.numbers for analysis in read])[: options.numbers],
        stories=stories,
        noise=tuple(analysis.post for analysis in analyses if analysis.noise),
        id=posts[0].id if len(posts) == 1 else None,
    )


def summarise(analyses: Sequence[Analysis], options: Options) -> tuple[Sentence, ...]:
    """Choose sentences within the budget, in reading order; a post of three sentences or fewer is told whole."""
    candidates = [candidate for analysis in analyses for candidate in analysis.candidates]
    items = [item for analysis in analyses for item in _items(analysis, options.query)]
    if not candidates:
        return ()
    if options.method == "sitrep":
        scores = rank(items)
    else:
        from bot.text.summarizers import score_sentences

        lang = analyses[0].lang
        scores = score_sentences(options.method, [candidate.span.text for candidate in candidates], lang)
    budget = _Budget(options)
    chosen = choose(items, scores, lambda index: budget.take(candidates[index].span.text))
    return tuple(Sentence(candidates[index].span, scores[index]) for index in sorted(chosen))


def _items(analysis: Analysis, query: str | None) -> list[Item]:
    wanted = _stems(query or "", analysis.lang)
    keys = [(mention.start, actor.score) for actor in analysis.actors for mention in actor.mentions]
    figures = [(number.span.start, number.score) for number in analysis.numbers]
    items = []
    for position, candidate in enumerate(analysis.candidates):
        start, end = candidate.span.start, candidate.span.end
        weight = candidate.weight
        weight *= 1 + _ACTOR_GAIN * min(3.0, sum(score for at, score in keys if start <= at < end))
        weight *= 1 + _NUMBER_GAIN * min(3.0, sum(score for at, score in figures if start <= at < end))
        if candidate.headline:
            weight *= _HEADLINE_GAIN
        if wanted:
            weight *= 1 + 2 * len(wanted & set(candidate.terms))
        items.append(Item(candidate.terms, position, weight))
    return items


def _stems(words: str, lang: str) -> set[str]:
    return {
        stem(token.text, lang)
        for token in tokenise(words)
        if token.text[0].isalnum() and not is_stopword(token.text, lang)
    }


def _matching(
    posts: Sequence[Post], analyses: Sequence[Analysis], query: str
) -> tuple[Sequence[Post], Sequence[Analysis]]:
    """Keep the posts that hold every word of the query."""
    kept = [
        (post, analysis)
        for post, analysis in zip(posts, analyses, strict=True)
        if _stems(query, analysis.lang) <= {term for candidate in analysis.candidates for term in candidate.terms}
    ]
    return [post for post, _ in kept], [analysis for _, analysis in kept]


def _main_language(analyses: Sequence[Analysis], options: Options) -> str:
    weight: defaultdict[str, int] = defaultdict(int)
    for analysis in analyses:
        weight[analysis.lang] += sum(len(candidate.terms) for candidate in analysis.candidates)
    return options.lang or max(weight, key=lambda lang: weight[lang], default="en")


def _story(name: str, score: float, posts: Sequence[Post], analyses: Sequence[Analysis], options: Options) -> Story:
    best = summarise(analyses, replace(options, sentences=_STORY_SENTENCES + 1, words=None, chars=None))
    title = _title(analyses, best)
    numbers = [analysis.numbers for analysis in analyses]
    return Story(
        id=name,
        title=title.span,
        posts=tuple(post.id for post in posts),
        sources=len({post.source for post in posts if post.source}) or 1,
        score=score,
        sentences=tuple(sentence for sentence in best if sentence.span != title.span)[:_STORY_SENTENCES],
        actors=_first(merge_actors([analysis.actors for analysis in analyses]), options.actors),
        numbers=merge_numbers(numbers)[: options.numbers],
        conflicts=find_conflicts(numbers),
    )


def _first(actors: Sequence[Actor], most: int) -> tuple[Actor, ...]:
    return tuple(actors[:most])


def _title(analyses: Sequence[Analysis], best: Sequence[Sentence]) -> Sentence:
    """Take the best of the chosen sentences that is a headline, else the best."""
    headlines = {candidate.span for analysis in analyses for candidate in analysis.candidates if candidate.headline}
    return max(best, key=lambda sentence: (sentence.span in headlines, sentence.score))
