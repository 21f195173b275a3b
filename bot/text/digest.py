"""Make a digest of posts: the sentences, actors, numbers and stories that a reader needs.

`digest` makes all of it. Who shows only a part of it asks for that: of many posts the stories take most of the work,
and a chat shows but a few.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from bot.posts import Actor, Analysis, Digest, Number, Post, Sentence, Span, Story
from bot.text.actors.find import merge_actors
from bot.text.numbers import find_conflicts, merge_numbers
from bot.text.question import read_question
from bot.text.stems import post_stems
from bot.text.stories.group import Group, group_posts
from bot.text.stories.tolls import outgrown
from bot.text.summary import Options, Ranked, find_title, rank_sentences, spread, summarise, without_outdated

__all__ = [
    "Digester",
    "Options",
    "digest",
    "digest_actors",
    "digest_numbers",
    "digest_stories",
    "is_worth_telling",
    "tell_story",
]

_STORY_SENTENCES = 3

Read = tuple[Post, Analysis]
Digester = Callable[[Sequence[Post], Sequence[Analysis], Options], Digest]
"""Makes a digest, or a part of one, of posts from their analyses, one for each post in the same order."""


def digest(posts: Sequence[Post], analyses: Sequence[Analysis], options: Options | None = None) -> Digest:
    """Make the digest of posts from their analyses, one for each post in the same order."""
    return _whole(_sift(posts, analyses, options or Options()))


def digest_stories(posts: Sequence[Post], analyses: Sequence[Analysis], options: Options, most: int) -> Digest:
    """Make of a digest the stories that matter most, at most so many; if it is of one post, all of it."""
    sifted = _sift(posts, analyses, options)
    if len(sifted.read) == 1:
        return _whole(sifted)
    groups = _group(sifted)
    return _of(sifted, stories=_tell(sifted, groups[:most]), rest=len(groups[most:]))


def digest_numbers(posts: Sequence[Post], analyses: Sequence[Analysis], options: Options, most: int) -> Digest:
    """Make of a digest the stories that have numbers, as `digest_stories` does."""
    sifted = _sift(posts, analyses, options)
    if len(sifted.read) == 1:
        return _whole(sifted)
    groups = [group for group in _group(sifted) if any(sifted.told[post][1].numbers for post in group.posts)]
    return _of(sifted, stories=_tell(sifted, groups[:most]), rest=len(groups[most:]))


def digest_actors(posts: Sequence[Post], analyses: Sequence[Analysis], options: Options) -> Digest:
    """Make of a digest the actors."""
    sifted = _sift(posts, analyses, options)
    return _of(sifted, actors=_actors(sifted.told)[: options.actors])


def tell_story(name: str, read: Sequence[Read], score: float, options: Options) -> Story:
    """Tell one event of posts, oldest first, that are about it and `is_worth_telling` each.

    ``score`` says how much it matters.
    """
    ranked = without_outdated(_ranked(read, options), _outdated(read))
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


@dataclass(frozen=True, slots=True)
class _Sifted:
    """The posts of a digest, and those of them that are told; ``id`` is that of the post if only one was given."""

    read: Sequence[Read]
    told: Sequence[Read]
    options: Options
    id: str | None


def _sift(posts: Sequence[Post], analyses: Sequence[Analysis], options: Options) -> _Sifted:
    """Keep the posts that hold what was asked for."""
    if len(posts) == 1:
        analyses = [replace(analyses[0], noise=False)]  # a reader who gives one post wants it read
    read = list(zip(posts, analyses, strict=True))
    if options.query:
        question = read_question(options.query)
        read = [(post, analysis) for post, analysis in read if question.fits(post_stems(post))]
    told = [(post, analysis) for post, analysis in read if is_worth_telling(analysis)]
    return _Sifted(read, told, options, posts[0].id if len(posts) == 1 else None)


def _whole(sifted: _Sifted) -> Digest:
    groups, options = _group(sifted), sifted.options
    stories = _tell(sifted, groups)
    return replace(
        _of(sifted, stories=stories, actors=_actors(sifted.told)[: options.actors]),
        sentences=_summary(sifted.told, groups, options),
        numbers=_in_turns([story.numbers for story in stories])[: options.numbers],
    )


def _of(sifted: _Sifted, *, stories: tuple[Story, ...] = (), rest: int = 0, actors: tuple[Actor, ...] = ()) -> Digest:
    """Make a digest that holds some of what the posts yield."""
    analyses = [analysis for _, analysis in sifted.read]
    return Digest(
        lang=sifted.options.lang or _main_language(analyses),
        method=sifted.options.method,
        actors=actors,
        stories=stories,
        noise=tuple(analysis.post for analysis in analyses if analysis.noise),
        id=sifted.id,
        posts=tuple(post.id for post, _ in sifted.read),
        rest=rest,
    )


def _group(sifted: _Sifted) -> tuple[Group, ...]:
    return group_posts([post for post, _ in sifted.told], [analysis for _, analysis in sifted.told])


def _tell(sifted: _Sifted, groups: Sequence[Group]) -> tuple[Story, ...]:
    return tuple(
        tell_story(f"s{number}", [sifted.told[post] for post in group.posts], group.score, sifted.options)
        for number, group in enumerate(groups, start=1)
    )


def _summary(told: Sequence[Read], groups: Sequence[Group], options: Options) -> tuple[Sentence, ...]:
    """Sum up all that is told: the stories that matter first, no story alone."""
    ranked = _ranked(told, options)
    stale = frozenset[Span]().union(*(_outdated([told[post] for post in group.posts]) for group in groups))
    ranked = without_outdated(ranked, stale)
    if options.method == "sitrep" and len(groups) > 1:
        story_of = {post: story for story, group in enumerate(groups) for post in group.posts}
        ranked = spread(ranked, [story_of[post] for post in range(len(told))], [group.score for group in groups])
    return summarise(ranked, options)


def _outdated(read: Sequence[Read]) -> frozenset[Span]:
    return outgrown([post for post, _ in read], [analysis for _, analysis in read])


def _actors(told: Sequence[Read]) -> tuple[Actor, ...]:
    return merge_actors([analysis.actors for _, analysis in told], [post.source for post, _ in told])


def _in_turns(numbers: Sequence[Sequence[Number]]) -> tuple[Number, ...]:
    """Take the best number of each story, then the second best, and so on: those of different events don't compare."""
    return tuple(number for row in zip_longest(*numbers) for number in row if number is not None)


def _main_language(analyses: Sequence[Analysis]) -> str:
    weight: defaultdict[str, int] = defaultdict(int)
    for analysis in analyses:
        weight[analysis.lang] += sum(len(candidate.terms) for candidate in analysis.candidates)
    return max(weight, key=lambda lang: weight[lang], default="en")


def _ranked(read: Sequence[Read], options: Options) -> Ranked:
    return rank_sentences([post for post, _ in read], [analysis for _, analysis in read], options)
