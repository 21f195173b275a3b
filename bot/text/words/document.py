"""A post as the readers of this folder see it: cleaned, split into sentences and tokens.

Offsets here are in code points into the cleaned text; ``Document.span`` turns a pair of them into a span of
the post's own text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.posts import MarkKind, Post, Span
from bot.text.words.clean import Cleaned, clean
from bot.text.words.language import detect_language
from bot.text.words.sentences import split_sentences
from bot.text.words.tokens import Token, content_stems, tokenise

# More content words than this are a paragraph, not a headline; of fewer than those none consists.
_LONGEST, _SHORTEST_HEADLINE = 25, 4
_STOPS = ".!?…:,;"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the cleaned text with its tokens; ``headline`` if it stands as the post's headline."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    headline: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A post prepared for reading."""

    post: Post
    clean: Cleaned
    lang: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.clean.text

    def span(self, start: int, end: int) -> Span:
        """Turn offsets of the cleaned text into a verbatim span of the post."""
        start, end = self.clean.original(start, end)
        return Span(self.post.text[start:end], self.post.id, start, end)


def read_document(post: Post, lang: str | None = None) -> Document:
    """Prepare a post for reading; ``lang`` overrides the post's own language and the detected one."""
    cleaned = clean(post.text, post.marks, post.source)
    lang = lang or post.lang or detect_language(cleaned.text)
    bounds = _whole_headline(cleaned.text, lang, split_sentences(cleaned.text, lang))
    headline = _has_headline(post, cleaned, bounds)
    lines = tuple(
        Line(start, end, tuple(tokenise(cleaned.text, start, end)), headline=headline and index == 0)
        for index, (start, end) in enumerate(bounds)
    )
    return Document(post, cleaned, lang, lines)


def _whole_headline(text: str, lang: str, bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take the first line for one sentence, if it is a headline of several, the first too short to be one alone.

    Headlines end without a full stop: "The myth calls! How it changed. Part three".
    """
    breaks = (index for index in range(1, len(bounds)) if "\n" in text[bounds[index - 1][1] : bounds[index][0]])
    size = next(breaks, 0)
    if size < 2:
        return bounds
    start, end = bounds[0][0], bounds[size - 1][1]
    if text[end - 1] in _STOPS or _terms(text, lang, *bounds[0]) >= _SHORTEST_HEADLINE:
        return bounds
    return [(start, end), *bounds[size:]] if _terms(text, lang, start, end) <= _LONGEST else bounds


def _terms(text: str, lang: str, start: int, end: int) -> int:
    """Count the words of a stretch that say something."""
    return len(content_stems(tokenise(text, start, end), lang))


def _has_headline(post: Post, cleaned: Cleaned, bounds: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the first sentence stands as a headline: alone in its line, or bold where what follows is not."""
    if len(bounds) < 2:
        return False
    (start, end), (following, _) = bounds[:2]
    return "\n" in cleaned.text[end:following] or _is_bold(post, *cleaned.original(start, end))


def _is_bold(post: Post, start: int, end: int) -> bool:
    """Tell whether exactly a stretch of the post's text is bold, by its marks or by Markdown in the text."""
    by_marks = any(
        mark.kind is MarkKind.BOLD and mark.start <= start and end <= mark.end <= end + 2 for mark in post.marks
    )
    return by_marks or (post.text.endswith("**", 0, start) and post.text[end : end + 3].strip().startswith("**"))
