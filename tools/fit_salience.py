"""Fit the weights of bot/text/actors/salience.py, and measure them by cross-validation.

    python -m tools.fit_salience

Writes the weights of a logistic regression (ridge, Newton's method) over annotated posts of tests/data/gold, and over
pairs of a key actor and another of the same post, into the module. Prints, over eight folds of posts, the precision of
the actors returned, the share of key actors among them, and how often the first one is a key actor; then the same of
posts that nothing is learned from.
"""

import json
import re
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.posts import Origin, OriginKind, Post
from bot.text.actors.contenders import find_contenders
from bot.text.actors.names import find_names
from bot.text.actors.salience import LEAST, salience_features
from bot.text.words.document import read_document

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "data" / "gold"
MODULE = ROOT / "bot" / "text" / "actors" / "salience.py"
FILES = ("posts_en.jsonl", "posts_ru.jsonl", "actors_en.jsonl", "actors_ru.jsonl")
HELD = ("held_en.jsonl", "held_ru.jsonl")
FOLDS = 8
RIDGE = 3.0
# How much a reader wants an actor: one that he must know, and one that is only mentioned.
WANTED = {2: 1.0, 1: 0.25}
# How much the order of a post's actors counts beside that.
RANKING = 0.3
MOST = 8


@dataclass(frozen=True, slots=True)
class Example:
    """One contender: what is seen of him, the annotated actor that he is, and how much that one is wanted."""

    features: tuple[float, ...]
    actor: int | None
    wanted: float


@dataclass(frozen=True, slots=True)
class Annotated:
    """The contenders of one annotated post, and which of its actors are key."""

    examples: tuple[Example, ...]
    key: frozenset[int]


def read(file: str) -> tuple[list[str], list[Annotated]]:
    """Return the names of the features, and the posts of a file."""
    names: list[str] = []
    posts = []
    for line in (GOLD / file).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = read_document(Post(row["id"], row["text"], origin=Origin(OriginKind.CHANNEL, row["source"])))
        examples = []
        seen: set[int | None] = {None}
        for contender in find_contenders(document, find_names(document)):
            features = salience_features(document, contender)
            names = list(features)
            surfaces = [document.text[alias.start : alias.end] for alias in contender.aliases]
            actor = _which(surfaces, row["actors"])
            wanted = 0.0 if actor is None or actor in seen else WANTED[row["actors"][actor]["salience"]]
            seen.add(actor)
            examples.append(Example(tuple(features.values()), actor, wanted))
        key = frozenset(index for index, actor in enumerate(row["actors"]) if actor["salience"] == max(WANTED))
        posts.append(Annotated(tuple(examples), key))
    return names, posts


def _which(surfaces: Sequence[str], actors: Sequence[Any]) -> int | None:
    """Find the annotated actor of these names: by a whole name, else by one that holds all words of the other."""
    mine = [_words(surface) for surface in surfaces]
    for same in (_equal, _within):
        for index, actor in enumerate(actors):
            theirs = [_words(name) for name in (actor["name"], *actor["aliases"])]
            if any(same(one, other) for one in mine for other in theirs):
                return index
    return None


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold().replace("ё", "е"))) - {"the", "s"}


