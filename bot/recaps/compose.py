"""Compose a recap: which stories its window holds, which of them are news to its readers, and how much of each is told.

Posts of the window are grouped together with those of stories that were told before. A story that has posts of both is
an update: only what is new in it is told, and it is left out if nothing is. Pure functions, no I/O.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.posts import Analysis, Number, Post, Sentence, Span, Story
from bot.recap import Length, RecapOptions, ToldStory
from bot.text.digest import Options, is_worth_telling, tell_story
from bot.text.importance import importance
from bot.text.stories import group_posts

# A sentence tells nothing new if these shares of its content words stood in one sentence that was there before, or in
# several together.
_RETOLD = 0.6
_RETOLD_TOGETHER = 0.85


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is told: stories, and sentences, actors and numbers of each, the headline not counted."""

    stories: int
    sentences: int
    actors: int
    numbers: int


AMOUNTS = {
    Length.SHORT: Amount(stories=5, sentences=1, actors=0, numbers=0),
    Length.NORMAL: Amount(stories=12, sentences=2, actors=4, numbers=3),
    Length.LONG: Amount(stories=30, sentences=3, actors=6, numbers=5),
}


@dataclass(frozen=True, slots=True)
class Read:
    """A post that was stored and read."""

    seq: int
    post: Post
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Item:
    """A story as a recap tells it.

    Attributes:
        posts: those of the window, oldest first.
        update_of: headline under which it was told before; None if it is new.

    """

    story: Story
    posts: tuple[Post, ...]
    update_of: str | None
    told: ToldStory


@dataclass(frozen=True, slots=True)
class Composed:
    """What a recap tells.

    Attributes:
        items: what matters most first.
        posts: all that were read for it, oldest first, noise included.
        noise: how many of them are advertising or chatter.
        rest: how many stories there was no room for.

    """

    items: tuple[Item, ...]
    posts: tuple[Post, ...]
    noise: int
    rest: int


def compose(
    window: Sequence[Read], before: Sequence[Read], told: Sequence[ToldStory], options: RecapOptions, method: str
) -> Composed:
    """Compose a recap.

    Args:
        window: posts that came since the last one.
        before: posts of the stories that were told.
        told: those stories, the oldest first.
        options: of the recap.
        method: how sentences are chosen, a name of ``bot.text.summary.Options``.

    """
    window = [read for read in window if _is_wanted(read.post, options)]
    amount = AMOUNTS[options.length]
    how = Options(method=method, actors=max(1, amount.actors), numbers=max(1, amount.numbers))
    composer = _Composer(window, before, told, how)
    events = composer.events(options.min_sources)
    items: list[Item] = []
    while events and len(items) < amount.stories:
        items += composer.tell(events.pop(0))
    return Composed(
        items=tuple(_shortened(item, amount) for item in items),
        posts=tuple(read.post for read in window),
        noise=sum(read.analysis.noise for read in window),
        rest=len(events),
    )


@dataclass(frozen=True, slots=True)
class _Event:
    """Posts about one event: those of the window, and those of what was told of it."""

    new: tuple[Read, ...]
    old: tuple[Read, ...]
    score: float


