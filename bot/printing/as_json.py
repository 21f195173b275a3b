"""A digest as JSON, version 1; docs/json.md describes it. Keys may be added, never renamed."""

import json
from collections.abc import Mapping
from typing import Any

from bot.posts import Actor, Conflict, Digest, Number, Sentence, Span, Story

VERSION = 1


def as_json(digest: Digest, *, indent: int | None = None) -> str:
    """Return the digest as a JSON object; on one line unless there is an indent."""
    row = _digest(digest)
    text = json.dumps(row, ensure_ascii=False, indent=indent)
    # A lone surrogate can't be written as UTF-8; escaped, the reader gets back exactly what the post held.
    return text if text.isascii() or _encodable(text) else json.dumps(row, indent=indent)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _digest(digest: Digest) -> Mapping[str, Any]:
    return {
        "version": VERSION,
        **({} if digest.id is None else {"id": digest.id}),
        "lang": digest.lang,
        "method": digest.method,
        "sentences": [_sentence(sentence) for sentence in digest.sentences],
        "actors": [_actor(actor) for actor in digest.actors],
        "numbers": [_number(number) for number in digest.numbers],
        "stories": [_story(story) for story in digest.stories],
        "noise": list(digest.noise),
    }


def _span(span: Span) -> Mapping[str, Any]:
    return {"text": span.text, "post": span.post, "start": span.start, "end": span.end}


def _sentence(sentence: Sentence) -> Mapping[str, Any]:
    return {**_span(sentence.span), "score": round(sentence.score, 4)}


def _actor(actor: Actor) -> Mapping[str, Any]:
    return {
        "name": actor.name,
        "kind": actor.kind,
        "role": actor.role and _span(actor.role),
        "mentions": [_span(mention) for mention in actor.mentions],
        "score": round(actor.score, 4),
    }


def _number(number: Number) -> Mapping[str, Any]:
    return {
        **_span(number.span),
        "value": [_plain(value) for value in number.value] if isinstance(number.value, tuple) else _plain(number.value),
        "unit": number.unit,
        "qualifier": number.qualifier,
        "kind": number.kind,
        "about": number.about and _span(number.about),
        "score": round(number.score, 4),
    }


def _plain(value: float | None) -> float | None:
    """Write 120000.0 as 120000."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _story(story: Story) -> Mapping[str, Any]:
    return {
        "id": story.id,
        "title": _span(story.title),
        "posts": list(story.posts),
        "sources": story.sources,
        "score": round(story.score, 4),
        "sentences": [_sentence(sentence) for sentence in story.sentences],
        "actors": [_actor(actor) for actor in story.actors],
        "numbers": [_number(number) for number in story.numbers],
        "conflicts": [_conflict(conflict) for conflict in story.conflicts],
    }


def _conflict(conflict: Conflict) -> Mapping[str, Any]:
    return {"about": _span(conflict.about), "values": [_number(number) for number in conflict.values]}
