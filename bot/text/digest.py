"""Make a digest of posts: the sentences, actors, numbers and stories that a reader needs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from bot.posts import Actor, Analysis, Digest, Number, Post, Sentence, Story
from bot.text.actors import merge_actors
from bot.text.numbers import find_conflicts, merge_numbers
from bot.text.stories import Group, group_posts
from bot.text.summary import Options, Ranked, find_title, query_stems, rank_sentences, spread, summarise

__all__ = ["Options", "digest", "is_worth_telling", "tell_story"]

_STORY_SENTENCES = 3


def digest(posts: Sequence[Post], analyses: Sequence[Analysis], options: Options | None = None) -> Digest:
    """Make the digest of posts from their analyses, one for each post in the same order."""
    options = options or Options()
    if len(posts) == 1:
        analyses = [replace(analyses[0], noise=False)]  # a reader who gives one post wants it read
    read = list(zip(posts, analyses, strict=True))
    if options.query:
        read = [(post, analysis) for post, analysis in read if _holds(analysis, options.query)]
    told = [(post, analysis) for post, analysis in read if is_worth_telling(analysis)]
    groups = group_posts([post for post, _ in told], [analysis for _, analysis in told])
    stories = tuple(
        tell_story(f"s{number}", [told[index] for index in group.posts], group.score, options)
        for number, group in enumerate(groups, start=1)
    )
    return Digest(
        lang=options.lang or _main_language([analysis for _, analysis in read]),
        method=options.method,
        sentences=_summary(told, groups, options),
        actors=_actors(told)[: options.actors],
        numbers=_in_turns([story.numbers for story in stories])[: options.numbers],
        stories=stories,
        noise=tuple(analysis.post for _, analysis in read if analysis.noise),
        id=posts[0].id if len(posts) == 1 else None,
    )


def tell_story(name: str, read: Sequence[tuple[Post, Analysis]], score: float, options: Options) -> Story:
    """Tell one event of posts that are about it and `is_worth_telling` each; ``score`` says how much it matters."""
    ranked = _ranked(read, options)
    title = find_title(ranked)
    best = summarise(ranked, replace(options, sentences=_STORY_SENTENCES, words=None, chars=None), title)
    analyses = [analysis for _, analysis in read]
    return Story(
        id=name,
        title=ranked.candidates[title].span,
        posts=tuple(post.id for post, _ in read),
        sources=len({post.source for post, _ in read if post.source}) or 1,
        score=score,
        sentences=best,
        actors=_actors(read)[: options.actors],
        numbers=merge_numbers(analyses)[: options.numbers],
        conflicts=find_conflicts(analyses),
    )


def is_worth_telling(analysis: Analysis) -> bool:
    """Tell whether a post is no noise, and says something."""
    return not analysis.noise and any(candidate.terms for candidate in analysis.candidates)


def _summary(told: Sequence[tuple[Post, Analysis]], groups: Sequence[Group], options: Options) -> tuple[Sentence, ...]:
    """Sum up all that is told: the stories that matter first, no story alone."""
    ranked = _ranked(told, options)
    if options.method == "sitrep" and len(groups) > 1:
        story_of = {post: story for story, group in enumerate(groups) for post in group.posts}
        ranked = spread(ranked, [story_of[post] for post in range(len(told))], [group.score for group in groups])
    return summarise(ranked, options)


def _actors(told: Sequence[tuple[Post, Analysis]]) -> tuple[Actor, ...]:
    return merge_actors([analysis.actors for _, analysis in told], [post.source for post, _ in told])


def _in_turns(numbers: Sequence[Sequence[Number]]) -> tuple[Number, ...]:
    """Take the best number of each story, then the second best, and so on: those of different events don't compare."""
    return tuple(number for row in zip_longest(*numbers) for number in row if number is not None)


def _holds(analysis: Analysis, query: str) -> bool:
    """Tell whether a post holds every word of a query."""
    terms = {term for candidate in analysis.candidates for term in candidate.terms}
    return query_stems(query, analysis.lang) <= terms


def _main_language(analyses: Sequence[Analysis]) -> str:
    weight: defaultdict[str, int] = defaultdict(int)
    for analysis in analyses:
        weight[analysis.lang] += sum(len(candidate.terms) for candidate in analysis.candidates)
    return max(weight, key=lambda lang: weight[lang], default="en")


def _ranked(read: Sequence[tuple[Post, Analysis]], options: Options) -> Ranked:
    return rank_sentences([post for post, _ in read], [analysis for _, analysis in read], options)
