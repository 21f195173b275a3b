"""Compose a recap: which events are news to its readers, and how much of each is told.

An event of which something was told before is an update: only what is new in it is told, and it is left out if nothing
is. Pure functions, no I/O.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.posts import Analysis, Number, Post, Sentence, Span, Story
from bot.recap import Length, RecapOptions, ToldStory
from bot.recaps.events import Found, Member, Read
from bot.text.digest import Options, is_worth_telling, tell_story
from bot.text.stories.known import untold_first

# A sentence tells nothing new if these shares of its content words stood in one sentence that was there before, or in
# several together.
_RETOLD = 0.6
_RETOLD_TOGETHER = 0.85
# More numbers of a story are looked at than are told: those that differ stand elsewhere.
_MOST_NUMBERS = 20


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
class Item:
    """A story as a recap tells it.

    Attributes:
        posts: those of the window, oldest first.
        update_of: headline under which it was told before; None if it is new.
        old: seqs of the posts that told of it before.

    """

    story: Story
    posts: tuple[Post, ...]
    update_of: str | None
    told: ToldStory
    old: tuple[int, ...] = ()


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
    found: Found, analyses: Mapping[int, Analysis], told: Sequence[ToldStory], options: RecapOptions, method: str
) -> Composed:
    """Compose a recap.

    Args:
        found: the events of its window.
        analyses: by seq, of the posts of these events; one that has none is left out.
        told: stories that were told before, the oldest first.
        options: of the recap.
        method: how sentences are chosen, a name of ``bot.text.summary.Options``.

    """
    amount, how = AMOUNTS[options.length], _how(options, method)
    items: list[Item] = []
    events = deque(found.events)
    while events and len(items) < amount.stories:
        event = events.popleft()
        new, old = _read(event.new, analyses), _read(event.old, analyses)
        if new and (item := _tell(new, old, event.score, told, how)):
            items.append(_shortened(item, amount))
    return Composed(tuple(items), found.posts, found.noise, len(events) + found.others)


def retell(new: Sequence[Read], old: Sequence[Read], options: RecapOptions, method: str) -> Item | None:
    """Tell a story again as `compose` told it, after an edit; None if nothing of it is worth telling any more.

    Args:
        new: the posts of which it was told.
        old: posts that told of it before.
        options: of the recap.
        method: how sentences are chosen.

    """
    new = [one for one in new if is_worth_telling(one.analysis)]
    item = _tell(new, old, 0.0, (), _how(options, method)) if new else None
    return _shortened(item, AMOUNTS[options.length]) if item else None


def _how(options: RecapOptions, method: str) -> Options:
    amount = AMOUNTS[options.length]
    return Options(method=method, actors=max(1, amount.actors), numbers=_MOST_NUMBERS)


def _read(members: Sequence[Member], analyses: Mapping[int, Analysis]) -> list[Read]:
    return [Read(one.seq, one.post, analyses[one.seq]) for one in members if one.seq in analyses]


def _tell(
    new: Sequence[Read], old: Sequence[Read], score: float, told: Sequence[ToldStory], how: Options
) -> Item | None:
    """Tell of an event what is new; None if nothing is."""
    story = tell_story("", [(one.post, one.analysis) for one in new], score, how)
    if not old:
        return _item(story, new, None)
    known, terms = _Known(old), _terms(new)
    numbers = tuple(number for number in story.numbers if known.lacks_number(number))
    fresh = [
        span
        for span in (story.title, *(sentence.span for sentence in story.sentences))
        if known.lacks_words(terms[span]) or any(_holds(span, number.span) for number in numbers)
    ]
    if not fresh:
        return None
    sentences = tuple(sentence for sentence in story.sentences if sentence.span in fresh[1:])
    update = replace(story, title=fresh[0], sentences=sentences, numbers=numbers)
    return replace(_item(update, new, _earlier(old, told)), old=tuple(one.seq for one in old))


def _earlier(old: Sequence[Read], told: Sequence[ToldStory]) -> str:
    """Return the headline under which an event was told last."""
    seqs = {one.seq for one in old}
    return next((story.title for story in reversed(told) if not seqs.isdisjoint(story.posts)), "")


def _terms(read: Sequence[Read]) -> dict[Span, frozenset[str]]:
    """Return the content words of each sentence."""
    return {candidate.span: frozenset(candidate.terms) for one in read for candidate in one.analysis.candidates}


def _item(story: Story, new: Sequence[Read], update_of: str | None) -> Item:
    read = {one.post.id: one for one in new}
    posts = [read[name] for name in story.posts]
    told = ToldStory(story.title.text, tuple(one.seq for one in posts))
    return Item(story, tuple(one.post for one in posts), update_of, told)


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


def _holds(span: Span, part: Span) -> bool:
    return span.post == part.post and span.start <= part.start and part.end <= span.end


def _shortened(item: Item, amount: Amount) -> Item:
    """Keep of a story what there is room for; numbers that its sentences do not tell rather than others.

    Figures that differ are told beside the other numbers.
    """
    story = item.story
    differing = {(value.kind, value.value) for conflict in story.conflicts for value in conflict.values}
    others = [number for number in story.numbers if (number.kind, number.value) not in differing]
    sentences: tuple[Sentence, ...] = story.sentences[: amount.sentences]
    told = [story.title.text, *(sentence.span.text for sentence in sentences)]
    order = untold_first([number.span.text for number in others], told)
    kept = replace(
        story,
        sentences=sentences,
        actors=story.actors[: amount.actors],
        numbers=tuple(others[place] for place in order[: amount.numbers]),
        conflicts=story.conflicts if amount.numbers else (),
    )
    return replace(item, story=kept)
