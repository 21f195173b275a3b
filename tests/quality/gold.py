"""The annotated posts of tests/data, typed."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.files import load_posts
from bot.posts import Post

DATA = Path(__file__).parents[1] / "data"
KEY_SALIENCE = 2

Value = float | tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class GoldActor:
    """An annotated actor; ``names`` are all its verbatim forms, ``key``: a reader must know it."""

    names: tuple[str, ...]
    kind: str
    role: str | None
    key: bool


@dataclass(frozen=True, slots=True)
class GoldNumber:
    """An annotated quantity; offsets of its span are in code points into the post's text."""

    start: int
    end: int
    value: Value
    unit: str
    qualifier: str
    what: str


@dataclass(frozen=True, slots=True)
class GoldPost:
    """An annotated post; ``lead`` are the sentences that summarise it, best first."""

    post: Post
    actors: tuple[GoldActor, ...]
    numbers: tuple[GoldNumber, ...]
    lead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldStream:
    """Annotated posts of one day: the stories (by name, the ids of their posts), noise, and the editor's top ten."""

    posts: tuple[Post, ...]
    stories: dict[str, frozenset[str]]
    noise: frozenset[str]
    top: frozenset[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """Texts, and the summaries that people wrote of them."""

    posts: tuple[Post, ...]
    references: tuple[str, ...]


def load_gold_posts(lang: str) -> list[GoldPost]:
    """Return the annotated posts of a language."""
    path = DATA / "gold" / f"posts_{lang}.jsonl"
    return [_gold_post(row, post) for row, post in zip(_rows(path), _posts(path), strict=True)]


def load_gold_stream() -> GoldStream:
    """Return the Russian day of 18 channels."""
    path = DATA / "gold" / "stream_ru.jsonl"
    posts_of: dict[str, set[str]] = {}
    for row in _rows(path):
        posts_of.setdefault(row["story"], set()).add(row["id"])
    noise = posts_of.pop("noise")
    titles = _rows(path.with_suffix(".titles.jsonl"))
    return GoldStream(
        posts=tuple(_posts(path)),
        stories={story: frozenset(posts) for story, posts in posts_of.items()},
        noise=frozenset(noise),
        top=frozenset(title["story"] for title in titles if title.get("rank")),
    )


def load_topics(lang: str) -> list[Topic]:
    """Return what people summarised: ten articles in 250 words (en), or a post in its headline (ru)."""
    if lang == "en":
        return [
            Topic(
                tuple(Post(f"{row['id']}/{place}", text, lang="en") for place, text in enumerate(row["docs"])),
                tuple(row["summaries"]),
            )
            for row in _rows(DATA / "summaries" / "topics_en.jsonl")
        ]
    return [
        Topic((Post(row["id"], row["text"], lang="ru"),), (row["summary"],))
        for row in _rows(DATA / "summaries" / "headlines_ru.jsonl")
    ]


def _rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _posts(path: Path) -> list[Post]:
    return load_posts([str(path)], io.BytesIO())


def _gold_post(row: Any, post: Post) -> GoldPost:
    actors = tuple(
        GoldActor((actor["name"], *actor["aliases"]), actor["kind"], actor["role"], actor["salience"] == KEY_SALIENCE)
        for actor in row["actors"]
    )
    return GoldPost(post, actors, _gold_numbers(row["numbers"], post.text), tuple(row["lead"]))


def _gold_numbers(rows: list[Any], text: str) -> tuple[GoldNumber, ...]:
    """Find where the annotated spans stand: the same span annotated again is its next occurrence, if there is one."""
    numbers = []
    last: dict[str, int] = {}
    for row in rows:
        span = row["span"]
        start = text.find(span, last[span] + len(span)) if span in last else text.index(span)
        if start < 0:
            start = last[span]
        last[span] = start
        value = tuple(row["value"]) if isinstance(row["value"], list) else row["value"]
        numbers.append(
            GoldNumber(start, start + len(span), value, row["unit"] or "", row["qualifier"], row["what"] or "")
        )
    return tuple(numbers)
