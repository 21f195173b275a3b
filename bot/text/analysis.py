"""Read one post: everything that is known of it by itself, made once and cached."""

from bot.posts import Analysis, Candidate, Post
from bot.text.actors.features import document_features
from bot.text.actors.find import find_actors
from bot.text.actors.names import find_names
from bot.text.fitness import fitness
from bot.text.numbers import find_numbers
from bot.text.stories.noise import is_noise
from bot.text.words.document import Document, Line, read_document
from bot.text.words.tokens import content_stems

# Grows with every change that makes other facts of the same post.
VERSION = 2


def analyse(post: Post, lang: str | None = None) -> Analysis:
    """Read a post; ``lang`` overrides its own language and the detected one. Never raises, whatever the text."""
    document = read_document(post, lang)
    features = document_features(document)
    names = find_names(document, features)
    return Analysis(
        post=post.id,
        version=VERSION,
        lang=document.lang,
        noise=is_noise(document),
        candidates=tuple(_candidate(document, line) for line in document.lines),
        actors=find_actors(document, names, features),
        numbers=find_numbers(document),
    )


def _candidate(document: Document, line: Line) -> Candidate:
    terms = content_stems(line.tokens, document.lang)
    text = document.text[line.start : line.end]
    return Candidate(document.span(line.start, line.end), terms, line.headline, fitness(text, len(terms)))