class _Composer:
    """Finds the stories of a window, and what in them is new."""

    def __init__(self, window: Sequence[Read], before: Sequence[Read], told: Sequence[ToldStory], how: Options) -> None:
        self._window = {read.post.id: read for read in window}
        self._before = {
            read.post.id: replace(read, post=_as_of(read.post, window))
            for read in before
            if read.post.id not in self._window
        }
        self._told = told
        self._how = how

    def events(self, min_sources: int) -> list[_Event]:
        """Find what the window tells of, what matters most first."""
        read = [one for one in (*self._before.values(), *self._window.values()) if is_worth_telling(one.analysis)]
        events = []
        for group in group_posts([one.post for one in read], [one.analysis for one in read]) if self._window else ():
            members = [read[index] for index in group.posts]
            new = tuple(one for one in members if one.post.id in self._window)
            if new and len({one.post.source for one in members}) >= min_sources:
                old = tuple(one for one in members if one.post.id in self._before)
                score = importance([one.post for one in new], [one.analysis for one in new]) if old else group.score
                events.append(_Event(new, old, score))
        return sorted(events, key=lambda event: -event.score)

    def tell(self, event: _Event) -> list[Item]:
        """Tell of an event what is new; nothing, if nothing is."""
        story = tell_story("", [(one.post, one.analysis) for one in event.new], event.score, self._how)
        if not event.old:
            return [self._item(story, None)]
        known = _Known(event.old)
        numbers = tuple(number for number in story.numbers if known.lacks_number(number))
        fresh = [
            span
            for span in (story.title, *(sentence.span for sentence in story.sentences))
            if known.lacks_words(self._terms(span)) or any(_holds(span, number.span) for number in numbers)
        ]
        if not fresh:
            return []
        sentences = tuple(sentence for sentence in story.sentences if sentence.span in fresh[1:])
        return [self._item(replace(story, title=fresh[0], sentences=sentences, numbers=numbers), self._earlier(event))]

    def _earlier(self, event: _Event) -> str:
        """Return the headline under which an event was told last."""
        seqs = {one.seq for one in event.old}
        return next((story.title for story in reversed(self._told) if not seqs.isdisjoint(story.posts)), "")

    def _terms(self, span: Span) -> frozenset[str]:
        """Return the content words of a sentence of the window."""
        candidates = self._window[span.post].analysis.candidates
        return next(frozenset(candidate.terms) for candidate in candidates if candidate.span == span)

    def _item(self, story: Story, update_of: str | None) -> Item:
        read = [self._window[name] for name in story.posts]
        told = ToldStory(story.title.text, tuple(one.seq for one in read))
        return Item(story, tuple(one.post for one in read), update_of, told)


class _Known:
    """What the posts of a story said that were told of before."""

    def __init__(self, old: Sequence[Read]) -> None:
        self._sentences = [frozenset(candidate.terms) for one in old for candidate in one.analysis.candidates]
        self._words = frozenset[str]().union(*self._sentences)
        self._numbers = {(number.value, number.unit) for one in old for number in one.analysis.numbers}

    def lacks_number(self, number: Number) -> bool:
        return (number.value, number.unit) not in self._numbers

    def lacks_words(self, terms: frozenset[str]) -> bool:
        if len(terms & self._words) >= _RETOLD_TOGETHER * len(terms):
            return False
        return all(len(terms & sentence) < _RETOLD * len(terms) for sentence in self._sentences)


def _as_of(post: Post, window: Sequence[Read]) -> Post:
    """Let a post be no older than the window: to readers a story is as old as the recap that told it.

    Posts are less alike the more time lies between them, so that of a day ago would hardly be found again.
    """
    dates = [read.post.date for read in window if read.post.date]
    return replace(post, date=max(post.date, min(dates))) if post.date and dates else post


def _holds(span: Span, part: Span) -> bool:
    return span.post == part.post and span.start <= part.start and part.end <= span.end


def _is_wanted(post: Post, options: RecapOptions) -> bool:
    """Tell whether a post passes the recap's filters; words are found within longer ones ("flood" in "floods")."""
    if options.sources and (post.source or "").casefold() not in {source.casefold() for source in options.sources}:
        return False
    text = post.text.casefold()
    return not options.words or any(word.casefold() in text for word in options.words)


def _shortened(item: Item, amount: Amount) -> Item:
    """Keep of a story what there is room for."""
    story = item.story
    sentences: tuple[Sentence, ...] = story.sentences[: amount.sentences]
    kept = replace(
        story,
        sentences=sentences,
        actors=story.actors[: amount.actors],
        numbers=story.numbers[: amount.numbers],
        conflicts=story.conflicts if amount.numbers else (),
    )
    return replace(item, story=kept)
