"""Say what came of a request: how many posts hold its words, that none do, or what could not be understood."""

import re
from collections.abc import Sequence
from datetime import datetime

from bot.telegram.answering.searching import Searched
from bot.telegram.asking.request import Request
from bot.telegram.texts import Texts
from bot.telegram.writing.markup import has_room, shortened

_WORDS_UNITS = 100
_PHRASE = re.compile(r'"[^"]+"')


def say_found(texts: Texts, searched: Searched, request: Request, shown: int) -> str:
    """Say how many posts hold what was looked for, in which way, and how many of them are shown."""
    values: dict[str, str | int] = {
        "words": _shown(request.query),
        "found": searched.found,
        "posts": searched.among.posts,
    }
    if not searched.question.wanted:
        said = texts.say("search-left", **values)
    elif searched.begun:
        said = texts.say("search-begun", **values)
    elif searched.there and len(searched.there) == searched.held:
        said = texts.say("search-have", **values, there=_shown(", ".join(searched.there)))
    elif searched.held < len(searched.question.wanted):
        said = texts.say("search-some", **values, held=searched.held, asked=len(searched.question.wanted))
    else:
        said = texts.say("search-found", **values)
    return f"{said} {texts.say('search-newest', shown=shown)}" if shown < searched.found else said


def say_shown(texts: Texts, words: str) -> str:
    """Say what the posts hold that are shown."""
    return texts.say("search-shown", words=_shown(words))


def say_found_nothing(texts: Texts, searched: Searched, request: Request, command: str, now: datetime) -> str:
    """Say what was looked for in vain, and in which posts; and what else one can do."""
    words, among = _shown(request.query), searched.among
    if not searched.question or among.first is None or among.last is None:
        return texts.say("search-no-words", words=words, command=command)
    period = texts.period(among.first, among.last, now)
    return texts.say("search-none", words=words, posts=among.posts, period=period, command=command)


def say_unclear(texts: Texts, request: Request, command: str) -> str:
    """Say what of a request could not be understood, and what one can write."""
    return texts.say("request-unclear", words=_shown(", ".join(request.unclear)), command=command)


def under(head: str, written: Sequence[str]) -> list[str]:
    """Put a head, if there is one, above the first of some messages, or before it if there is no room."""
    first, *rest = written
    if not head:
        return [first, *rest]
    whole = f"{head}\n\n{first}"
    return [whole, *rest] if has_room(whole) else [head, first, *rest]


def say_two(texts: Texts, request: Request, command: str) -> str:
    """Say which two things that were asked for don't go together."""
    one, other = (_shown(said) for said in request.twice)
    return texts.say("request-two", one=one, other=other, command=command)


def say_not_taken(texts: Texts, request: Request) -> str:
    """Say that a few words were looked for in vain, and not taken for a post."""
    return texts.say("few-words", words=_shown(request.query))


def _shown(words: str) -> str:
    """Write words as they stand between quotation marks: a phrase brings its own."""
    alone = words[1:-1] if _PHRASE.fullmatch(words) else words
    return shortened(alone, _WORDS_UNITS)
