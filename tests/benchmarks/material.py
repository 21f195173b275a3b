"""Posts and sentences in any number, made from those of tests/data by exchanging sentences and halves of sentences."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle, islice
from pathlib import Path

from bot.posts import Origin, OriginKind, Post
from bot.text.words.sentences import split_sentences

DATA = Path(__file__).parents[1] / "data"
STREAM = DATA / "gold" / "stream_ru.jsonl"
SEED = DATA / "seed.txt"
_FILES = {
    "en": (DATA / "ner" / "en.jsonl",),
    "ru": (STREAM, DATA / "ner" / "ru.jsonl", DATA / "summaries" / "headlines_ru.jsonl"),
}
_START = datetime(2024, 11, 21, 6, 0, tzinfo=UTC)
_WEEK = 7 * 24 * 60
_CHANNELS = 50


@cache
def real_posts(lang: str) -> tuple[Post, ...]:
    """Return the posts of tests/data in a language: articles in English, Telegram posts in Russian."""
    rows = [json.loads(line) for path in _FILES[lang] for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(Post(f"{lang}{place}", row["text"], lang=lang) for place, row in enumerate(rows))


def count_words(posts: tuple[Post, ...]) -> int:
    """Count words as they are between spaces."""
    return sum(len(post.text.split()) for post in posts)


def made_posts(count: int, lang: str = "ru") -> tuple[Post, ...]:
    """Return posts of a week: the real ones again and again, from the second time on with a sentence exchanged."""
    rng = random.Random(count)  # noqa: S311 - the same posts in every run, not a secret
    texts = [post.text for post in real_posts(lang)]
    posts = []
    for place, text in enumerate(islice(cycle(texts), count)):
        written = text if place < len(texts) else _exchange(text, rng.choice(texts), lang, rng)
        date = _START + timedelta(minutes=rng.randrange(_WEEK))
        posts.append(
            Post(str(place), written, date, Origin(OriginKind.CHANNEL, f"channel {place % _CHANNELS}"), lang=lang)
        )
    return tuple(posts)


def made_sentences(count: int, lang: str = "en") -> list[str]:
    """Return sentences: the real ones, then the first half of one with the second half of another."""
    return list(islice(_sentences(lang), count))


def _sentences(lang: str) -> Iterator[str]:
    real = [
        post.text[start:end]
        for post in real_posts(lang)
        for start, end in split_sentences(post.text, lang)
        if end > start
    ]
    yield from real
    rng = random.Random(lang)  # noqa: S311 - as above
    while True:
        first, second = rng.choice(real).split(), rng.choice(real).split()
        yield " ".join(first[: len(first) // 2] + second[len(second) // 2 :])


def _exchange(text: str, other: str, lang: str, rng: random.Random) -> str:
    """Put a sentence of another text into the place of one of a text."""
    start, end = rng.choice(split_sentences(text, lang) or [(0, 0)])
    from_, to = rng.choice(split_sentences(other, lang) or [(0, 0)])
    return text[:start] + other[from_:to] + text[end:]
