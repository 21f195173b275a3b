"""A post as the readers of this folder see it: cleaned, split into sentences and tokens.

Offsets here are in code points into the cleaned text; ``Document.span`` turns a pair of them into a span of
the post's own text.
"""

from dataclasses import dataclass

from bot.posts import Post, Span
from bot.text.clean import Cleaned, clean
from bot.text.language import detect_language
from bot.text.sentences import split_sentences
from bot.text.tokens import Token, tokenise


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
    cleaned = clean(post.text, post.marks)
    lang = lang or post.lang or detect_language(cleaned.text)
    bounds = split_sentences(cleaned.text, lang)
    lines = []
    for position, (start, end) in enumerate(bounds):
        tokens = tuple(tokenise(cleaned.text, start, end))
        followed = position + 1 < len(bounds) and "\n" in cleaned.text[end : bounds[position + 1][0]]
        lines.append(Line(start, end, tokens, headline=position == 0 and followed))
    return Document(post, cleaned, lang, tuple(lines))
