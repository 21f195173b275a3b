"""Read one post: everything that is known of it by itself, made once and cached."""

import re

from bot.posts import Analysis, Candidate, Post
from bot.text.actors import find_actors
from bot.text.document import Document, Line, read_document
from bot.text.names import find_names
from bot.text.noise import is_noise
from bot.text.numbers import find_numbers
from bot.text.tokens import is_stopword, stem

# Grows with every change that makes other facts of the same post.
VERSION = 1

# A sentence that opens so leans on the one before it.
_DANGLING = re.compile(
    r"^\W*(?:he|she|it|they|this|that|these|those|his|her|their|its|but|and|however|also|meanwhile|moreover|therefore|"
    r"so|then|он|она|оно|они|это|эти|этот|эта|его|её|ее|их|но|а|и|однако|также|кроме того|при этом|поэтому|там|тогда|"
    r"затем|так|таким образом)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?\W*$")
_FRAGMENT_WORDS = 4


def analyse(post: Post, lang: str | None = None) -> Analysis:
    """Read a post; ``lang`` overrides its own language and the detected one. Never raises, whatever the text."""
    document = read_document(post, lang)
    names = find_names(document)
    return Analysis(
        post=post.id,
        version=VERSION,
        lang=document.lang,
        noise=is_noise(document),
        candidates=tuple(_candidate(document, line) for line in document.lines),
        actors=find_actors(document, names),
        numbers=find_numbers(document),
    )


def _candidate(document: Document, line: Line) -> Candidate:
    span = document.span(line.start, line.end)
    terms = tuple(
        stem(token.text, document.lang)
        for token in line.tokens
        if token.text[0].isalnum() and not is_stopword(token.text, document.lang)
    )
    return Candidate(span, terms, line.headline, _fitness(document.text[line.start : line.end], len(terms)))


def _fitness(text: str, terms: int) -> float:
    """Say how fit a sentence is to be quoted alone."""
    fitness = 1.0
    if _DANGLING.match(text):
        fitness *= 0.6
    if _QUESTION.search(text):
        fitness *= 0.5
    if terms < _FRAGMENT_WORDS:
        fitness *= 0.4
    if text.count("«") + text.count("“") != text.count("»") + text.count("”") or text.count('"') % 2:
        fitness *= 0.7
    return fitness