def _equal(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other


def _within(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return shorter <= longer and any(len(word) > 3 for word in shorter)


def fit(posts: Sequence[Annotated]) -> NDArray[np.float64]:
    """Return the weights that explain best how much each contender is wanted, and who stands before whom."""
    examples = [example for post in posts for example in post.examples]
    seen = np.array([example.features for example in examples])
    wanted = np.array([example.wanted for example in examples])
    before = np.array([difference for post in posts for difference in _differences(post)])
    ridge = np.eye(seen.shape[1]) * RIDGE
    ridge[0, 0] = 0.01  # the constant
    weights: NDArray[np.float64] = np.zeros(seen.shape[1])
    for _ in range(30):
        guess, doubt = _logistic(seen @ weights), _logistic(-before @ weights)
        slope = seen.T @ (guess - wanted) - RANKING * before.T @ doubt + ridge @ weights
        curve = _curvature(seen, guess) + RANKING * _curvature(before, doubt) + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights


def _differences(post: Annotated) -> Iterator[NDArray[np.float64]]:
    """Yield what a key actor has and another contender has not, for all pairs of a post, which weigh one key actor."""
    key = [np.array(example.features) for example in post.examples if example.wanted == WANTED[2]]
    rest = [np.array(example.features) for example in post.examples if example.wanted < WANTED[2]]
    for one in key:
        for other in rest:
            yield (one - other) / (len(key) * len(rest)) ** 0.5


def _logistic(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-scores))


def _curvature(seen: NDArray[np.float64], guess: NDArray[np.float64]) -> NDArray[np.float64]:
    return (seen * (guess * (1 - guess))[:, None]).T @ seen


@dataclass(slots=True)
class Tally:
    """Counts what is returned of posts, and what of it is right."""

    returned: int = 0
    right: int = 0
    key: int = 0
    found: int = 0
    with_key: int = 0
    first: int = 0

    def add(self, post: Annotated, weights: NDArray[np.float64]) -> None:
        """Count a post, as read with these weights."""
        scores = [_logistic(np.dot(example.features, weights)) for example in post.examples]
        ranked = sorted(zip(scores, post.examples, strict=True), key=lambda pair: -pair[0])
        chosen = [example.actor for score, example in ranked if score >= LEAST][:MOST]
        hits = {actor for actor in chosen if actor is not None}
        self.returned += len(chosen)
        self.right += len(hits)
        self.key += len(post.key)
        self.found += len(post.key & hits)
        self.with_key += bool(post.key)
        self.first += bool(chosen) and chosen[0] in post.key

    def __str__(self) -> str:
        """Return the figures."""
        precision, recall = self.right / self.returned, self.found / self.key
        f1 = 2 * precision * recall / (precision + recall)
        first = self.first / self.with_key
        return f"precision {precision:.3f}  key found {recall:.3f}  F1 {f1:.3f}  first is key {first:.3f}"


def measure(posts: Sequence[Annotated], others: Sequence[Annotated]) -> Tally:
    """Return the figures of one file over the folds; the other files are always learned from."""
    tally = Tally()
    for fold in range(FOLDS):
        rest = [post for index, post in enumerate(posts) if index % FOLDS != fold]
        weights = fit([*rest, *others])
        for post in posts[fold::FOLDS]:
            tally.add(post, weights)
    return tally


def write(names: Sequence[str], weights: NDArray[np.float64]) -> None:
    """Put the weights into the module."""
    pairs = ", ".join(f'"{name}": {weight:.2f}' for name, weight in zip(names, weights, strict=True))
    table = textwrap.indent(textwrap.fill(pairs.replace(": ", ":\0") + ",", 112), "    ").replace("\0", " ")
    source = MODULE.read_text(encoding="utf-8")
    source, found = re.subn(r"(?<=^WEIGHTS = \{\n).*?(?=^\})", table + "\n", source, flags=re.DOTALL | re.MULTILINE)
    if found != 1:
        sys.exit(f"{MODULE} has no table of WEIGHTS")
    MODULE.write_text(source, encoding="utf-8")


def main() -> None:
    """Print the figures, and write the weights."""
    files = {file: read(file) for file in FILES}
    for file, (_, posts) in files.items():
        others = [post for other, (_, more) in files.items() if other != file for post in more]
        print(file, measure(posts, others))
    names = files[FILES[0]][0]
    weights = fit([post for _, posts in files.values() for post in posts])
    for file in HELD:
        tally = Tally()
        for post in read(file)[1]:
            tally.add(post, weights)
        print(file, tally)
    write(names, weights)


if __name__ == "__main__":
    main()
