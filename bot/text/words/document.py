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
from bot.text.words.tokens import Token, tokenise


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
    bounds = split_sentences(cleaned.text, lang)
    headline = _has_headline(post, cleaned, bounds)
    lines = tuple(
        Line(start, end, tuple(tokenise(cleaned.text, start, end)), headline=headline and index == 0)
        for index, (start, end) in enumerate(bounds)
    )
    return Document(post, cleaned, lang, lines)


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
