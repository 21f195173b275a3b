"""What numbers a text holds, in the order of the text."""

from collections.abc import Sequence

from bot.posts import Analysis, Number, Post
from bot.text.numbers import find_numbers
from bot.text.words.document import read_document


def numbers(text: str, lang: str = "en") -> list[Number]:
    found = find_numbers(read_document(Post("p", text), lang))
    return sorted(found, key=lambda number: number.span.start)


def spans(text: str, lang: str = "en") -> list[str]:
    return [number.span.text for number in numbers(text, lang)]


def values(text: str, lang: str = "en") -> list[object]:
    return [number.value for number in numbers(text, lang)]


def only(text: str, lang: str = "en") -> Number:
    (number,) = numbers(text, lang)
    return number


def analysis(post: str, text: str, lang: str = "en") -> Analysis:
    """Return what is known of a post when nothing but numbers is looked for."""
    return Analysis(post, 1, lang, noise=False, candidates=(), actors=(), numbers=_numbers(post, text, lang))


def _numbers(post: str, text: str, lang: str) -> tuple[Number, ...]:
    return find_numbers(read_document(Post(post, text), lang))


def abouts(found: Sequence[Number]) -> list[str | None]:
    return [number.about.text if number.about else None for number in found]
