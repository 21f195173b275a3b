"""Fit the weights of bot/text/stories/noise.py, and measure them by cross-validation over days.

    python tools/fit_noise.py

Prints for each annotated day what a model that has not seen it finds, then the weights of a logistic regression (ridge,
Newton's method) over all of them, to be copied into the module. Posts that say that they are advertising teach what
others that do not say so look like. English articles stand for news in English: the signs are the same in both.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.posts import Post
from bot.text.stories import noise
from bot.text.words.document import read_document

DATA = Path(__file__).parents[1] / "tests" / "data"
DAYS = ("gold/stream_ru.jsonl", "gold/stream_ru_1127.jsonl", "gold/stream_ru_1202.jsonl", "noise/ru.jsonl")
NEWS = "ner/en.jsonl"
# Articles and posts that are marked are many, and not what is to be told apart.
NEWS_WEIGHT = 0.2
MARKED_WEIGHT = 0.4
RIDGE = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """A post: what is seen of it, whether it is noise, how much it teaches, and whether the rules decide it alone."""

    features: tuple[float, ...]
    noise: bool
    weight: float
    decided: bool


def rows(name: str) -> Iterator[Any]:
    """Yield the rows of a file whose kind is sure."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not row.get("unsure"):
            yield row


def read(row: Any) -> Example:
    """Read a row of a day, of a list of noise, or an article."""
    document = read_document(Post("", row["text"]))
    features = noise.noise_features(document)
    marked = row.get("marked", False)
    if marked:
        features["tracked"] = 0.0
    return Example(
        tuple(features.values()),
        row.get("noise", row.get("story") == "noise"),
        MARKED_WEIGHT if marked else 1.0 if "story" in row or "noise" in row else NEWS_WEIGHT,
        noise.is_decided(document),
    )


def fit(examples: Sequence[Example]) -> NDArray[np.float64]:
    """Return the weights that explain best which posts are noise."""
    seen = np.array([example.features for example in examples])
    wanted = np.array([example.noise for example in examples], dtype=float)
    taught = np.array([example.weight for example in examples])
    ridge = np.eye(seen.shape[1]) * RIDGE
    weights: NDArray[np.float64] = np.zeros(seen.shape[1])
    for _ in range(40):
        guess = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (taught * (guess - wanted)) + ridge @ weights
        curve = (seen * (taught * guess * (1 - guess))[:, None]).T @ seen + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights


def measure(examples: Sequence[Example], weights: NDArray[np.float64]) -> str:
    """Return the figures of weights on examples that they were not fitted on."""
    certain = [example for example in examples if example.weight == 1.0]
    right = given = true = 0
    for example in certain:
        found = example.decided or 1 / (1 + np.exp(-np.dot(example.features, weights))) >= noise.LEAST
        right += found and example.noise
        given += found
        true += example.noise
    precision, recall = right / given, right / true
    f1 = 2 * precision * recall / (precision + recall)
    return f"{true:3} of {len(certain)}  precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.2f}"


def main() -> None:
    """Print the figures and the weights."""
    days = {name: [read(row) for row in rows(name)] for name in DAYS}
    news = [read(row) for row in rows(NEWS)]
    for name, examples in days.items():
        others = [example for other, more in days.items() if other != name for example in more]
        print(f"{name:28}", measure(examples, fit([*others, *news])))
    weights = fit([*(example for examples in days.values() for example in examples), *news])
    lost = sum(1 / (1 + np.exp(-np.dot(example.features, weights))) >= noise.LEAST for example in news)
    print(f"{NEWS:28} {lost} of {len(news)} taken for noise")
    names = noise.noise_features(read_document(Post("", "")))
    print(", ".join(f'"{name}": {weight:.2f}' for name, weight in zip(names, weights, strict=True)))


if __name__ == "__main__":
    main()
